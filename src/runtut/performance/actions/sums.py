"""Writing the kept sums, in the transaction of whatever changed the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BigIntegerField, F, Value

from runtut.core.locks import write_transaction
from runtut.organisations.models import OrganisationUnit
from runtut.performance import formulas
from runtut.performance.models import Indicator, KeptSum, Realisation
from runtut.performance.queries import computed_sums, kept_of, node_sums

Changes = dict[tuple[str, int], list[int]]
"""By path of the office and quarter: by how much the count and the ratios above it change."""


def keep_sums(*, indicators: Iterable[int], year: int) -> None:
    """Bring the sums of indicators in a year, and of the units above them, up to date; in the caller's
    transaction.

    The indicators are held until the commit, always in the same order and before any sum of a unit, so that
    two quarters of one indicator cannot miss each other and no two acts wait for one another in a circle.
    """
    held = list(
        Indicator.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "objective")
        .filter(pk__in=list(indicators))
        .order_by("pk")
    )
    wanted = computed_sums(indicators=held, year=year)
    stored = {
        (row.indicator_id, row.year, row.quarter): row
        for row in KeptSum.objects.filter(indicator__in=held, year=year)
    }
    changes: Changes = defaultdict(lambda: [0, 0])
    for indicator in held:
        for quarter in range(1, 5):
            key = (indicator.pk, year, quarter)
            step = _keep(indicator, key, wanted.get(key), stored.get(key))
            total = changes[indicator.unit.path, quarter]
            total[0] += step[0]
            total[1] += step[1]
    _pass_up(changes, year)


def _keep(
    indicator: Indicator, key: tuple[int, int, int], wanted: formulas.Kept | None, row: KeptSum | None
) -> tuple[int, int]:
    """Write one indicator's sum, and return by how much count and ratios have changed."""
    before = kept_of(row) if row else None
    if wanted == before:
        return 0, 0
    if wanted is None:
        KeptSum.objects.filter(pk=row.pk if row else 0).delete()
    else:
        values = {
            "numerator": wanted.numerator,
            "denominator": wanted.denominator,
            "count": wanted.count,
            "ratios": wanted.ratios,
        }
        if row is None:
            KeptSum.objects.create(
                region=indicator.region,
                unit_id=indicator.unit_id,
                indicator=indicator,
                year=key[1],
                quarter=key[2],
                **values,
            )
        else:
            KeptSum.objects.filter(pk=row.pk).update(**values)
    none = formulas.Kept(None, None, 0, 0)
    new, old = wanted or none, before or none
    return new.count - old.count, new.ratios - old.ratios


def _pass_up(changes: Changes, year: int) -> None:
    """Add the changes to every unit from the root down to the office, in one order for everybody."""
    steps: Changes = defaultdict(lambda: [0, 0])
    for (path, quarter), (count, ratios) in changes.items():
        for above in OrganisationUnit(path=path).ancestor_paths:
            steps[above, quarter][0] += count
            steps[above, quarter][1] += ratios
    steps = {key: step for key, step in steps.items() if any(step)}
    units = OrganisationUnit.objects.in_bulk({path for path, _ in steps}, field_name="path")
    KeptSum.objects.bulk_create(
        (
            KeptSum(region=units[path].region, unit=units[path], year=year, quarter=quarter)
            for path, quarter in sorted(steps)
        ),
        ignore_conflicts=True,
    )
    for path, quarter in sorted(steps):
        count, ratios = steps[path, quarter]
        KeptSum.objects.filter(unit=units[path], indicator__isnull=True, year=year, quarter=quarter).update(
            count=F("count") + count, ratios=F("ratios") + Value(ratios, output_field=BigIntegerField())
        )


def rebuild_nodes(*, region: int) -> None:
    """Add everything up the tree anew, after units were moved in it; in the caller's transaction."""
    KeptSum.objects.filter(region=region, indicator__isnull=True).delete()
    KeptSum.objects.bulk_create(
        KeptSum(region=region, unit_id=unit, year=year, quarter=quarter, count=one.count, ratios=one.ratios)
        for (unit, year, quarter), one in node_sums(region=region).items()
    )


def rebuild_sums() -> int:
    """Compute every sum anew from the figures, office by office and year by year; return how many years of
    offices there were. For the operator, after `runtut sums verify` found a difference."""
    figures = Realisation.objects.order_by().values_list("indicator__unit", "year").distinct()
    kept = KeptSum.objects.filter(indicator__isnull=False).order_by().values_list("unit", "year").distinct()
    pairs = sorted({*figures, *kept})
    for unit, year in pairs:
        with write_transaction():
            keep_sums(indicators=Indicator.objects.filter(unit=unit).values_list("pk", flat=True), year=year)
    for region in sorted(set(KeptSum.objects.order_by().values_list("region", flat=True).distinct())):
        with write_transaction():
            rebuild_nodes(region=region)
    return len(pairs)
