""" "Diubah terakhir oleh …": the newest audit entries, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from runtut.accounts.models import User
from runtut.core.models import AuditEntry
from runtut.organisations.models import Authority
from runtut.organisations.queries import units_within

SHOWN: Final = 10
ACTS: Final[dict[str, str]] = {
    "appointment.made": "Pejabat diangkat",
    "appointment.ended": "Pengangkatan diakhiri",
    "appointment.withdrawn": "Pengangkatan dihapus",
    "calendar.created": "Kalender dibuat",
    "calendar.holiday_set": "Hari libur ditambahkan",
    "calendar.holiday_removed": "Hari libur dihapus",
    "calendar.hours_set": "Jam kerja diubah",
    "demo.loaded": "Data contoh dimuat",
    "mandate.given": "Plt. atau Plh. ditunjuk",
    "mandate.extended": "Plt. diperpanjang",
    "mandate.ended": "Mandat diakhiri",
    "mandate.withdrawn": "Mandat dihapus",
    "oversight.granted": "Pembina atau administrator ditunjuk",
    "oversight.ended": "Tugas pembina atau administrator diakhiri",
    "user.created": "Akun dibuat",
    "user.described": "Data orang diubah",
    "user.activated": "Akun dibuka",
    "user.deactivated": "Akun ditutup",
    "password.set": "Kata sandi sementara diberikan",
    "password.changed": "Kata sandi diganti",
    "retention.set": "Jadwal retensi arsip diubah",
    "sessions.ended": "Sesi diakhiri",
    "login.held": "Percobaan masuk ditahan",
    "unit.created": "Unit ditambahkan",
    "unit.renamed": "Nama unit diubah",
    "unit.moved": "Unit dipindahkan",
    "unit.deactivated": "Unit dinonaktifkan",
    "unit.letterhead_set": "Kop surat diubah",
    "position.created": "Jabatan ditambahkan",
    "position.renamed": "Nama jabatan diubah",
    "position.deactivated": "Jabatan dinonaktifkan",
}


@dataclass(frozen=True)
class Change:
    act: str
    who: str
    at: datetime


def in_words(entries: Iterable[AuditEntry]) -> list[Change]:
    """Audit entries with the names of the people. One query."""
    found = list(entries)
    people = User.objects.in_bulk({entry.user_id for entry in found if entry.user_id})
    return [
        Change(
            act=act_in_words(entry),
            who=people[entry.user_id].display_name if entry.user_id in people else "Sistem",
            at=entry.at,
        )
        for entry in found
    ]


def act_in_words(entry: AuditEntry) -> str:
    """ "Jabatan ditambahkan: Kepala Seksi Pelayanan"; what it was about when the entry names it."""
    act = ACTS.get(entry.action.partition(".")[2], "Perubahan lain")
    data = json.loads(entry.data)
    about = ", ".join(str(data[key]) for key in ("name", "title", "full_name") if data.get(key))
    return f"{act}: {about}" if about else act


def last_change(subject: UUID) -> Change | None:
    """Who changed a thing last, and when. Two queries."""
    entries = AuditEntry.objects.filter(subject=subject).order_by("-id")[:1]
    return next(iter(in_words(entries)), None)


def newest_changes(authority: Authority) -> list[Change]:
    """The newest acts of administration in the units of an administrator. Three queries."""
    units = units_within([authority.unit_path]).values_list("pk", flat=True)
    streams = [f"unit:{unit}" for unit in units]
    administers = Q(action__startswith="organisations.") | Q(action="documents.retention.set")
    entries = AuditEntry.objects.filter(administers, region=authority.region, stream__in=streams)
    return in_words(entries.order_by("-id")[:SHOWN])
