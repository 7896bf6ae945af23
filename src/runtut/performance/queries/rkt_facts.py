"""What the RKT as a document tells."""

from __future__ import annotations

from datetime import date

from runtut.cases.enums import CaseState
from runtut.core.numbers import format_decimal
from runtut.documents.enums import TemplateKind
from runtut.documents.queries import letterhead_content, sheet_text
from runtut.organisations.queries import signing_place
from runtut.performance.enums import QUESTIONS, ItemLevel, MaterialKind, SectionState
from runtut.performance.models import Rkt, SectionReport
from runtut.performance.queries.measurement import signature_of
from runtut.performance.queries.renstra import renstra_view
from runtut.performance.queries.rkt import RktItemRow, RktRow, RktView, rkt_view
from runtut.performance.rendering import RktFacts, RktItemLine, RktLine, SectionLine


def rkt_facts(*, rkt: Rkt, on: date) -> RktFacts:
    """Return the facts of the RKT, with the head as of the day (a constant number of queries)."""
    view = rkt_view(rkt=rkt)
    head = letterhead_content(unit=rkt.unit)
    return RktFacts(
        office=rkt.unit.name,
        year=rkt.year,
        place=signing_place(rkt.unit),
        renstra=rkt.renstra.dated_title,
        decree=rkt.renstra.decree,
        letterhead=head,
        goals=goals_of(rkt),
        lines=tuple(_line(row) for row in view.rows),
        items=tuple(_item(row) for row in view.items),
        total=_money(view),
        sections=section_lines(rkt),
        signature=signature_of(unit=rkt.unit, on=on),
        sheet=sheet_text(kind=TemplateKind.RKT, unit=rkt.unit),
    )


def goals_of(rkt: Rkt) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each goal with its objectives, numbered."""
    view = renstra_view(renstra=rkt.renstra)
    return tuple(
        (
            f"Tujuan {goal.goal.sequence}. {goal.goal.text}" if goal.goal else "Sasaran:",
            tuple(f"Sasaran {one.objective.sequence}. {one.objective.text}" for one in goal.objectives),
        )
        for goal in view.goals
        if goal.objectives
    )


def section_lines(rkt: Rkt) -> tuple[SectionLine, ...]:
    """Return what the sections have handed in for the year's RKT, each the newest, in the office's order
    (one query)."""
    reports = SectionReport.objects.filter(
        case__unit=rkt.unit_id, case__year=rkt.year, kind=MaterialKind.RKT, state=SectionState.HANDED_IN
    ).exclude(case__state=CaseState.CANCELLED)
    rows = reports.select_related("position").order_by("position__sequence", "position_id", "case_id")
    newest = {report.position_id: report for report in rows}
    return tuple(section_line(report) for report in newest.values())


def section_line(report: SectionReport) -> SectionLine:
    answers = tuple((question, str(report.answers.get(key, ""))) for key, question in QUESTIONS[report.kind])
    return SectionLine(report.position.short_title, answers)


def _line(row: RktRow) -> RktLine:
    indicator = row.indicator
    first, second, third, fourth = (bounds.text(indicator.decimals) for bounds in row.quarters)
    if not row.has_quarters:
        fourth = row.year.text(indicator.decimals)
    departs = row.renstra.value is not None and row.renstra != row.year
    return RktLine(
        number=row.number,
        objective=indicator.objective.text,
        name=indicator.name,
        measure=indicator.measure,
        owner=indicator.owner.short_title,
        renstra=row.renstra.text(indicator.decimals),
        year=row.year.text(indicator.decimals),
        quarters=(first, second, third, fourth),
        proposals=tuple(
            (one.report.position.short_title, format_decimal(one.value, indicator.decimals))
            for one in row.proposals
        ),
        departs=departs,
    )


def _item(row: RktItemRow) -> RktItemLine:
    item = row.item
    return RktItemLine(
        code=item.code,
        name=item.name,
        indicator=row.measured_by,
        target=row.target,
        budget=row.budget_text,
        is_programme=item.level == ItemLevel.PROGRAMME,
    )


def _money(view: RktView) -> str:
    return "" if view.total is None else format_decimal(view.total)
