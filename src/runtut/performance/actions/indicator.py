"""Defining indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_text
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import Accumulation, RealisationState, Variant
from runtut.performance.errors import (
    BoundsReversed,
    IndicatorHasFigures,
    OwnerOfAnotherOffice,
    RatioNeedsCap,
)
from runtut.performance.models import Indicator, Objective
from runtut.performance.rules import ensure_can_plan

MEANING = ("variant", "accumulation", "measure", "decimals", "cap")
"""What an indicator fixes before figures are handed over under it."""
MEANING_WORDS = "arah, jenis akumulasi, satuan, angka desimal, dan batas atasnya"
LIMITS = {
    "name": ("Indikator", 240),
    "short_name": ("Nama pendek", 60),
    "definition": ("Definisi operasional", 2000),
    "formula_text": ("Rumus", 2000),
    "measure": ("Satuan", 40),
    "source": ("Sumber data", 200),
    "required_evidence": ("Bukti yang diminta", 200),
}


@dataclass(frozen=True)
class IndicatorFacts:
    """What a form says of an indicator. Without definition, measure and direction a number says nothing, so
    all texts are required."""

    owner: Position
    name: str
    short_name: str
    definition: str
    formula_text: str
    measure: str
    source: str
    required_evidence: str
    variant: str
    accumulation: str
    decimals: int = 2
    cap: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    base_year: int | None = None


def add_indicator(
    *, objective: Objective, facts: IndicatorFacts, authority: Authority, at: datetime
) -> Indicator:
    """Add an indicator to an objective. Raises NotThePlanner and the refusals of ensure_facts."""
    ensure_can_plan(authority, objective.unit)
    values = ensure_facts(facts, objective)
    with write_transaction():
        Objective.objects.select_for_update().get(pk=objective.pk)
        last = objective.indicators.aggregate(last=Max("sequence"))["last"] or 0
        indicator = Indicator.objects.create(
            region=objective.region,
            objective=objective,
            unit_id=objective.unit_id,
            sequence=last + 1,
            **values,
        )
        leave_trail(
            unit=objective.unit,
            action="indicator.added",
            subject=indicator.uid,
            authority=authority,
            at=at,
            data={"name": indicator.name, "owner": indicator.owner_id},
        )
    return indicator


def change_indicator(
    *, indicator: Indicator, facts: IndicatorFacts, authority: Authority, at: datetime
) -> Indicator:
    """Change an indicator; what its figures mean only before any was handed over. Raises NotThePlanner,
    IndicatorHasFigures and the refusals of ensure_facts."""
    ensure_can_plan(authority, indicator.unit)
    values = ensure_facts(facts, indicator.objective)
    changed = {name: value for name, value in values.items() if getattr(indicator, name) != value}
    with write_transaction():
        if any(name in MEANING for name in changed):
            _ensure_no_figures(indicator)
        before = {name: plain(getattr(indicator, name)) for name in changed}
        for name, value in changed.items():
            setattr(indicator, name, value)
        if changed:
            indicator.save(update_fields=list(changed))
            for year in indicator.realisations.order_by("year").values_list("year", flat=True).distinct():
                keep_sums(indicators=[indicator.pk], year=year)
            leave_trail(
                unit=indicator.unit,
                action="indicator.changed",
                subject=indicator.uid,
                authority=authority,
                at=at,
                data={"before": before, "after": {name: plain(value) for name, value in changed.items()}},
            )
    return indicator


def plain(value: object) -> object:
    """A value as the trail keeps it: a position by its uid."""
    return value.uid if isinstance(value, Position) else value


def ensure_facts(facts: IndicatorFacts, objective: Objective) -> Mapping[str, object]:
    """Return the facts as stored. Raises NameMissing, TextTooLong, OwnerOfAnotherOffice, RatioNeedsCap and
    BoundsReversed, each with its field."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    for name, (what, limit) in LIMITS.items():
        values[name] = ensure_text(values[name], what=what, limit=limit, field=name)
    values["variant"] = Variant(facts.variant)
    values["accumulation"] = Accumulation(facts.accumulation)
    if not facts.owner.unit.path.startswith(objective.unit.path):
        raise OwnerOfAnotherOffice(unit=objective.unit.short_name, field="owner")
    if facts.variant == Variant.NEGATIVE_RATIO and facts.cap is None:
        raise RatioNeedsCap(field="cap")
    if facts.minimum is not None and facts.maximum is not None and facts.minimum > facts.maximum:
        raise BoundsReversed(field="maximum")
    return values


def _ensure_no_figures(indicator: Indicator) -> None:
    given = indicator.realisations.exclude(state=RealisationState.DRAFT)
    if given.exists():
        raise IndicatorHasFigures(indicator=indicator.short_name, what=MEANING_WORDS)
