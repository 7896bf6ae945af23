"""The smallest legal rows of the performance room."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import QuerySet
from tests.cast import Office

from runtut.core.models import AuditEntry
from runtut.core.periods import Quarter
from runtut.documents.models import StoredFile
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance.enums import Accumulation, ItemLevel, RealisationState, Variant
from runtut.performance.models import (
    Goal,
    Indicator,
    Objective,
    Realisation,
    Renstra,
    RenstraTarget,
    Rkt,
    RktItem,
    RktTarget,
    Target,
)

YEAR = 2026
TW1, TW2, TW3, TW4 = (Quarter(YEAR, number) for number in range(1, 5))
AT = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
counter = itertools.count(1)


def acts() -> QuerySet[AuditEntry]:
    """What this room has left in the audit trail, oldest first."""
    return AuditEntry.objects.filter(action__startswith="performance.").order_by("id")


def make_objective(
    unit: OrganisationUnit, *, sequence: int = 1, text: str = "Meningkatnya mutu layanan"
) -> Objective:
    return Objective.objects.create(
        region=unit.region,
        unit=unit,
        sequence=sequence,
        text=text,
        valid_from_year=2025,
        valid_until_year=2029,
    )


def make_indicator(
    objective: Objective,
    owner: Position,
    *,
    sequence: int = 1,
    variant: Variant = Variant.POSITIVE,
    accumulation: Accumulation = Accumulation.LAST,
    decimals: int = 2,
    **fields: object,
) -> Indicator:
    name = f"Indikator {objective.sequence}.{sequence}"
    defaults: dict[str, object] = {
        "name": name,
        "short_name": name,
        "definition": "Definisi",
        "formula_text": "Rumus",
        "measure": "nilai",
        "source": "Sumber",
        "required_evidence": "laporan survei",
        "minimum": Decimal(0),
    }
    return Indicator.objects.create(
        region=objective.region,
        unit=objective.unit,
        objective=objective,
        owner=owner,
        sequence=sequence,
        variant=variant,
        accumulation=accumulation,
        decimals=decimals,
        **{**defaults, **fields},
    )


def make_targets(
    indicator: Indicator, year: str | None, *quarters: str | None, upper: str | None = None
) -> None:
    for number, text in enumerate([year, *quarters]):
        if text is not None:
            Target.objects.create(
                region=indicator.region,
                indicator=indicator,
                year=YEAR,
                quarter=number or None,
                value=Decimal(text),
                upper=Decimal(upper) if upper else None,
            )


def make_realisation(
    indicator: Indicator,
    quarter: Quarter,
    value: str | None,
    *,
    state: RealisationState = RealisationState.DRAFT,
    cause: str = "",
) -> Realisation:
    return Realisation.objects.create(
        region=indicator.region,
        indicator=indicator,
        year=quarter.year,
        quarter=quarter.number,
        value=None if value is None else Decimal(value),
        cause=cause,
        state=state,
        entered_at=AT,
    )


def make_file(unit: OrganisationUnit, name: str = "laporan.pdf") -> StoredFile:
    number = next(counter)
    return StoredFile.objects.create(
        region=unit.region,
        unit=unit,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        size=10,
        content_type="application/pdf",
        name=name,
        uploaded_at=AT,
    )


@dataclass
class Plan:
    """A Renstra 2025-2029 with one goal and objective, and the RKT 2027 with a sub-activity."""

    renstra: Renstra
    goal: Goal
    indicators: list[Indicator]
    rkt: Rkt
    item: RktItem


def make_plan(office: Office, *, count: int = 1, year: int = 2027) -> Plan:
    """Plan `count` indices, each with a target of the year and its quarters."""
    unit = office.unit
    renstra = Renstra.objects.create(
        region=unit.region, unit=unit, title="Rencana Strategis", first_year=2025, last_year=2029
    )
    goal = Goal.objects.create(region=unit.region, renstra=renstra, sequence=1, text="Layanan dipercaya")
    objective = make_objective(unit)
    Objective.objects.filter(pk=objective.pk).update(goal=goal)
    indicators = [
        make_indicator(objective, office.positions["kasi1"], sequence=number)
        for number in range(1, count + 1)
    ]
    rkt = Rkt.objects.create(region=unit.region, unit=unit, renstra=renstra, year=year, opened_at=AT)
    for indicator in indicators:
        make_renstra_target(indicator, year, "88")
        for quarter, value in ((None, 88), (1, 85), (2, 86), (3, 87), (4, 88)):
            RktTarget.objects.create(
                region=unit.region, rkt=rkt, indicator=indicator, quarter=quarter, value=value
            )
    for code, level in (("7.01.01", ItemLevel.PROGRAMME), ("7.01.01.2.01", ItemLevel.ACTIVITY)):
        RktItem.objects.create(region=unit.region, rkt=rkt, code=code, level=level, name=f"Baris {code}")
    item = RktItem.objects.create(
        region=unit.region,
        rkt=rkt,
        code="7.01.01.2.01.0006",
        level=ItemLevel.SUB_ACTIVITY,
        name="Laporan capaian kinerja",
        budget=Decimal(12_000_000),
    )
    return Plan(renstra, goal, indicators, rkt, item)


def make_renstra_target(indicator: Indicator, year: int, value: str) -> RenstraTarget:
    return RenstraTarget.objects.create(
        region=indicator.region, indicator=indicator, year=year, value=Decimal(value), set_at=AT
    )
