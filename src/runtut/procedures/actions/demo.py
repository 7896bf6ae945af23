"""The SOPs of the demonstration kabupaten."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import authority_for, holders_of
from runtut.organisations.rules import system_authority
from runtut.procedures.actions.adoption import adopt
from runtut.procedures.actions.binding import accept_suggested_bindings
from runtut.procedures.actions.life import ratify, submit_for_review
from runtut.procedures.models import Procedure
from runtut.procedures.queries import coming_number, head_of

FILE = Path(__file__).resolve().parents[1] / "data" / "demo.json"


def load_demo_procedures(*, at: datetime, founded: Mapping[str, datetime] | None = None) -> dict[str, int]:
    """Give each demonstration office its SOPs, bound and in force, and return how many were added.

    They are in force from `at`. With `founded`, an office that it names (by key) has had them since then, and
    any other for as many days as the data says: long enough to look lived in, and only what is meant to be
    shown overdue for its monitoring is. Safe to repeat: an SOP that is there stays as its people left it; an
    office that is not there is passed over. The acts are those of each office's head on the day. Raises
    DemoNotAllowed unless RUNTUT_DEMO=1.
    """
    if not settings.DEMO:
        raise DemoNotAllowed
    data = json.loads(FILE.read_text(encoding="utf-8"))
    added = 0
    with write_transaction():
        for entry in data["offices"]:
            office = OrganisationUnit.objects.filter(
                region=data["region"], kind=entry["kind"], name=entry["name"]
            ).first()
            if office and head_of(office):
                moments = {key: _since(entry, key, at, founded) for key in entry["sops"]}
                added += _load_office(office, entry, moments)
    return {"procedures": added}


def _since(entry: dict[str, Any], key: str, at: datetime, founded: Mapping[str, datetime] | None) -> datetime:
    """Since when an office has an SOP."""
    if founded is None or entry["key"] in founded:
        return (founded or {}).get(entry["key"], at)
    return at - timedelta(days=entry.get("older", {}).get(key, entry["days"]))


def _load_office(office: OrganisationUnit, entry: dict[str, Any], moments: Mapping[str, datetime]) -> int:
    there = set(Procedure.objects.filter(unit=office).values_list("library_key", flat=True))
    missing = [key for key in sorted(moments, key=moments.__getitem__) if key not in there]
    for key in missing:
        at = moments[key]
        authority, today = _head_authority(office, at), office.local_date(at)
        version = adopt(unit=office, library_key=key, authority=authority, at=at)
        accept_suggested_bindings(version=version, authority=authority, at=at)
        submit_for_review(version=version, authority=authority, at=at)
        number = coming_number(procedure=version.procedure, on=today)
        ratify(version=version, sop_number=number, effective_from=today, authority=authority, at=at)
    return len(missing)


def _head_authority(office: OrganisationUnit, at: datetime) -> Authority:
    """Whoever acts for the head of the office on the day; the installation where nobody does."""
    head, today = head_of(office), office.local_date(at)
    holders = holders_of(position_ids=[head.pk], on=today)[head.pk] if head else []
    if head and holders:
        user = User.objects.get(pk=holders[0].user_id)
        return authority_for(user=user, position=head, on=today) or system_authority(region=office.region)
    return system_authority(region=office.region)
