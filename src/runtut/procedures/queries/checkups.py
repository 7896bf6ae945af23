"""Monitoring and evaluation: what is planned, what was found, and the form of it."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet

from runtut.core.dates import long_date
from runtut.documents.queries import letterhead_content
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.models import Checkup

FILE = Path(__file__).resolve().parents[1] / "data" / "statements.json"
MOST: Final = 200
MONTHS: Final = {CheckupKind.MONITORING: 6, CheckupKind.EVALUATION: 12}


@dataclass(frozen=True)
class Judged:
    """One row as the person judges it. `good` is None until then; `figures` come from the runs."""

    no: int
    text: str
    figures: str = ""
    good: bool | None = None
    note: str = ""
    action: str = ""


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that day does not exist."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def period_start(checkup: Checkup) -> date:
    """Return the first day of the period that a checkup looks back on."""
    return months_later(checkup.due_on, -MONTHS[CheckupKind(checkup.kind)])


@dataclass(frozen=True)
class Statement:
    """What a yearly evaluation asks of an SOP; `figures` names what the runs tell about it, if anything."""

    text: str
    figures: str = ""


NOTES: Final[dict[str, str]] = {
    CheckupKind.MONITORING: "Bentuk mengikuti formulir pemantauan PermenPANRB 35/2012.",
    CheckupKind.EVALUATION: "Pernyataan mengikuti evaluasi SOP menurut PermenPANRB 35/2012.",
}
VERDICTS: Final[dict[str, dict[bool, str]]] = {
    CheckupKind.MONITORING: {True: "Berjalan baik", False: "Tidak berjalan baik"},
    CheckupKind.EVALUATION: {True: "Ya", False: "Tidak"},
}
"""How a row is judged, in words: a step runs well or not, a statement holds or not."""


@cache
def statements() -> tuple[Statement, ...]:
    """Return what a yearly evaluation asks of an SOP; read once per process."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["statements"]
    return tuple(Statement(row["text"], row["figures"]) for row in rows)


def checkups_of(unit: OrganisationUnit) -> QuerySet[Checkup]:
    """Return the checkups of the SOPs of a unit and of all below it, the open ones first, the earliest due
    before the others."""
    below = Checkup.objects.filter(
        procedure__unit__path__gte=unit.path, procedure__unit__path__lt=f"{unit.path}a"
    )
    rows = below.select_related("procedure__unit", "version", "position", "finished_by")
    return rows.order_by("state", "due_on", "id")


def checkups_waiting_for(position_ids: Collection[int]) -> list[Checkup]:
    """Return the open checkups given to some positions, the earliest due first. One query."""
    rows = Checkup.objects.filter(position__in=position_ids, state=CheckupState.WAITING)
    related = rows.select_related("procedure__unit", "version", "position")
    return list(related.order_by("due_on", "id")[:MOST])


def checkup_content(checkup: Checkup, rows: Sequence[Judged], summary: str) -> dict[str, Any]:
    """Return the form of a checkup (Tabel 7 of PermenPANRB 35/2012) as content of a document
    (docs/formats/document.md), with the rows and the summary as they now stand; a draft until it is finished.
    What the runs tell has a column where they tell anything. Two queries."""
    by_step = checkup.kind == CheckupKind.MONITORING
    told = by_step or any(row.figures for row in rows)
    figures = (("Keadaan menurut pelaksanaan", 17),) if told else ()
    first = ("Prosedur" if by_step else "Pernyataan", 27 if told else 44)
    columns = (("No", 5), first, *figures)
    judged = (("Penilaian", 11), ("Catatan hasil penilaian", 17), ("Tindakan", 15), ("Paraf", 8))
    done = checkup.state == CheckupState.DONE
    signer = checkup.position.title if checkup.position else ""
    name = checkup.finished_by.full_name if checkup.finished_by else ""
    return {
        "kind": "lainnya",
        "page": "f4",
        "letterhead": letterhead_content(unit=checkup.procedure.unit),
        "title": [checkup.get_kind_display().upper(), f"SOP {checkup.version.title}".upper()],
        "blocks": [
            {
                "type": "facts",
                "rows": [
                    ["Nomor SOP", checkup.version.sop_number or "belum bernomor"],
                    ["Jatuh tempo", long_date(checkup.due_on)],
                    ["Penilai", f"{name}, {signer}" if name else signer],
                    ["Pelaksanaan", summary or "–"],
                ],
            },
            {
                "type": "table",
                "columns": [
                    {"label": label, "align": "left", "width": width} for label, width in columns + judged
                ],
                "rows": [_line(row, VERDICTS[checkup.kind], told=told) for row in rows],
            },
        ],
        "note": NOTES[checkup.kind],
        "draft": not done,
    }


def _line(row: Judged, verdicts: dict[bool, str], *, told: bool) -> list[str]:
    verdict = "" if row.good is None else verdicts[row.good]
    figures = (row.figures,) if told else ()
    return [str(row.no), row.text, *figures, verdict, row.note, row.action, ""]
