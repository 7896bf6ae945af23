"""Figures of a quarter: entered with their evidence, the spending beside them, the words about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from runtut.core.dates import long_date
from runtut.core.periods import Quarter
from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.formulas import chance, reached
from runtut.demo.queries import words
from runtut.demo.rendering import evidence_table
from runtut.organisations.models import Authority
from runtut.performance import formulas
from runtut.performance.actions import add_evidence, enter_budget, enter_realisation, submit_realisations
from runtut.performance.enums import ItemLevel
from runtut.performance.models import RktItem, Target
from runtut.performance.queries import GridRow, is_under_target, owner_rows

LESS_IS_BETTER = "NEG"


def quarter_of(turn: Turn) -> Quarter:
    assert turn.planned.quarter is not None
    return Quarter(turn.planned.year, turn.planned.quarter)


def own_rows(turn: Turn) -> list[GridRow]:
    rows = owner_rows(position=turn.own, unit=turn.office.unit, quarter=quarter_of(turn))
    return [row for row in rows if row.is_due and not row.is_handed_over]


def figure_entered(turn: Turn) -> Move | None:
    """The next figure of the position, with its evidence, until each has one and says why it is low."""
    rows = own_rows(turn)
    blank = [row for row in rows if not row.is_filled or not row.has_evidence]
    if blank:
        done = len(rows) - len(blank)
        return turn.move(turn.after(0.9 * (done + 1) / (len(rows) + 1)), partial(enter, turn, blank[0]))
    silent = next((row for row in rows if is_under_target(row) and not row.cause), None)
    return turn.move(turn.after(0.95), partial(explain, turn, silent)) if silent else None


def own_figure_entered(turn: Turn) -> Move | None:
    """The compiler's own figures come first, and are handed over."""
    found = figure_entered(turn)
    if found is not None or not own_rows(turn):
        return found
    return turn.move(turn.after(0.96), partial(hand_over, turn))


def hand_over(turn: Turn, authority: Authority, at: datetime) -> None:
    submit_realisations(
        position=turn.own, unit=turn.office.unit, quarter=quarter_of(turn), authority=authority, at=at
    )


def target_of(row: GridRow) -> Decimal:
    """Return the target of the quarter by itself; of a yearly indicator that of the year."""
    rows = Target.objects.filter(indicator=row.indicator, year=row.quarter.year)
    own = rows.filter(quarter=row.quarter.number).first() or rows.filter(quarter=None).first()
    return own.value if own else Decimal(0)


def figure_of(row: GridRow) -> Decimal:
    return reached(
        target_of(row),
        decimals=row.indicator.decimals,
        less_is_better=row.indicator.variant.startswith(LESS_IS_BETTER),
        most=row.indicator.maximum,
        of=f"{row.indicator.short_name} {row.quarter.label}",
    )


def enter(turn: Turn, row: GridRow, authority: Authority, at: datetime) -> None:
    """Enter the figure, unless somebody has; its evidence shows whichever there is."""
    value = figure_of(row) if row.value is None else row.value
    text = formulas.figure(value, row.indicator.decimals)
    given: dict[str, Any] = {
        "indicator": row.indicator,
        "quarter": row.quarter,
        "authority": authority,
        "at": at,
    }
    if not row.is_filled:
        enter_realisation(value_text=text, cause="", **given)
    add_evidence(file=turn.office.file(evidence_name(row), evidence(row, text, at), authority, at), **given)


def explain(turn: Turn, row: GridRow, authority: Authority, at: datetime) -> None:
    enter_realisation(
        indicator=row.indicator,
        quarter=row.quarter,
        value_text=formulas.figure(row.value or Decimal(0), row.indicator.decimals),
        cause=turn.say(f"cause.{row.number}" if f"cause.{row.number}" in words() else "cause"),
        authority=authority,
        at=at,
    )


def evidence_name(row: GridRow) -> str:
    name = row.indicator.required_evidence
    return f"{name[:1].upper()}{name[1:]} {row.quarter.label}.xlsx"


def evidence(row: GridRow, text: str, at: datetime) -> bytes:
    return evidence_table(
        title=evidence_name(row).removesuffix(".xlsx"),
        head=("Uraian", "Isi"),
        rows=[
            ("Indikator", row.indicator.name),
            ("Sumber data", row.indicator.source),
            ("Cara menghitung", row.indicator.formula_text),
            ("Keadaan sampai", long_date(row.quarter.last_day)),
            ("Realisasi", f"{text} {row.indicator.measure}"),
        ],
        at=at,
    )


def analysed(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """What was wrong the first time is put right in the closing words."""
    return {} if turn.task.round == 1 else {"closing": turn.say("closing_again")}


def spending_entered(turn: Turn) -> Move | None:
    """Cash plan and spending of the quarter, sub-activity by sub-activity, where the year has a plan."""
    blank = unspent(turn)
    if not blank:
        return None
    return turn.move(turn.after(0.5), partial(enter_spending, turn, blank))


def unspent(turn: Turn) -> list[RktItem]:
    if turn.planned.quarter is None:
        return []
    rows = RktItem.objects.filter(
        rkt__unit=turn.office.unit, rkt__year=turn.planned.year, level=ItemLevel.SUB_ACTIVITY
    )
    known = rows.filter(figures__quarter=turn.planned.quarter, figures__spent__isnull=False)
    return list(rows.exclude(pk__in=known).select_related("rkt__unit").order_by("code"))


def enter_spending(turn: Turn, items: Sequence[RktItem], authority: Authority, at: datetime) -> None:
    quarter = quarter_of(turn)
    planned = Decimal(words()["cash"][quarter.number - 1])
    for item in items:
        due = (item.budget or Decimal(0)) * planned
        lag = Decimal(str(round(0.9 + 0.1 * chance(item.code, quarter.label), 3)))
        spent = (due * lag / 1000).to_integral_value() * 1000
        enter_budget(
            item=item,
            quarter=quarter,
            planned_text=formulas.figure(due, 0),
            spent_text=formulas.figure(spent, 0),
            authority=authority,
            at=at,
        )
