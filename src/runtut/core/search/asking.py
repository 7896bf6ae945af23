"""Asking the index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from runtut.core.models import SearchEntry
from runtut.core.search.tables import Answers
from runtut.core.search.words import Term

ORDER = (F("in_head").desc(), F("day").desc(nulls_last=True), F("id").desc())
SHOWN = ("id", "kind", "uid", "unit_path", "title", "detail", "body", "day", "is_restricted")


def answers(wanted: Sequence[Term], open_to: Q) -> QuerySet[SearchEntry, Any]:
    """Return the entries that have every word of a question: first those that have them all in their head,
    then the newest.

    `open_to` is the condition that an entry is open to whoever asks; without one nobody is given anything.
    No question has no answers.
    """
    if not wanted:
        return SearchEntry.objects.none()
    found = SearchEntry.objects.filter(Answers(wanted), open_to)
    return found.annotate(in_head=Answers(wanted, in_head=True)).only(*SHOWN).order_by(*ORDER)


def by_kind(found: QuerySet[SearchEntry, Any], kinds: Collection[str], *, most: int) -> list[Any]:
    """Return the first answers of each kind, each with how many its kind has (`total`). Two queries: texts
    are read of those returned only."""
    place = Window(RowNumber(), partition_by=[F("kind")], order_by=ORDER)
    total = Window(Count("*"), partition_by=[F("kind")])
    rows = found.filter(kind__in=kinds).order_by().values("pk").annotate(place=place, total=total)
    first = list(rows.filter(place__lte=most).order_by("kind", "place").values_list("pk", "total"))
    entries = SearchEntry.objects.only(*SHOWN).in_bulk([pk for pk, _ in first])
    for pk, count in first:
        entries[pk].total = count  # type: ignore[attr-defined]  # goes with the row to the page
    return [entries[pk] for pk, _ in first]
