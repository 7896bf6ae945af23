from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from runtut.accounts.models import User
from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.organisations.actions.appointments import (
    ensure_ends_within,
    ensure_fit_to_serve,
    ensure_no_mandate,
    ensure_not_begun,
)
from runtut.organisations.actions.positions import ensure_position_active, lock_position
from runtut.organisations.actions.trail import note
from runtut.organisations.enums import MandateKind
from runtut.organisations.errors import (
    ExtendInstead,
    MandateAlreadyExtended,
    MandateHasExtension,
    MandateNeedsHead,
    MandateToHolder,
    MandateTooLong,
    OnlyPltIsExtended,
    PlhNeedsHolder,
    PltNeedsVacancy,
)
from runtut.organisations.events import term_ended
from runtut.organisations.formulas import last_day, period_words, plt_limit
from runtut.organisations.models import Authority, Mandate, Position
from runtut.organisations.queries import overlapping
from runtut.organisations.rules import ensure_can_administer, ensure_dates, ensure_fits


def give_mandate(
    *,
    kind: MandateKind,
    user: User,
    position: Position,
    valid_from: date,
    valid_until: date,
    decree: str,
    authority: Authority,
    at: datetime,
) -> Mandate:
    """Let a person act for a head position that is vacant (Plt.) or whose holder is absent (Plh.).

    UU 30/2014 Pasal 14; a Plt. for three months at most (SE BKN 1/SE/I/2021). `valid_until` is the first day
    on which it no longer holds. Whether the person is of the same or an adjacent level is not known to the
    data: the form says so (rules.MANDATE_LEVEL_NOTE). Raises NotAdministrator, DatesReversed,
    PositionInactive, MandateNeedsHead, PersonInactive, OtherRegion, MandateInForce, PltNeedsVacancy,
    PlhNeedsHolder, MandateToHolder, MandateTooLong, ExtendInstead, MandateAlreadyExtended.
    """
    ensure_dates(valid_from, valid_until)
    decree = ensure_fits(decree, what="Nomor surat perintah", limit=120, field="decree")
    with write_transaction():
        position = lock_position(position)
        ensure_can_administer(authority, position.unit)
        ensure_position_active(position)
        ensure_head(position)
        ensure_fit_to_serve(user, region=position.region)
        ensure_no_mandate(position, valid_from, valid_until)
        if kind == MandateKind.PLT:
            ensure_vacant(position, valid_from, valid_until)
            ensure_within_limit(valid_from, valid_until)
            ensure_not_a_continuation(user, position, valid_from)
        else:
            ensure_held(user, position, valid_from, valid_until)
        mandate = Mandate.objects.create(
            region=position.region,
            kind=kind,
            user=user,
            position=position,
            valid_from=valid_from,
            valid_until=valid_until,
            decree=decree,
        )
        tell(mandate, position, "mandate.given", authority, at)
    return mandate


def extend_mandate(
    *, mandate: Mandate, valid_until: date, decree: str, authority: Authority, at: datetime
) -> Mandate:
    """Extend a Plt. once, from its end, by three months at most (SE BKN 1/SE/I/2021).

    Raises NotAdministrator, OnlyPltIsExtended, MandateAlreadyExtended, DatesReversed, MandateTooLong,
    PersonInactive, MandateInForce, PltNeedsVacancy.
    """
    decree = ensure_fits(decree, what="Nomor surat perintah", limit=120, field="decree")
    with write_transaction():
        position = lock_position(mandate.position)
        ensure_can_administer(authority, position.unit)
        ensure_position_active(position)
        mandate = current(mandate)
        ensure_extendable(mandate)
        start = end_of(mandate)
        ensure_dates(start, valid_until)
        ensure_within_limit(start, valid_until)
        ensure_fit_to_serve(mandate.user, region=position.region)
        ensure_no_mandate(position, start, valid_until)
        ensure_vacant(position, start, valid_until)
        extension = Mandate.objects.create(
            region=position.region,
            kind=mandate.kind,
            user=mandate.user,
            position=position,
            valid_from=start,
            valid_until=valid_until,
            decree=decree,
            extends=mandate,
        )
        tell(extension, position, "mandate.extended", authority, at)
    return extension


def end_mandate(*, mandate: Mandate, valid_until: date, authority: Authority, at: datetime) -> Mandate:
    """End a mandate early: `valid_until` is the first day on which it no longer holds.

    Raises NotAdministrator, NotInForceThen, MandateHasExtension.
    """
    with write_transaction():
        position = lock_position(mandate.position)
        ensure_can_administer(authority, position.unit)
        mandate = current(mandate)
        ensure_ends_within(mandate, valid_until)
        ensure_not_extended(mandate)
        mandate.valid_until = valid_until
        mandate.save(update_fields=["valid_until"])
        tell(mandate, position, "mandate.ended", authority, at)
        term_ended.send(sender=Mandate, user_id=mandate.user_id, position=position, at=at)
    return mandate


def withdraw_mandate(*, mandate: Mandate, authority: Authority, at: datetime) -> None:
    """Remove a mandate that has not begun. Raises NotAdministrator, AlreadyBegun, MandateHasExtension."""
    with write_transaction():
        position = lock_position(mandate.position)
        ensure_can_administer(authority, position.unit)
        mandate = current(mandate)
        ensure_not_begun(mandate, position.unit.local_date(at), "Mandat ini")
        ensure_not_extended(mandate)
        tell(mandate, position, "mandate.withdrawn", authority, at)
        mandate.delete()


def current(mandate: Mandate) -> Mandate:
    """Return the mandate as it stands now, with the position locked by the caller."""
    return Mandate.objects.select_related("user").get(pk=mandate.pk)


def end_of(mandate: Mandate) -> date:
    """Return the end of a mandate; the table keeps none without."""
    if mandate.valid_until is None:
        raise ValueError(f"mandate {mandate.pk} has no end")
    return mandate.valid_until


def tell(mandate: Mandate, position: Position, action: str, authority: Authority, at: datetime) -> None:
    note(
        unit=position.unit,
        action=action,
        subject=mandate.uid,
        authority=authority,
        at=at,
        data={
            "kind": mandate.kind,
            "position": position.pk,
            "title": position.title,
            "user": mandate.user_id,
            "name": mandate.user.full_name,
            "from": mandate.valid_from,
            "until": mandate.valid_until,
            "decree": mandate.decree,
            "extends": mandate.extends_id,
        },
    )


def ensure_head(position: Position) -> None:
    if not position.is_head:
        raise MandateNeedsHead(position=position.title, field="position")


def ensure_vacant(position: Position, start: date, until: date) -> None:
    holders = position.appointments.filter(overlapping(start, until)).select_related("user")
    holder = holders.order_by("valid_from").first()
    if holder:
        raise PltNeedsVacancy(
            position=position.title,
            holder=holder.user.display_name,
            period=period_words(holder.valid_from, holder.valid_until),
            field="kind",
        )


def ensure_held(user: User, position: Position, start: date, until: date) -> None:
    throughout = Q(valid_from__lte=start) & (Q(valid_until__isnull=True) | Q(valid_until__gte=until))
    holder = position.appointments.filter(throughout).first()
    if holder is None:
        raise PlhNeedsHolder(position=position.title, field="kind")
    if holder.user_id == user.pk:
        raise MandateToHolder(person=user.display_name, position=position.title, acting="Plh.", field="user")


def ensure_within_limit(start: date, until: date) -> None:
    limit = plt_limit(start)
    if until > limit:
        raise MandateTooLong(limit=long_date(last_day(limit)), field="valid_until")


def ensure_not_a_continuation(user: User, position: Position, start: date) -> None:
    """Refuse a new Plt. that goes straight on from one of the same person: that is an extension, allowed
    once. After a gap a new letter of appointment is a new Plt.; the circular sets no minimum gap."""
    before = position.mandates.filter(user=user, kind=MandateKind.PLT, valid_until=start).first()
    if before and before.extends_id:
        raise MandateAlreadyExtended(person=user.display_name, field="user")
    if before:
        raise ExtendInstead(person=user.display_name, end=long_date(last_day(start)), field="valid_from")


def ensure_extendable(mandate: Mandate) -> None:
    if mandate.kind != MandateKind.PLT:
        raise OnlyPltIsExtended
    if mandate.extends_id or Mandate.objects.filter(extends=mandate).exists():
        raise MandateAlreadyExtended(person=mandate.user.display_name)


def ensure_not_extended(mandate: Mandate) -> None:
    extension = Mandate.objects.filter(extends=mandate).first()
    if extension:
        raise MandateHasExtension(end=long_date(last_day(end_of(extension))))
