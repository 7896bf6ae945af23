"""The list of incoming letters, with the filters of its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.queries.letters import PAGE, chains, letters_open_to
from runtut.organisations.models import Authority, Position


@dataclass(frozen=True)
class LetterFilter:
    """What the page's address asks for. `unit_ids` narrows to offices, `position_ids` to what waits for
    these positions, a letter without a disposisi for the head of its office; `is_new` keeps letters without
    a disposisi."""

    unit_ids: Collection[int] | None = None
    position_ids: Collection[int] | None = None
    is_new: bool = False
    urgency: str = ""
    year: int | None = None
    text: str = ""


@dataclass(frozen=True)
class LetterPage:
    """A page of letters, the newest first; `after` leads to the next page, None on the last."""

    letters: tuple[IncomingLetter, ...]
    after: int | None


def letters_page(
    *,
    authorities: Iterable[Authority],
    filters: LetterFilter,
    after: int | None = None,
    limit: int = PAGE,
) -> LetterPage:
    """Return a page of the buku agenda masuk in the order of entry, with chains. Three queries."""
    rows = letters_open_to(authorities=authorities).filter(condition_of(filters))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    rows = rows.select_related("unit", "file").prefetch_related(chains()).order_by("-id")
    found = list(rows[: limit + 1])
    shown = tuple(found[:limit])
    return LetterPage(shown, shown[-1].pk if len(found) > limit else None)


def condition_of(filters: LetterFilter) -> Q:
    condition = Q()
    given = Disposisi.objects.filter(letter=OuterRef("pk"))
    if filters.unit_ids is not None:
        condition &= Q(unit__in=filters.unit_ids)
    if filters.position_ids is not None:
        waiting = DisposisiRecipient.objects.filter(
            disposisi__letter=OuterRef("pk"), position__in=filters.position_ids, acted_at=None
        )
        headed = Position.objects.filter(unit=OuterRef("unit"), pk__in=filters.position_ids, is_head=True)
        condition &= Q(Exists(waiting)) | ~Q(Exists(given)) & Q(Exists(headed))
    if filters.is_new:
        condition &= ~Q(Exists(given))
    if filters.urgency:
        condition &= Q(urgency=filters.urgency)
    if filters.year is not None:
        condition &= Q(register_number__endswith=f"/{filters.year}") | Q(registered_at__year=filters.year)
    for word in filters.text.split():
        condition &= (
            Q(number__icontains=word)
            | Q(sender__icontains=word)
            | Q(subject__icontains=word)
            | Q(register_number__icontains=word)
        )
    return condition
