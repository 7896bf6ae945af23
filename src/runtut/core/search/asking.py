"""Asking the index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from runtut.core.models import SearchEntry
from runtut.core.search.tables import Answers
from runtut.core.search.words import Term

ORDER = (F("in_head").desc(), F("day").desc(nulls_last=True), F("title").asc(), F("id").asc())
SHOWN = ("id", "kind", "uid", "unit_path", "title", "detail", "body", "day", "is_restricted")


def answers(wanted: Sequence[Term], open_to: Q) -> QuerySet[SearchEntry, Any]:
    """Return the entries that have every word of a question: first those that have them all in their head,
    then by day, the newest first, then by title.

    `open_to` is the condition that an entry is open to whoever asks; without one nobody is given anything.
    No question has no answers.
    """
    if not wanted:
        return SearchEntry.objects.none()
    found = SearchEntry.objects.filter(Answers(wanted), open_to)
    return found.annotate(in_head=Answers(wanted, in_head=True)).only(*SHOWN).order_by(*ORDER)


def by_kind(found: QuerySet[SearchEntry, Any], kinds: Collection[str], *, most: int) -> list[Any]:
    """Return the first answers of each kind, each with how many its kind has (`total`). One query."""
    place = Window(RowNumber(), partition_by=[F("kind")], order_by=ORDER)
    total = Window(Count("*"), partition_by=[F("kind")])
    rows = found.filter(kind__in=kinds).annotate(place=place, total=total)
    return list(rows.filter(place__lte=most).order_by("kind", "place"))
