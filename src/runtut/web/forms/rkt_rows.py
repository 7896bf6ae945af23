"""The targets of an RKT as a form: one row per indicator, one box for the year and each quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from runtut.core.errors import DomainError
from runtut.organisations.models import Authority
from runtut.performance.actions import set_rkt_targets
from runtut.performance.enums import Variant
from runtut.performance.models import Rkt
from runtut.performance.queries import Bounds, RktRow, RktView

KEYS = ("year", "tw1", "tw2", "tw3", "tw4")
LABELS = ("Target tahun", "TW I", "TW II", "TW III", "TW IV")


@dataclass
class Box:
    """One target: its text, for a range that of the upper bound too, and what is wrong with it."""

    key: str
    name: str
    label: str
    text: str
    upper: str | None
    error: str = ""


@dataclass
class PlanRow:
    """One indicator of the plan with its boxes."""

    row: RktRow
    boxes: list[Box] = field(default_factory=list)
    is_typed: bool = False

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(box.error, box.name) for box in self.boxes if box.error]


def plan_rows(view: RktView, typed: Mapping[str, Any] | None) -> list[PlanRow]:
    """Make the targets a form; of a POST, with what was typed."""
    return [_row(row, typed) for row in view.rows]


def _row(row: RktRow, typed: Mapping[str, Any] | None) -> PlanRow:
    uid = row.indicator.uid
    count = 5 if row.has_quarters else 1
    bounds = (row.year, *row.quarters)[:count]
    boxes = [
        _box(f"{key}-{uid}", key, label, one, row, typed)
        for key, label, one in zip(KEYS, LABELS, bounds, strict=False)
    ]
    return PlanRow(row, boxes, is_typed=typed is not None and f"year-{uid}" in typed)


def _box(
    name: str, key: str, label: str, bounds: Bounds, row: RktRow, typed: Mapping[str, Any] | None
) -> Box:
    decimals = row.indicator.decimals
    text = Bounds(bounds.value).text(decimals)
    upper = Bounds(bounds.upper).text(decimals) if Variant(row.indicator.variant).has_range else None
    if typed is not None and name in typed:
        text = str(typed[name])
        upper = None if upper is None else str(typed.get(f"{name}-atas", ""))
    return Box(key, name, label, text, upper)


def save_rows(rows: Sequence[PlanRow], rkt: Rkt, *, authority: Authority, at: datetime) -> bool:
    """Save every row that was sent, each on its own; what is refused stays typed, with its sentence at the
    box. True when nothing was refused. A refusal of the whole plan rises."""
    for one in rows:
        if one.is_typed:
            _save(one, rkt, authority, at)
    return not any(one.problems for one in rows)


def _save(one: PlanRow, rkt: Rkt, authority: Authority, at: datetime) -> None:
    texts = {box.key: box.text for box in one.boxes}
    uppers = {f"{box.key}_upper": box.upper for box in one.boxes if box.upper is not None}
    try:
        set_rkt_targets(
            rkt=rkt, indicator=one.row.indicator, texts={**texts, **uppers}, authority=authority, at=at
        )
    except DomainError as refusal:
        box = next((box for box in one.boxes if box.key == refusal.field), None)
        if box is None:
            raise
        box.error = refusal.sentence
