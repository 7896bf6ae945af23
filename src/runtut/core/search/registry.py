"""What can be searched: rooms offer kinds of objects, and name the rows whose change changes an entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from runtut.core.models import SearchDue


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an object: `title` and `detail` are its head, which counts more than `body`."""

    uid: UUID
    region: int
    unit_path: str
    title: str
    detail: str = ""
    body: str = ""
    day: date | None = None
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the entries of a kind come from: the uids of all its objects, and the entries of some."""

    uids: Callable[[], Iterable[UUID]]
    entries: Callable[[Collection[UUID]], Iterable[Entry]]


_sources: dict[str, Source] = {}


def offer(kind: str, source: Source) -> None:
    """Register a kind of objects."""
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"two sources of {kind}")


def sources() -> Mapping[str, Source]:
    return _sources


def mark(kind: str, uids: Iterable[UUID]) -> None:
    """Note, in the caller's transaction, that the entries of these objects must be written anew: for rows
    written past the models (bulk_create, update). One query."""
    SearchDue.objects.bulk_create(SearchDue(kind=kind, uid=uid) for uid in uids)


def follow(
    model: type[Model],
    kind: str,
    *,
    uids: Callable[[Any], Iterable[UUID]] | None = None,
    fields: Collection[str] = (),
    also_new: bool = True,
) -> None:
    """Mark objects of a kind whenever a row of a model is saved or removed; once per process.

    `uids` names the objects whose entries speak of the row (its own, where none is given), `fields` what of
    the row they say: other changes mark nothing. `also_new` is False for rows that no entry speaks of before
    another row refers to them.
    """
    watched = frozenset(fields)

    def concerned(row: Any) -> Iterable[UUID]:
        return uids(row) if uids else (row.uid,)

    def on_save(
        *, instance: Any, created: bool, update_fields: Collection[str] | None, **kwargs: Any
    ) -> None:
        if created:
            if also_new:
                mark(kind, concerned(instance))
        elif update_fields is None or not watched or watched & frozenset(update_fields):
            mark(kind, concerned(instance))

    def on_delete(*, instance: Any, **kwargs: Any) -> None:
        mark(kind, concerned(instance))

    name = f"search.{kind}.{model._meta.label}"
    post_save.connect(on_save, sender=model, weak=False, dispatch_uid=name)
    post_delete.connect(on_delete, sender=model, weak=False, dispatch_uid=name)
