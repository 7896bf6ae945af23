from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from runtut.documents.enums import Urgency
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.rules import confidential_to
from runtut.organisations.models import Authority
from runtut.organisations.queries import units_within

PAGE = 25
SEALED = "(rahasia)"
"""What stands in the place of what a confidential letter says."""


@dataclass(frozen=True)
class LetterView:
    """A letter with its chain of disposisi in the order given, recipients and their people loaded."""

    letter: IncomingLetter
    chain: tuple[Disposisi, ...]

    @property
    def unread(self) -> tuple[DisposisiRecipient, ...]:
        """Those who have not opened the disposisi given to them."""
        return tuple(one for link in self.chain for one in link.recipients.all() if one.read_at is None)


def chains() -> Prefetch[str, QuerySet[Disposisi], str]:
    """Return the prefetch of a letter's disposisi with givers and recipients: two queries."""
    recipients = DisposisiRecipient.objects.select_related("position").order_by("id")
    links = Disposisi.objects.select_related("from_position", "given_by", "previous")
    return Prefetch(
        "disposisi",
        links.order_by("given_at", "id").prefetch_related(Prefetch("recipients", recipients)),
    )


def letter_view(*, letter: IncomingLetter) -> LetterView:
    """Return a letter with its chain. Ask rules.ensure_can_read_letter first. Three queries."""
    rows = IncomingLetter.objects.select_related("unit", "file", "registered_by").prefetch_related(chains())
    found = rows.get(pk=letter.pk)
    return LetterView(found, tuple(found.disposisi.all()))


def letters_open_to(*, authorities: Iterable[Authority]) -> QuerySet[IncomingLetter]:
    """Return the letters that a person's authorities open: those of their units, and of the confidential
    ones only those given to them. No query before the one returned."""
    condition = Q(pk__in=[])
    for authority in authorities:
        units = units_within([authority.opens])
        mine = IncomingLetter.objects.filter(confidential_to(authority), urgency=Urgency.RAHASIA)
        condition |= Q(unit__in=units) & (~Q(urgency=Urgency.RAHASIA) | Q(pk__in=mine.values("pk")))
    return IncomingLetter.objects.filter(condition)


def agenda(
    *, authority: Authority, words: str = "", before: IncomingLetter | None = None, limit: int = PAGE
) -> list[IncomingLetter]:
    """Return a page of the buku agenda masuk, the last entered first, with chains. Three queries whatever
    the rows."""
    rows = letters_open_to(authorities=[authority])
    if words:
        rows = rows.filter(
            Q(number__icontains=words) | Q(sender__icontains=words) | Q(subject__icontains=words)
        )
    if before:
        rows = rows.filter(pk__lt=before.pk)
    page = rows.select_related("unit", "file").prefetch_related(chains())
    return list(page.order_by("-id")[:limit])
