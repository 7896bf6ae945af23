"""Proving that the history of every run is as its acts wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from runtut.cases.models import Case, CaseEvent
from runtut.cases.queries.chain import FIELDS, covered
from runtut.core.audit import Finding
from runtut.core.chain import Head, Link, Problem, verify_chain
from runtut.core.locks import write_transaction
from runtut.core.models import AuditEntry

STARTED = "cases.case.started"
"""The entry in a unit's audit trail by which a run that vanishes whole is missed."""

COLUMNS = (*FIELDS, "previous_hash", "entry_hash")


def verify_events() -> list[Finding]:
    """Read the history of every run and return each alteration, removal and insertion; [] is soundness.

    The removal of the newest events is found by the run's own row, that of a whole run by its unit's audit
    trail. Every event is read once; a run that looks wrong is read again under its lock, so that acts in
    progress are no findings.
    """
    return [*broken_runs(), *orphans(), *vanished(), *unheard_of()]


def verify_case(*, case: Case) -> list[Finding]:
    """Return what is wrong with the history of one run (two queries where nothing is)."""
    if not list(problems(case)):
        return []
    with write_transaction():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        return [Finding(locked.region, stream(locked.uid), at, what) for what, at in problems(locked)]


def broken_runs() -> Iterator[Finding]:
    for case in Case.objects.order_by("id").iterator(chunk_size=500):
        yield from verify_case(case=case)


def problems(case: Case) -> Iterator[tuple[Problem, int]]:
    """Yield what is wrong with a run's chain: it ends where the run's row says, with the hash it says."""
    rows = CaseEvent.objects.filter(case_id=case.pk).order_by("sequence").values(*COLUMNS)
    return verify_chain((link(row) for row in rows.iterator()), Head(case.version, case.head_hash))


def link(row: dict[str, Any]) -> Link:
    return Link(row["sequence"], row["previous_hash"], row["entry_hash"], covered(row))


def orphans() -> Iterator[Finding]:
    """Yield the runs of which nothing but events is left, or to which events were invented."""
    lost = CaseEvent.objects.exclude(case_id__in=Case.objects.values("pk")).order_by("case_id")
    for region, case_id in lost.values_list("region", "case_id").distinct():
        yield Finding(region, stream(case_id), 1, Problem.HEAD_MISSING)


def vanished() -> Iterator[Finding]:
    """Yield the runs whose start stands in a unit's audit trail, and that are gone."""
    gone = AuditEntry.objects.filter(action=STARTED).exclude(subject__in=Case.objects.values("uid"))
    for region, subject in gone.order_by("id").values_list("region", "subject"):
        yield Finding(region, stream(subject), 0, Problem.STREAM_MISSING)


def unheard_of() -> Iterator[Finding]:
    """Yield the runs that no unit's audit trail has seen start."""
    told = AuditEntry.objects.filter(action=STARTED, subject__isnull=False).values("subject")
    for region, uid in Case.objects.exclude(uid__in=told).order_by("id").values_list("region", "uid"):
        yield Finding(region, stream(uid), 1, Problem.INSERTED)


def stream(name: object) -> str:
    """Return what a finding calls the history of a run."""
    return f"case:{name}"
