from __future__ import annotations

from datetime import date, datetime

from runtut.core.locks import write_transaction
from runtut.organisations.actions.trail import note
from runtut.organisations.enums import Role
from runtut.organisations.errors import HeadExists, PositionInactive, UnitInactive
from runtut.organisations.events import position_closing
from runtut.organisations.models import Appointment, Authority, Mandate, OrganisationUnit, Position
from runtut.organisations.queries import overlapping
from runtut.organisations.rules import ensure_can_administer, ensure_text


def create_position(
    *,
    unit: OrganisationUnit,
    role: Role,
    title: str,
    short_title: str,
    is_head: bool,
    authority: Authority,
    at: datetime,
) -> Position:
    """Create a position in a unit, last in its order. A unit has one head at most.

    Raises NotAdministrator, UnitInactive, HeadExists, NameMissing, TextTooLong.
    """
    title, short_title = ensure_titles(title, short_title)
    with write_transaction():
        unit = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        ensure_can_administer(authority, unit)
        if not unit.is_active:
            raise UnitInactive(unit=unit.short_name)
        if is_head:
            ensure_no_head(unit)
        position = Position.objects.create(
            region=unit.region,
            unit=unit,
            role=role,
            title=title,
            short_title=short_title,
            is_head=is_head,
            sequence=unit.positions.count(),
        )
        note(
            unit=unit,
            action="position.created",
            subject=position.uid,
            authority=authority,
            at=at,
            data={"title": title, "short_title": short_title, "role": role, "head": is_head},
        )
    return position


def rename_position(
    *, position: Position, title: str, short_title: str, authority: Authority, at: datetime
) -> Position:
    """Rename a position; its role, and with it the SOP steps it fits, stays."""
    title, short_title = ensure_titles(title, short_title)
    with write_transaction():
        position = lock_position(position)
        ensure_can_administer(authority, position.unit)
        before = {"title": position.title, "short_title": position.short_title}
        position.title, position.short_title = title, short_title
        position.save(update_fields=["title", "short_title"])
        note(
            unit=position.unit,
            action="position.renamed",
            subject=position.uid,
            authority=authority,
            at=at,
            data={"before": before, "after": {"title": title, "short_title": short_title}},
        )
    return position


def deactivate_position(*, position: Position, until: date, authority: Authority, at: datetime) -> Position:
    """Take a position out of use: its appointments and mandates end on `until` (exclusive), those that had
    not begun by then are removed.

    Announces `position_closing` first: an upper room refuses there while work waits for the position.
    """
    with write_transaction():
        position = lock_position(position)
        ensure_can_administer(authority, position.unit)
        ensure_position_active(position)
        position_closing.send(sender=Position, position=position, until=until, authority=authority, at=at)
        ended = [*close_rows(Mandate, position, until), *close_rows(Appointment, position, until)]
        position.is_active = False
        position.save(update_fields=["is_active"])
        note(
            unit=position.unit,
            action="position.deactivated",
            subject=position.uid,
            authority=authority,
            at=at,
            data={"title": position.title, "until": until, "ended": ended},
        )
    return position


def close_rows(
    model: type[Appointment] | type[Mandate], position: Position, until: date
) -> list[dict[str, object]]:
    """End what is in force on a day and remove what begins later; return what was there, newest first (so
    that an extension goes before what it extends)."""
    rows = model._default_manager.filter(overlapping(until, None), position=position).order_by("-valid_from")
    ended: list[dict[str, object]] = []
    for row in rows:
        ended.append({"user": row.user_id, "from": row.valid_from, "until": row.valid_until})
        if row.valid_from >= until:
            row.delete()
        else:
            row.valid_until = until
            row.save(update_fields=["valid_until"])
    return ended


def lock_position(position: Position) -> Position:
    """Lock a position: appointments and mandates of one position queue here, so that two that overlap cannot
    both be accepted. Its unit is loaded with it."""
    return (
        Position.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .get(pk=position.pk)
    )


def ensure_position_active(position: Position) -> None:
    if not position.is_active:
        raise PositionInactive(position=position.title)


def ensure_no_head(unit: OrganisationUnit) -> None:
    head = unit.positions.filter(is_head=True, is_active=True).first()
    if head:
        raise HeadExists(unit=unit.short_name, position=head.title, field="is_head")


def ensure_titles(title: str, short_title: str) -> tuple[str, str]:
    return (
        ensure_text(title, what="Nama jabatan", limit=120, field="title"),
        ensure_text(short_title, what="Sebutan jabatan", limit=60, field="short_title"),
    )
