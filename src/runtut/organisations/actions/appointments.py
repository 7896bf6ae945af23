from __future__ import annotations

from datetime import date, datetime

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.organisations.actions.positions import ensure_position_active, lock_position
from runtut.organisations.actions.trail import note
from runtut.organisations.errors import (
    AlreadyAppointed,
    AlreadyBegun,
    MandateInForce,
    NotInForceThen,
    OtherRegion,
    PersonInactive,
    PositionTaken,
)
from runtut.organisations.events import term_ended
from runtut.organisations.formulas import period_words
from runtut.organisations.models import Appointment, Authority, Position
from runtut.organisations.models.position import DatedRow
from runtut.organisations.queries import overlapping
from runtut.organisations.rules import ensure_can_administer, ensure_dates, ensure_fits


def appoint(
    *,
    user: User,
    position: Position,
    valid_from: date,
    valid_until: date | None,
    decree: str,
    authority: Authority,
    at: datetime,
) -> Appointment:
    """Appoint a person to a position definitively, from a day until a day (exclusive; None: open).

    A head position has one holder at a time; others may be shared. Raises NotAdministrator, DatesReversed,
    PositionInactive, PersonInactive, OtherRegion, AlreadyAppointed, PositionTaken, MandateInForce.
    """
    ensure_dates(valid_from, valid_until)
    decree = ensure_fits(decree, what="Nomor SK", limit=120, field="decree")
    with write_transaction():
        position = lock_position(position)
        ensure_can_administer(authority, position.unit)
        ensure_position_active(position)
        ensure_fit_to_serve(user, region=position.region)
        ensure_free(user, position, valid_from, valid_until)
        ensure_no_mandate(position, valid_from, valid_until)
        appointment = Appointment.objects.create(
            region=position.region,
            user=user,
            position=position,
            valid_from=valid_from,
            valid_until=valid_until,
            decree=decree,
        )
        tell(appointment, position, user, "appointment.made", authority, at)
    return appointment


def end_appointment(
    *, appointment: Appointment, valid_until: date, authority: Authority, at: datetime
) -> Appointment:
    """End an appointment: `valid_until` is the first day on which it no longer holds.

    Raises NotAdministrator, NotInForceThen, and MandateInForce while somebody stands in for the holder
    beyond that day.
    """
    with write_transaction():
        position = lock_position(appointment.position)
        ensure_can_administer(authority, position.unit)
        appointment = Appointment.objects.select_related("user").get(pk=appointment.pk)
        ensure_ends_within(appointment, valid_until)
        ensure_no_mandate(position, valid_until, None)
        appointment.valid_until = valid_until
        appointment.save(update_fields=["valid_until"])
        tell(appointment, position, appointment.user, "appointment.ended", authority, at)
        term_ended.send(sender=Appointment, user_id=appointment.user_id, position=position, at=at)
    return appointment


def withdraw_appointment(*, appointment: Appointment, authority: Authority, at: datetime) -> None:
    """Remove an appointment that has not begun. Raises NotAdministrator, AlreadyBegun."""
    with write_transaction():
        position = lock_position(appointment.position)
        ensure_can_administer(authority, position.unit)
        appointment = Appointment.objects.select_related("user").get(pk=appointment.pk)
        ensure_not_begun(appointment, position.unit.local_date(at), "Pengangkatan ini")
        tell(appointment, position, appointment.user, "appointment.withdrawn", authority, at)
        appointment.delete()


def tell(
    appointment: Appointment, position: Position, user: User, action: str, authority: Authority, at: datetime
) -> None:
    note(
        unit=position.unit,
        action=action,
        subject=appointment.uid,
        authority=authority,
        at=at,
        data={
            "position": position.pk,
            "title": position.title,
            "user": user.pk,
            "name": user.full_name,
            "from": appointment.valid_from,
            "until": appointment.valid_until,
            "decree": appointment.decree,
        },
    )


def ensure_fit_to_serve(user: User, *, region: int) -> None:
    """Raise OtherRegion or PersonInactive unless a person can be given an office in a region."""
    if user.region != region:
        raise OtherRegion(what=user.display_name, field="user")
    if not user.is_active:
        raise PersonInactive(person=user.display_name, field="user")


def ensure_free(user: User, position: Position, start: date, until: date | None) -> None:
    rivals = position.appointments.filter(overlapping(start, until)).select_related("user")
    own = rivals.filter(user=user).first()
    if own:
        raise AlreadyAppointed(
            person=user.display_name,
            position=position.title,
            period=period_words(own.valid_from, own.valid_until),
            field="user",
        )
    if position.is_head and (rival := rivals.order_by("valid_from").first()):
        raise PositionTaken(
            position=position.title,
            holder=rival.user.display_name,
            period=period_words(rival.valid_from, rival.valid_until),
            field="valid_from",
        )


def ensure_no_mandate(position: Position, start: date, until: date | None) -> None:
    mandates = position.mandates.filter(overlapping(start, until)).select_related("user")
    mandate = mandates.order_by("valid_from").first()
    if mandate:
        raise MandateInForce(
            position=position.title,
            acting=mandate.get_kind_display(),
            holder=mandate.user.display_name,
            period=period_words(mandate.valid_from, mandate.valid_until),
            field="valid_from",
        )


def ensure_ends_within(row: DatedRow, valid_until: date) -> None:
    """Raise NotInForceThen unless the new end shortens the row and leaves at least a day of it."""
    if row.valid_from < valid_until and (row.valid_until is None or valid_until <= row.valid_until):
        return
    raise NotInForceThen(period=period_words(row.valid_from, row.valid_until), field="valid_until")


def ensure_not_begun(row: DatedRow, today: date, what: str) -> None:
    if row.valid_from <= today:
        raise AlreadyBegun(what=what, start=period_words(row.valid_from, None))
