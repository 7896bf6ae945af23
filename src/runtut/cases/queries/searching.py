"""What the search knows of runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from runtut.cases.models import Case, Task, TaskParticipant
from runtut.core import search

RUNS = "kerja"


def run_uids() -> Iterable[UUID]:
    return Case.objects.values_list("uid", flat=True)


def run_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of runs: title, SOP and period. One query."""
    rows = Case.objects.filter(uid__in=uids).select_related("unit", "procedure_version")
    for row in rows:
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.title,
            detail=f"SOP {row.procedure_version.title}",
            body=period_of(row),
            day=row.unit.local_date(row.started_at),
        )


def period_of(case: Case) -> str:
    return f"triwulan {case.quarter} tahun {case.year}" if case.quarter else f"tahun {case.year}"


def takes_part(position_ids: Collection[int]) -> Q:
    """Return the condition that an entry is a run in which one of the positions has a part: the second half
    of rules.can_see_case, after the unit."""
    if not position_ids:
        return Q(pk__in=[])
    own = Task.objects.filter(case__uid=OuterRef("uid"), position__in=position_ids)
    part = TaskParticipant.objects.filter(task__case__uid=OuterRef("uid"), position__in=position_ids)
    return Q(Exists(own)) | Q(Exists(part))
