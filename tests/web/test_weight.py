"""What a page weighs over the wire: the budgets of the design."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from tests.procedures.factories import make_import
from tests.web.conftest import Visit
from tests.web.instruments import draft_instrument, used_instrument
from tests.web.meetings import hold_meeting
from tests.web.stage import Stage, make_manuscript, put_in_force, start_run, succeed
from tests.web.walk import Walk, load_all

from runtut.cases.queries.moves import MOVES_SHOWN
from runtut.core import search
from runtut.procedures.actions import adopt

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
"""A page weighs the same whatever database is behind it."""

KIB = 1024
FIRST_VISIT = 60 * KIB
LATER_VISIT = 15 * KIB
STATIC = re.compile(r'(?:href|src)="/static/([^"]+)"')


def packed(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


@cache
def packed_file(name: str) -> int:
    path = finders.find(name)
    assert path is not None, name
    return len(brotli.compress(Path(str(path)).read_bytes(), quality=11))


def static_weight(text: str) -> int:
    """Style sheets, scripts and icons that the page names, packed as they are stored."""
    return sum(packed_file(name) for name in dict.fromkeys(STATIC.findall(text)))


PAGES = [
    "rapat",
    "tindak",
    "/tindak-lanjut/?lingkup=unit&keadaan=semua",
    "/",
    "/kerja/",
    "/tanda-tangan/",
    "/kalender/",
    "/laporan/?tahun=2026&tw=1",
    "/surat/",
    "/surat/catat/",
    "/surat/keluar/",
    "/surat/ekspedisi/",
    "/surat/arsip/",
    "/surat/arsip/retensi/",
    "/masuk/",
    "/pemberitahuan/",
    "/saya/pemberitahuan/",
    "/periksa/",
    "periksa-sop",
    "/saya/",
    "/saya/tanda-tangan/",
    "dokumen",
    "/kinerja/anggaran/",
    "/kinerja/kunci/",
    "/kinerja/periksa/",
    "/kinerja/unggah/",
    "/kinerja/renstra/",
    "/kinerja/rkt/",
    "/sop/",
    "/sop/pustaka/",
    "/sop/pustaka/s7/",
    "/sop/himpunan/",
    "/sop/impor/",
    "impor",
    "/cari/?q=kinerja",
    "sop",
    "draf",
    "langkah",
    "susun",
    "pantau",
    "pindah",
    "/sop/pemantauan/",
    "waktu",
    "/pengaturan/unit/",
    "/pengaturan/pembina/",
    "/pengaturan/retensi/",
    "/pengaturan/retensi/000.7/",
    "/pengaturan/pembina/baru/",
    "kalender",
    "naskah",
    "baca",
    "banding",
    "templat",
    "instrumen",
    "isian",
]


def meeting_pages(where: str, stage: Stage) -> dict[str, str]:
    """A meeting that is over, and what it left to do."""
    if where not in {"rapat", "tindak"}:
        return {}
    held = hold_meeting(stage)
    return {"rapat": f"/rapat/{held.meeting.uid}/", "tindak": f"/tindak-lanjut/{held.item.uid}/"}


def outdated(stage: Stage, at: datetime) -> object:
    """The SOP of as many runs as one page shows, all of the version before the one in force."""
    for number in range(MOVES_SHOWN + 1):
        start_run(stage, at, number)
    succeed(stage, at)
    return stage.version.procedure.uid


@pytest.mark.parametrize("where", PAGES)
def test_page_keeps_to_its_budgets(where: str, stage: Stage, at: datetime, visit: Visit) -> None:
    longest = put_in_force(stage.cast, "s6", at)
    sari = stage.cast.office.authority("perencanaan")
    draft = adopt(unit=stage.cast.office.unit, library_key="s5", authority=sari, at=at).procedure
    named = {
        **meeting_pages(where, stage),
        "draf": f"/sop/{draft.uid}/",
        "waktu": f"/sop/{draft.uid}/1/waktu/",
        "pantau": f"/sop/pemantauan/{longest.checkups.order_by('id')[0].uid}/",
        "susun": f"/sop/{draft.uid}/1/susun/",
        "impor": f"/sop/impor/{make_import(stage.cast).uid}/0/",
        "langkah": f"/sop/{draft.uid}/1/langkah/5/",
        "dokumen": f"/dokumen/{stage.document.document.uid}/",
        "sop": f"/sop/{longest.procedure.uid}/",
        "periksa-sop": f"/periksa/{longest.code}/",
        "baca": f"/dokumen/{stage.document.document.uid}/baca/",
        "banding": f"/dokumen/{stage.document.document.uid}/banding/",
        "templat": f"/pengaturan/unit/{stage.cast.office.unit.uid}/naskah/laporan/",
        "naskah": f"/naskah/{make_manuscript(start_run(stage, at).tasks.get(), stage.cast.budi, at).uid}/",
        "kalender": f"/pengaturan/kalender/{stage.calendar.uid}/",
    }
    if where == "pindah":
        named["pindah"] = f"/sop/{outdated(stage, at)}/pindah/"
    if where in {"instrumen", "isian"}:
        named["instrumen"] = f"/instrumen/{draft_instrument(stage).uid}/"
    if where == "isian":
        named["isian"] = f"/instrumen/{used_instrument(stage).uid}/isi/"
    who = {
        "naskah": stage.cast.budi,
        "/sop/impor/": stage.cast.sari,
        "impor": stage.cast.sari,
        "instrumen": stage.cast.sari,
        "isian": stage.cast.office.people["kasi1"],
    }
    search.rebuild()
    client = visit(who.get(where, stage.cast.admin))
    if where == "/masuk/":
        client.logout()

    assert over_budget(client, named.get(where, where)) == ""


def over_budget(client: Client, where: str) -> str:
    """What a page weighs on the first and on later visits, empty when that is within the budgets."""
    text = client.get(where).text
    later = packed(text.encode())
    first = later + static_weight(text)
    return "" if later <= LATER_VISIT and first <= FIRST_VISIT else f"{where}: {first} first, {later} later"


@pytest.mark.slow
def test_pages_of_a_run_keep_to_their_budgets(db: None, at: datetime, visit: Visit) -> None:
    load_all(at)
    walk = Walk(at)
    found = []

    for work, user in walk.stops():
        client = visit(user)
        found.append(over_budget(client, walk.address))
        if work == "sign":
            found.append(over_budget(client, f"{walk.address}?lengkap=1"))
    for where in (walk.address, "/kinerja/?tahun=2026&tw=3", start_address(walk)):
        found.append(over_budget(client, where))

    assert list(filter(None, found)) == []


def start_address(walk: Walk) -> str:
    return f"/kerja/mulai/?sop={walk.case.procedure_version.procedure.uid}"
