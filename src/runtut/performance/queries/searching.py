"""What the search knows of indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from runtut.core import search
from runtut.performance.models import Indicator

INDICATORS = "indikator"


def indicator_uids() -> Iterable[UUID]:
    return Indicator.objects.values_list("uid", flat=True)


def indicator_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of indicators: name and meaning. One query."""
    for row in Indicator.objects.filter(uid__in=uids).select_related("unit"):
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.name,
            detail=row.short_name if row.short_name != row.name else "",
            body="\n".join((row.definition, row.formula_text, row.source)),
        )
