"""Defining indicators and setting what the Renstra wants of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from runtut.core.locks import write_transaction
from runtut.core.numbers import parse_decimal
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.performance.actions.entry import read_value
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import Accumulation, RealisationState, Variant
from runtut.performance.errors import (
    BoundsReversed,
    ChangeReasonMissing,
    IndicatorHasFigures,
    OwnerOfAnotherOffice,
    RatioNeedsCap,
    TargetMissing,
    UpperMissing,
    YearOutsideRenstra,
)
from runtut.performance.models import Indicator, Objective, RenstraTarget
from runtut.performance.queries import renstra_of
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
    base_value: Decimal | None = None
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


def set_renstra_target(
    *,
    indicator: Indicator,
    year: int,
    value_text: str,
    upper_text: str = "",
    reason: str = "",
    authority: Authority,
    at: datetime,
) -> RenstraTarget:
    """Set the Renstra's target of a year; a change adds a version with its reason and keeps the one before.

    Nothing is written when nothing changed. Raises NotThePlanner, YearOutsideRenstra, TargetMissing,
    UpperMissing, ChangeReasonMissing, and what read_value refuses.
    """
    ensure_can_plan(authority, indicator.unit)
    if renstra_of(unit=indicator.unit, year=year) is None:
        raise YearOutsideRenstra(year=year, period=period_of(indicator), field="year")
    value, upper = read_bounds(indicator=indicator, year=year, value_text=value_text, upper_text=upper_text)
    text = ensure_fits(reason, what="Alasan perubahan", limit=300, field="reason")
    with write_transaction():
        Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        there = indicator.renstra_targets.filter(year=year, superseded_at__isnull=True).first()
        if there is not None and (there.value, there.upper) == (value, upper):
            return there
        if there is not None:
            if not text:
                raise ChangeReasonMissing(version=there.version, field="reason")
            there.superseded_at = at
            there.save(update_fields=["superseded_at"])
        target = RenstraTarget.objects.create(
            region=indicator.region,
            indicator=indicator,
            year=year,
            version=there.version + 1 if there else 1,
            value=value,
            upper=upper,
            reason=text if there else "",
            set_by_id=authority.user_id,
            set_at=at,
        )
        leave_trail(
            unit=indicator.unit,
            action="renstra_target.set",
            subject=indicator.uid,
            authority=authority,
            at=at,
            data={
                "year": year,
                "version": target.version,
                "before": there.value if there else None,
                "after": value,
                "reason": text,
            },
        )
    return target


def period_of(indicator: Indicator) -> str:
    """The years in which an indicator's objective is in force."""
    objective = indicator.objective
    return f"{objective.valid_from_year}–{objective.valid_until_year}"


def read_bounds(
    *, indicator: Indicator, year: int, value_text: str, upper_text: str, field: str = "value_text"
) -> tuple[Decimal, Decimal | None]:
    """Read a target: one figure, or the two bounds of a range. Raises TargetMissing and UpperMissing with the
    field, and what read_value refuses."""
    value = read_value(indicator=indicator, text=value_text, field=field)
    if value is None:
        raise TargetMissing(indicator=indicator.short_name, year=year, field=field)
    if not Variant(indicator.variant).has_range:
        return value, None
    upper = parse_decimal(upper_text, decimals=indicator.decimals, field=field)
    if upper is None or upper < value:
        raise UpperMissing(indicator=indicator.short_name, field=field)
    return value, upper
