"""Keeping the entries as their objects are: by the worker, soon after the act."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from runtut.core.jobs import MAX_ATTEMPTS, back_off, sweeper
from runtut.core.locks import write_transaction
from runtut.core.models import SearchDue, SearchEntry
from runtut.core.search.registry import Entry, sources
from runtut.core.search.tables import INDEX
from runtut.core.search.words import terms

logger = logging.getLogger(__name__)

LONGEST_BODY: Final = 30_000
LONGEST_LINE: Final = 300
CHUNK: Final = 200
LOCK: Final = 0x52554E54
WRITTEN: Final = (
    "region",
    "unit_path",
    "title",
    "detail",
    "body",
    "head_terms",
    "body_terms",
    "day",
    "is_restricted",
)
T = TypeVar("T")


def sweep(at: datetime, limit: int) -> int:
    """Write the entries of objects that have changed, `limit` marks at most; how many were dealt with.

    What cannot be indexed is put off with a growing pause, eight times, and does not hold up the rest.
    """
    ready = Q(not_before=None) | Q(not_before__lte=at)
    rows = list(SearchDue.objects.filter(ready, attempts__lt=MAX_ATTEMPTS).order_by("id")[:limit])
    by_kind: dict[str, list[SearchDue]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    for kind, marks in by_kind.items():
        if not _settle(kind, marks, at) and len(marks) > 1:
            for one in marks:
                _settle(kind, [one], at)
    return len(rows)


def _settle(kind: str, marks: Sequence[SearchDue], at: datetime) -> bool:
    """Write the entries and drop the marks, together; False when that failed, and a single mark is put
    off."""
    chosen = SearchDue.objects.filter(pk__in=[one.pk for one in marks])
    try:
        with write_transaction():
            write(kind, {one.uid for one in marks})
            chosen.delete()
    except Exception:
        if len(marks) == 1:
            logger.exception("Not indexed: %s", marks[0])
            attempts = marks[0].attempts + 1
            with write_transaction():
                chosen.update(attempts=attempts, not_before=at + back_off(attempts))
        return False
    return True


def write(kind: str, uids: Collection[UUID]) -> None:
    """Make the entries of these objects say what the objects say now; entries of objects that are no more
    are removed. In a transaction."""
    become_only_writer()
    source = sources().get(kind)
    entries = list(source.entries(uids)) if source else []
    SearchEntry.objects.bulk_create(
        (row_of(kind, entry) for entry in entries),
        update_conflicts=True,
        unique_fields=["kind", "uid"],
        update_fields=WRITTEN,
    )
    gone = set(uids) - {entry.uid for entry in entries}
    SearchEntry.objects.filter(kind=kind, uid__in=gone).delete()


def become_only_writer() -> None:
    """Keep other writers of entries out until the transaction ends, so that no older state of an object
    overwrites a newer one. On SQLite a write transaction does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def row_of(kind: str, entry: Entry) -> SearchEntry:
    title, detail = entry.title[:LONGEST_LINE], entry.detail[:LONGEST_LINE]
    body = " ".join(entry.body.split())[:LONGEST_BODY]
    head = terms(f"{title}\n{detail}")
    return SearchEntry(
        region=entry.region,
        kind=kind,
        uid=entry.uid,
        unit_path=entry.unit_path,
        title=title,
        detail=detail,
        body=body,
        head_terms=" ".join(sorted(head)),
        body_terms=" ".join(sorted(terms(body) - head)),
        day=entry.day,
        is_restricted=entry.is_restricted,
    )


def move(old_path: str, new_path: str) -> None:
    """Let the entries of a subtree follow it to another place, in the transaction of the move, which has
    changed the tree already. One query, and the lock."""
    become_only_writer()
    moved = SearchEntry.objects.filter(unit_path__gte=old_path, unit_path__lt=f"{old_path}a")
    moved.update(unit_path=Concat(Value(new_path), Substr(F("unit_path"), len(old_path) + 1)))


def rebuild() -> dict[str, int]:
    """Write every entry anew from its object, some at a time while work goes on; how many of each kind."""
    counts = {}
    for kind in sorted({*sources(), *SearchEntry.objects.values_list("kind", flat=True).distinct()}):
        source = sources().get(kind)
        kept = SearchEntry.objects.filter(kind=kind)
        everything = {*(source.uids() if source else ()), *kept.values_list("uid", flat=True)}
        for some in chunks(everything, CHUNK):
            with write_transaction():
                write(kind, some)
        counts[kind] = kept.count()
    tidy()
    return counts


def tidy() -> None:
    """Drop the marks that no attempt is left for, and merge the segments of SQLite's index."""
    with write_transaction():
        SearchDue.objects.filter(attempts__gte=MAX_ATTEMPTS).delete()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")  # noqa: S608 (our own name)


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some


sweeper("core.search")(sweep)
