"""The money of a quarter as a form: per sub-activity the cash plan and the spending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from runtut.core.errors import DomainError
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority
from runtut.performance.actions import enter_budget
from runtut.performance.models import BudgetFigure
from runtut.performance.queries import BudgetRow, BudgetView, GridRow, Summary, money
from runtut.performance.rules import can_enter_budget

KEYS = ("planned", "spent")
LABELS = {"planned": "Anggaran kas", "spent": "Realisasi"}


@dataclass
class MoneyRow:
    """One row of the table; `authority` is set where the reader may fill it in. `measured` is the indicator
    that measures the row, in the grid of the quarter: read beside the money, never averaged with it."""

    row: BudgetRow
    quarter: Quarter
    authority: Authority | None
    typed: Mapping[str, Any] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    measured: GridRow | None = None

    @property
    def key(self) -> str:
        return str(self.row.item.uid)

    @property
    def figure(self) -> BudgetFigure | None:
        return self.row.quarters[self.quarter.number - 1] if self.row.quarters else None

    @property
    def stored(self) -> tuple[Decimal | None, Decimal | None]:
        return (self.figure.planned, self.figure.spent) if self.figure else (None, None)

    @property
    def seen(self) -> str:
        """What the form is drawn from, as it is sent back; of a refused row what was sent."""
        if self.errors and self.typed is not None:
            return str(self.typed.get(f"lihat-{self.key}", ""))
        return "|".join("" if value is None else str(value) for value in self.stored)

    @property
    def is_typed(self) -> bool:
        return self.typed is not None and f"planned-{self.key}" in self.typed

    @property
    def boxes(self) -> list[dict[str, str]]:
        """The two controls, with what was typed or is stored, and what is wrong."""
        return [
            {
                "name": f"{key}-{self.key}",
                "label": f"{LABELS[key]} TW {self.quarter.roman}",
                "text": self.text(key),
                "error": self.errors.get(key, ""),
            }
            for key in KEYS
        ]

    def text(self, key: str) -> str:
        if self.is_typed and self.typed is not None:
            return str(self.typed.get(f"{key}-{self.key}", ""))
        return money(self.stored[KEYS.index(key)])

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(sentence, f"{key}-{self.key}") for key, sentence in self.errors.items()]


def money_rows(
    view: BudgetView,
    quarter: Quarter,
    mine: Sequence[Authority],
    typed: Mapping[str, Any] | None,
    reached: Summary,
) -> list[MoneyRow]:
    """Make the budget a form for whoever of its readers may fill it in, with what each row has reached."""
    grid = {one.indicator.pk: one for objective in reached.objectives for one in objective.rows}
    return [
        MoneyRow(row, quarter, _who(row, mine), typed, measured=grid.get(row.item.indicator_id or 0))
        for row in view.rows
    ]


def _who(row: BudgetRow, mine: Sequence[Authority]) -> Authority | None:
    if not row.is_entered:
        return None
    return next((one for one in mine if can_enter_budget(one, row.item)), None)


def save_money(rows: Sequence[MoneyRow], at: datetime) -> bool:
    """Save every row that was sent, each on its own; what is refused stays typed. True when nothing was."""
    for one in rows:
        if one.is_typed and one.authority is not None:
            _save(one, one.authority, at)
    return not any(one.errors for one in rows)


def _save(one: MoneyRow, authority: Authority, at: datetime) -> None:
    try:
        enter_budget(
            item=one.row.item,
            quarter=one.quarter,
            planned_text=one.text("planned"),
            spent_text=one.text("spent"),
            authority=authority,
            at=at,
            seen=_seen(str((one.typed or {}).get(f"lihat-{one.key}", ""))),
        )
    except DomainError as refusal:
        one.errors[refusal.field if refusal.field in KEYS else "spent"] = refusal.sentence


def _seen(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Read what the form was drawn from, None for anything that no form sends."""
    parts = text.split("|")
    if len(parts) != len(KEYS):
        return None
    try:
        planned, spent = (Decimal(part) if part else None for part in parts)
    except InvalidOperation:
        return None
    return planned, spent
