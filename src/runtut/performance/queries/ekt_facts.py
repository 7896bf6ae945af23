"""What the report Evaluasi Kinerja Tahunan tells: a year against its targets, the year before and the
Renstra."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from runtut.cases.enums import CaseState
from runtut.core.periods import Quarter
from runtut.documents.enums import TemplateKind
from runtut.documents.queries import letterhead_content, sheet_text
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import signing_place
from runtut.performance import formulas
from runtut.performance.enums import MaterialKind, SectionState, Variant
from runtut.performance.models import Realisation, Renstra, RenstraTarget, SectionReport
from runtut.performance.queries.budget import BudgetView, budget_view, money
from runtut.performance.queries.grid import measure_of
from runtut.performance.queries.grid_row import Bounds, GridRow
from runtut.performance.queries.measurement import signature_of
from runtut.performance.queries.renstra import bounds_of, renstra_of, targets_in_force
from runtut.performance.queries.rkt import year_figures
from runtut.performance.queries.summary import ObjectiveRows, summary
from runtut.performance.rendering import EktBudgetLine, EktFacts, EktLine, EktObjective

Targets = dict[tuple[int, int], RenstraTarget]


def ekt_facts(*, unit: OrganisationUnit, year: int, on: date) -> EktFacts:
    """Return the facts of a year's report, with the head as of the day (a constant number of queries).

    Achievement of the year is that of TW IV: the realisation up to it against the target up to it.
    """
    found = summary(unit=unit, quarter=Quarter(year, 4))
    rows = [row for objective in found.objectives for row in objective.rows]
    renstra = renstra_of(unit=unit, year=year)
    targets = targets_in_force(row.indicator.pk for row in rows)
    before = year_figures([row.indicator for row in rows], year - 1)
    reports = ekt_reports(unit, year)
    causes = year_causes(rows, year)
    budget = budget_view(unit=unit, year=year, through=4)
    head = letterhead_content(unit=unit)
    return EktFacts(
        office=unit.name,
        year=year,
        place=signing_place(unit),
        letterhead=head,
        objectives=tuple(
            _objective(
                objective,
                tuple(
                    ekt_line(row, before.get(row.indicator.pk), targets, renstra) for row in objective.rows
                ),
                causes,
                reports,
            )
            for objective in found.objectives
        ),
        average=_percent(found.average.value),
        predicate=found.predicate,
        counted=found.average.counted,
        excluded=found.average.excluded,
        missing=tuple(row.indicator.short_name for row in rows if row.is_due and row.value is None),
        scale=found.scale.named,
        renstra_end_year=renstra.last_year if renstra else None,
        budget=budget_lines(budget),
        total_budget=money(budget.budget) if budget else "",
        total_spent=money(budget.spent) if budget else "",
        absorption=_percent(budget.absorption.value) if budget else "",
        efficiency=efficiency_sentence(found.average.value, budget),
        signature=signature_of(unit=unit, on=on),
        sheet=sheet_text(kind=TemplateKind.EKT, unit=unit),
        spent_until=budget.as_of if budget else "",
    )


def ekt_line(row: GridRow, last_year: Decimal | None, targets: Targets, renstra: Renstra | None) -> EktLine:
    """Return one indicator over the year, every figure computed by the formulas; no query."""
    indicator, achieved, reached = row.indicator, row.achievement, row.to_date.value
    decimals = indicator.decimals
    year = bounds_of(targets.get((indicator.pk, row.quarter.year)))
    end = bounds_of(targets.get((indicator.pk, renstra.last_year))) if renstra else Bounds(None)
    changed = formulas.change(Variant(indicator.variant), reached, last_year, decimals=decimals)
    attained = formulas.achievement(
        measure_of(indicator), target=end.value, upper=end.upper, realisation=reached
    )
    return EktLine(
        number=row.number,
        name=indicator.name,
        measure=indicator.measure,
        target=row.target_text,
        realisation=row.reached_as_of,
        achievement=_percent(achieved.shown),
        predicate=row.predicate,
        note=achieved.note,
        sum_text=achieved.sum_text,
        words=row.words,
        last_year=_figure(last_year, decimals),
        change=f"{changed.word}: {changed.sum_text}" if changed.word else "",
        judgement=changed.judgement,
        renstra_year=year.text(decimals),
        renstra_end=end.text(decimals),
        attainment=_percent(attained.shown),
    )


def ekt_reports(unit: OrganisationUnit, year: int) -> dict[int, SectionReport]:
    """Return what sections have handed in for the year's report, by position, newest run last (one query)."""
    found = SectionReport.objects.filter(
        case__unit=unit, case__year=year, kind=MaterialKind.EKT, state=SectionState.HANDED_IN
    ).exclude(case__state=CaseState.CANCELLED)
    return {report.position_id: report for report in found.order_by("case_id", "id")}


def year_causes(rows: Sequence[GridRow], year: int) -> dict[int, list[str]]:
    """Return what owners wrote as causes over the year, by indicator in the order of quarters (one query)."""
    keys = [row.indicator.pk for row in rows]
    found: dict[int, list[str]] = {key: [] for key in keys}
    entered = Realisation.objects.filter(indicator__in=keys, year=year).exclude(cause="")
    for row in entered.order_by("quarter"):
        found[row.indicator_id].append(f"TW {Quarter(year, row.quarter).roman}: {row.cause}")
    return found


def _objective(
    found: ObjectiveRows,
    lines: tuple[EktLine, ...],
    causes: dict[int, list[str]],
    reports: dict[int, SectionReport],
) -> EktObjective:
    owners = dict.fromkeys(row.indicator.owner_id for row in found.rows)
    given = [reports[owner] for owner in owners if owner in reports]
    written = [text for row in found.rows for text in causes[row.indicator.pk]]
    return EktObjective(
        key=str(found.objective.uid),
        title=f"Sasaran {found.objective.sequence}. {found.objective.text}",
        lines=lines,
        average=_percent(found.average.value),
        predicate=found.predicate,
        counted=found.average.counted,
        cause="\n".join([*_answers(given, "sebab"), *written]),
        hindrance="\n".join(_answers(given, "hambatan")),
        follow_up="\n".join(_answers(given, "lanjut")),
    )


def _answers(reports: Iterable[SectionReport], key: str) -> list[str]:
    """What sections answered; the same words once."""
    said = (str(report.answers[key]).strip() for report in reports if report.answers.get(key))
    return list(dict.fromkeys(said))


def budget_lines(budget: BudgetView | None) -> tuple[EktBudgetLine, ...]:
    """Return the year's items with their absorption."""
    if budget is None:
        return ()
    return tuple(
        EktBudgetLine(
            code=row.item.code,
            name=row.item.name,
            budget=money(row.budget),
            spent=money(row.spent),
            absorption=_percent(row.absorption.value),
        )
        for row in budget.rows
    )


def efficiency_sentence(average: Decimal | None, budget: BudgetView | None) -> str:
    """Say how achievement stands beside absorption, empty when one of them is missing or not of the whole
    year."""
    if budget is not None and budget.as_of:
        return ""
    found = formulas.efficiency_by_difference(average, budget.absorption.value if budget else None)
    if found.value is None:
        return ""
    return f"Capaian kinerja dikurangi serapan anggaran: {found.sum_text} poin, {found.label}."


def _figure(value: Decimal | None, decimals: int) -> str:
    return "" if value is None else formulas.figure(value, decimals)


def _percent(value: Decimal | None) -> str:
    return "" if value is None else formulas.percent(value)
