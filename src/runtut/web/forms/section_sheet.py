"""The part of one section as a form: questions, figures beside them, proposed targets, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from runtut.cases.models import Case
from runtut.core.errors import DomainError
from runtut.core.numbers import format_decimal
from runtut.core.periods import Quarter
from runtut.documents.actions import store_file
from runtut.organisations.models import Authority, Position
from runtut.performance import actions
from runtut.performance.enums import MaterialKind, SectionState
from runtut.performance.models import SectionFile, SectionReport
from runtut.performance.queries import (
    Asking,
    GridRow,
    asked_positions,
    asking_of,
    bounds_of,
    owner_rows,
    reports_of,
    shown_quarter,
    targets_in_force,
)
from runtut.web.frame.authority import acting_for, moment
from runtut.web.frame.parsing import whole_number


@dataclass(frozen=True)
class Question:
    """One question with what was written so far."""

    key: str
    text: str
    answer: str


@dataclass(frozen=True)
class ProposalRow:
    """An indicator of the section: what was reached, the target it proposes, and the Renstra's of that year
    as it is written, empty when there is none."""

    row: GridRow
    key: str
    text: str
    renstra: str = ""


@dataclass
class SectionSheet:
    """Everything a section sees of its part. `problems` are (sentence, anchor) pairs."""

    case: Case
    asking: Asking
    position: Position
    authority: Authority
    report: SectionReport | None
    questions: list[Question]
    rows: list[ProposalRow]
    quarter: Quarter
    files: list[SectionFile]
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the section may still write."""
        return self.asking.is_open and (self.report is None or SectionState(self.report.state).is_open)

    @property
    def proposes(self) -> bool:
        """Whether targets are proposed: only for a plan."""
        return self.asking.kind == MaterialKind.RKT

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    @property
    def period(self) -> str:
        """Of when the figures beside the questions are; a year is told as a whole."""
        if self.proposes:
            return f"s.d. {self.quarter.label}"
        return self.quarter.label if self.case.quarter else f"tahun {self.quarter.year}"


def own_sheet(
    request: HttpRequest,
    case: Case,
    *,
    wanted: Position | None = None,
    problems: list[tuple[str, str]] | None = None,
) -> SectionSheet | None:
    """The part of the section that the reader acts for; `?jabatan=` picks one of several. None for whoever
    is not asked."""
    asking = asking_of(case)
    if asking is None:
        return None
    chosen = str(wanted.uid) if wanted else request.GET.get("jabatan", request.POST.get("jabatan", ""))
    mine = [
        (position, authority)
        for position in asked_positions(asking)
        if (authority := acting_for(request, position)) is not None
    ]
    found = next((one for one in mine if str(one[0].uid) == chosen), None) or next(iter(mine), None)
    return sheet_of(request, asking, *found, problems=problems or []) if found else None


def sheet_of(
    request: HttpRequest,
    asking: Asking,
    position: Position,
    authority: Authority,
    *,
    problems: list[tuple[str, str]],
) -> SectionSheet:
    report = next((one for one in reports_of(asking) if one.position_id == position.pk), None)
    stored = report.answers if report else {}
    typed = request.POST if problems else {}
    quarter = shown_quarter(asking)
    rows = owner_rows(position=position, unit=asking.case.unit, quarter=quarter)
    plans = asking.kind == MaterialKind.RKT
    planned = targets_in_force(row.indicator.pk for row in rows) if plans else {}
    given = {one.indicator_id: one for one in report.proposals.all()} if report else {}
    return SectionSheet(
        case=asking.case,
        asking=asking,
        position=position,
        authority=authority,
        report=report,
        questions=[
            Question(key, text, str(typed.get(key, stored.get(key, "")))) for key, text in asking.questions
        ],
        rows=[
            ProposalRow(
                row,
                f"usulan:{row.indicator.uid}",
                str(typed.get(f"usulan:{row.indicator.uid}", _written(given.get(row.indicator.pk)))),
                bounds_of(planned.get((row.indicator.pk, asking.case.year))).text(row.indicator.decimals),
            )
            for row in rows
        ],
        quarter=quarter,
        files=list(report.files.all()) if report else [],
        problems=problems,
    )


def _written(proposal: object) -> str:
    value = getattr(proposal, "value", None)
    return "" if value is None else format_decimal(value)


def keep_section(request: HttpRequest, sheet: SectionSheet) -> bool:
    """Save what was typed and store what was given; what is refused is told, the rest is kept."""
    at = moment(request)
    common: dict[str, Any] = {
        "case": sheet.case,
        "position": sheet.position,
        "authority": sheet.authority,
        "at": at,
    }
    try:
        actions.save_section(
            answers={one.key: request.POST.get(one.key, "") for one in sheet.questions},
            proposals={
                UUID(one.key.partition(":")[2]): request.POST.get(one.key, "")
                for one in sheet.rows
                if sheet.proposes and one.key in request.POST
            },
            version=whole_number(request.POST.get("versi", ""), None, low=1),
            **common,
        )
        for upload in request.FILES.getlist("berkas"):
            file = store_file(
                unit=sheet.case.unit,
                name=upload.name or "",
                content=upload.read(),
                authority=sheet.authority,
                at=at,
            )
            actions.add_section_file(file=file, **common)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        sheet.problems.append((refusal.sentence, refusal.field or ""))
    return not sheet.problems
