"""What the document of the sections' material tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Max

from runtut.core.periods import Quarter
from runtut.documents.queries import letterhead_content, signature_block
from runtut.organisations.queries import signing_place
from runtut.performance import formulas
from runtut.performance.enums import QUESTIONS, MaterialKind
from runtut.performance.models import Realisation, TargetProposal
from runtut.performance.queries.grid import grid
from runtut.performance.queries.grid_row import GridRow
from runtut.performance.queries.sections import Asking, SectionStatus, section_matrix
from runtut.performance.rendering import SectionPart, SectionsFacts


def shown_quarter(asking: Asking) -> Quarter:
    """Return the quarter whose figures a section sees beside its questions: the run's, TW IV for a year as a
    whole, and for a plan the newest of the year before that has any, so that a target of four quarters never
    stands beside a realisation of two (one query then)."""
    case = asking.case
    if asking.kind == MaterialKind.RKT:
        filled = Realisation.objects.filter(
            indicator__unit=case.unit_id, year=case.year - 1, value__isnull=False
        )
        return Quarter(case.year - 1, filled.aggregate(last=Max("quarter"))["last"] or 4)
    return Quarter(case.year, case.quarter or 4)


def section_facts(*, asking: Asking, without: Mapping[str, str], on: date) -> SectionsFacts:
    """Return the facts, signed by whoever collects; `without` gives, by uid of the position, why the document
    goes on without a section (a constant number of queries)."""
    case = asking.case
    head = letterhead_content(unit=case.unit)
    quarter = shown_quarter(asking)
    rows = grid(unit=case.unit, quarter=quarter)
    matrix = section_matrix(asking=asking, on=on)
    return SectionsFacts(
        office=case.unit.name,
        period=case.period,
        place=signing_place(case.unit),
        title=TITLES[asking.kind],
        reckoned=f"s.d. {quarter.label}",
        letterhead=head,
        parts=tuple(_part(one, rows, without, asking.kind) for one in matrix),
        made_on=on.isoformat(),
        signature=signature_block(position=asking.task.position, on=on),
    )


TITLES = {
    MaterialKind.RKT: "Bahan Penyusunan Rencana Kinerja Tahunan",
    MaterialKind.EKT: "Bahan Evaluasi Kinerja Tahunan",
    MaterialKind.ANALYSIS: "Analisis Kinerja",
}


def _part(
    status: SectionStatus, rows: list[GridRow], without: Mapping[str, str], kind: MaterialKind
) -> SectionPart:
    report = status.report if status.has_handed_in else None
    own = [row for row in rows if row.indicator.owner_id == status.position.pk]
    part = SectionPart(
        section=status.position.title,
        holder=status.holder,
        figures=tuple(figure_cells(row) for row in own),
    )
    if report is None:
        return replace(part, without=without.get(str(status.position.uid), "").strip() or "belum ada")
    return replace(
        part,
        answers=tuple((text, str(report.answers.get(key, ""))) for key, text in QUESTIONS[kind]),
        proposals=tuple(proposal_text(one) for one in report.proposals.all()),
        files=tuple(item.file.name for item in status.files),
    )


def proposal_text(proposal: TargetProposal) -> str:
    indicator = proposal.indicator
    value = formulas.figure(proposal.value, indicator.decimals)
    return f"{indicator.name}: {value} {indicator.measure}"


def figure_cells(row: GridRow) -> tuple[str, ...]:
    """One indicator as the tables of sections show it, up to the quarter."""
    shown = row.achievement.shown
    return (
        row.number,
        row.indicator.name,
        row.target_text,
        row.reached_as_of,
        row.achievement.note if shown is None else formulas.percent(shown),
        row.predicate,
    )
