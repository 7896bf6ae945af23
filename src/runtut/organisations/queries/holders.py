from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from runtut.organisations.enums import Capacity
from runtut.organisations.models import Appointment, Mandate
from runtut.organisations.queries.dates import in_force


@dataclass(frozen=True)
class Holder:
    """Who acts for a position on a day."""

    user_id: int
    full_name: str
    capacity: Capacity
    is_demo: bool
    mandate_id: int | None = None

    @property
    def label(self) -> str:
        """ "(Plt.) Rina Wahyuni", made-up persons marked."""
        acting = f"({self.capacity.label}) " if self.mandate_id else ""
        return f"{acting}{self.full_name}{' (contoh)' if self.is_demo else ''}"


def holders_of(*, position_ids: Iterable[int], on: date) -> dict[int, list[Holder]]:
    """Return who acts for each position on a day, an empty list for a vacant one.

    While a Plt. or Plh. is in force only they are returned. Two queries whatever the number of positions.
    """
    wanted = list(dict.fromkeys(position_ids))
    acting = {position_id: [holder] for position_id, holder in mandate_holders(wanted, on)}
    definitive: dict[int, list[Holder]] = {position_id: [] for position_id in wanted}
    for appointment in (
        Appointment.objects.filter(in_force(on), position__in=wanted, user__is_active=True)
        .select_related("user")
        .order_by("valid_from", "id")
    ):
        user = appointment.user
        definitive[appointment.position_id].append(
            Holder(user.pk, user.full_name, Capacity.DEFINITIVE, user.is_demo)
        )
    return definitive | acting


def mandate_holders(position_ids: list[int], on: date) -> list[tuple[int, Holder]]:
    mandates = Mandate.objects.filter(in_force(on), position__in=position_ids, user__is_active=True)
    return [
        (
            mandate.position_id,
            Holder(
                mandate.user_id,
                mandate.user.full_name,
                Capacity(mandate.kind),
                mandate.user.is_demo,
                mandate.pk,
            ),
        )
        for mandate in mandates.select_related("user")
    ]
