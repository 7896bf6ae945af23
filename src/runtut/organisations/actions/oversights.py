from __future__ import annotations

from datetime import date, datetime

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.organisations.actions.appointments import ensure_ends_within, ensure_fit_to_serve
from runtut.organisations.actions.trail import note
from runtut.organisations.actions.units import lock_tree
from runtut.organisations.enums import OversightKind
from runtut.organisations.errors import LastAdministrator, OversightExists
from runtut.organisations.formulas import period_words
from runtut.organisations.models import Authority, OrganisationUnit, Oversight
from runtut.organisations.queries import overlapping
from runtut.organisations.rules import ensure_can_administer, ensure_dates, ensure_fits


def grant_oversight(
    *,
    kind: OversightKind,
    user: User,
    unit: OrganisationUnit,
    valid_from: date,
    valid_until: date | None,
    decree: str,
    authority: Authority,
    at: datetime,
) -> Oversight:
    """Let a person read, evaluate or administer a unit and all below it.

    Raises NotAdministrator, DatesReversed, OtherRegion, PersonInactive, OversightExists.
    """
    ensure_dates(valid_from, valid_until)
    decree = ensure_fits(decree, what="Dasar", limit=120, field="decree")
    with write_transaction():
        lock_tree(unit.region)
        ensure_can_administer(authority, unit)
        ensure_fit_to_serve(user, region=unit.region)
        ensure_new(kind, user, unit, valid_from, valid_until)
        oversight = Oversight.objects.create(
            region=unit.region,
            kind=kind,
            user=user,
            unit=unit,
            valid_from=valid_from,
            valid_until=valid_until,
            decree=decree,
        )
        tell(oversight, "oversight.granted", authority, at)
    return oversight


def end_oversight(
    *, oversight: Oversight, valid_until: date, authority: Authority, at: datetime
) -> Oversight:
    """End an oversight: `valid_until` is the first day on which it no longer holds.

    Raises NotAdministrator, NotInForceThen, LastAdministrator.
    """
    with write_transaction():
        lock_tree(oversight.region)
        oversight = Oversight.objects.select_related("unit", "user").get(pk=oversight.pk)
        ensure_can_administer(authority, oversight.unit)
        ensure_ends_within(oversight, valid_until)
        if oversight.kind == OversightKind.ADMINISTRATOR:
            ensure_other_administrator(oversight, valid_until)
        oversight.valid_until = valid_until
        oversight.save(update_fields=["valid_until"])
        tell(oversight, "oversight.ended", authority, at)
    return oversight


def tell(oversight: Oversight, action: str, authority: Authority, at: datetime) -> None:
    note(
        unit=oversight.unit,
        action=action,
        subject=oversight.uid,
        authority=authority,
        at=at,
        data={
            "kind": oversight.kind,
            "user": oversight.user_id,
            "name": oversight.user.full_name,
            "from": oversight.valid_from,
            "until": oversight.valid_until,
            "decree": oversight.decree,
        },
    )


def ensure_new(
    kind: OversightKind, user: User, unit: OrganisationUnit, start: date, until: date | None
) -> None:
    same = unit.oversights.filter(overlapping(start, until), user=user, kind=kind).first()
    if same:
        raise OversightExists(
            person=user.display_name,
            kind=kind.label.lower(),
            unit=unit.short_name,
            period=period_words(same.valid_from, same.valid_until),
            field="user",
        )


def ensure_other_administrator(oversight: Oversight, day: date) -> None:
    """Raise LastAdministrator when from a day on nobody would administer the unit, here or from above.

    The caller holds the tree's lock, so that two administrators cannot remove each other at once.
    """
    others = Oversight.objects.filter(
        overlapping(day, None),
        kind=OversightKind.ADMINISTRATOR,
        unit__path__in=oversight.unit.ancestor_paths,
        user__is_active=True,
    ).exclude(user=oversight.user_id)
    if not others.exists():
        raise LastAdministrator(
            person=oversight.user.display_name, unit=oversight.unit.short_name, field="user"
        )
