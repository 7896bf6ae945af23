from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from runtut.documents.models import Delivery, OutgoingLetter, StoredFile
from runtut.documents.queries.signing import paper_file
from runtut.documents.rules import RECEIVERS
from runtut.organisations.models import Authority
from runtut.organisations.queries import units_within

MOST_AWAITED: Final = 25


@dataclass(frozen=True)
class Sent:
    """What the buku ekspedisi knows of a line of the agenda keluar: to whom it went, in how many copies
    altogether, and how many of them have received it."""

    to: tuple[str, ...]
    copies: int
    received: int

    @property
    def recipients(self) -> str:
        return "; ".join(self.to)


def sent_with(lines: Collection[OutgoingLetter]) -> dict[int, Sent]:
    """Return what was sent of each line, by its key: its paper itself, or what that covers as surat
    pengantar; lines of which nothing was sent are left out. Of a paper that was numbered again it stands at
    the number that it bears, not at the voided one (one query; the lines' entries are at hand)."""
    ordered = sorted(lines, key=lambda line: (line.entry.voided_at is None, line.pk))
    papers = {line.version.document_id: line.pk for line in ordered if line.version}
    errands = {line.errand: line.pk for line in ordered if line.errand}
    rows = Delivery.objects.filter(
        Q(version__document__in=papers) | Q(cover__document__in=papers) | Q(errand__in=errands)
    ).select_related("version", "cover")
    found: dict[int, list[Delivery]] = {}
    for one in rows.order_by("id"):
        bearing = [version.document_id for version in (one.version, one.cover) if version]
        keys = {papers[key] for key in bearing if key in papers} | {errands.get(one.errand, 0)}
        for key in keys - {0}:
            found.setdefault(key, []).append(one)
    return {key: sent_of(same) for key, same in found.items()}


def sent_of(deliveries: Sequence[Delivery]) -> Sent:
    return Sent(
        to=tuple(dict.fromkeys(one.addressee for one in deliveries)),
        copies=sum(one.copies for one in deliveries),
        received=len({one.addressee for one in deliveries if one.received_at is not None}),
    )


def sent_file(delivery: Delivery) -> StoredFile | None:
    """Return the file of what was sent, None while it has none (one query at most)."""
    return delivery.file or paper_file(delivery.version)


def deliveries_of(*, errand: UUID) -> list[Delivery]:
    """Return the deliveries of one sending, in order. One query."""
    rows = Delivery.objects.filter(errand=errand).select_related("unit", "to_unit", "proof", "sent_in")
    return list(rows.order_by("id"))


def awaited_deliveries(*, authorities: Iterable[Authority]) -> list[Delivery]:
    """Return what other units sent and nobody here has accepted yet, oldest first. One query.

    It is what `rules.can_receive` lets them take in.
    """
    held = [one for one in authorities if one.position_id is not None]
    reach = [one.opens if one.role in RECEIVERS else one.unit_path for one in held]
    here = Q(to_unit__in=units_within(reach)) | Q(to_unit__path__in=[one.opens for one in held])
    rows = Delivery.objects.filter(here, received_at=None)
    return list(rows.select_related("unit", "to_unit", "version").order_by("id"))


def deliveries_to_take_in(*, authorities: Iterable[Authority], limit: int = MOST_AWAITED) -> list[Delivery]:
    """Return what waits to be taken in by those whose turn it is, oldest first: whoever sits in the unit it
    was sent to, and whoever keeps the registers of the office; not the position that sent it. One query.

    Others whom `rules.can_receive` lets take it in find it in `awaited_deliveries`.
    """
    held = [one for one in authorities if one.position_id is not None]
    kept = units_within(one.opens for one in held if one.role in RECEIVERS)
    mine = Q(to_unit__path__in=[one.unit_path for one in held]) | Q(to_unit__in=kept)
    rows = Delivery.objects.filter(mine, received_at=None).select_related("unit", "to_unit")
    return list(rows.exclude(sent_in__in=[one.position_id for one in held]).order_by("id")[:limit])


def deliveries_open_to(*, authorities: Iterable[Authority]) -> QuerySet[Delivery]:
    """Return the buku ekspedisi that a person's authorities open: what their offices sent."""
    units = units_within(one.opens for one in authorities)
    rows = Delivery.objects.filter(unit__in=units)
    return rows.select_related("unit", "to_unit", "proof", "sent_in", "sent_by").order_by("-id")


def can_open_delivery(*, authorities: Iterable[Authority], delivery: Delivery) -> bool:
    """Tell whether a delivery is open: to the office that sent it and to the unit it was sent to (one
    query)."""
    units = units_within(one.opens for one in authorities)
    return units.filter(Q(pk=delivery.unit_id) | Q(pk=delivery.to_unit_id)).exists()


def outgoing_open_to(*, authorities: Iterable[Authority]) -> QuerySet[OutgoingLetter]:
    """Return the buku agenda keluar that a person's authorities open, newest first."""
    units = units_within(one.opens for one in authorities)
    related = ("unit", "entry", "version__document", "version__pdf", "archive_class", "registered_by")
    return OutgoingLetter.objects.filter(unit__in=units).select_related(*related).order_by("-id")
