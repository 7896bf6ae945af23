"""Binding performers to positions: the office's answer, which may change while a version is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.errors import PositionOutsideOffice
from runtut.procedures.models import Performer, PerformerBinding, ProcedureVersion
from runtut.procedures.queries import bound_positions, suggest_bindings
from runtut.procedures.rules import ensure_can_manage_procedures, ensure_not_closed


def bind_performer(
    *, performer: Performer, positions: Sequence[Position], authority: Authority, at: datetime
) -> ProcedureVersion:
    """Replace the positions that stand for a performer; an empty list unbinds it.

    Allowed as long as the version is not closed: running cases keep the bindings they began with. Raises
    NotManager, VersionIsClosed and PositionOutsideOffice (field `positions`).
    """
    with write_transaction():
        version = hold_version(performer.version)
        office = version.procedure.unit
        ensure_can_manage_procedures(authority, office)
        ensure_not_closed(version)
        _ensure_of_office(positions, office)
        before = _titles(performer)
        _replace(performer, positions)
        leave_trail(
            version=version,
            action="performer.bound",
            authority=authority,
            at=at,
            data={"performer": performer.name, "before": before, "after": _titles(performer)},
        )
    return version


def accept_suggested_bindings(
    *, version: ProcedureVersion, authority: Authority, at: datetime
) -> ProcedureVersion:
    """Bind every performer that is still unbound to what `suggest_bindings` proposes; leave the others.

    Raises NotManager and VersionIsClosed. Performers without a suggestion stay unbound.
    """
    with write_transaction():
        version = hold_version(version)
        office = version.procedure.unit
        ensure_can_manage_procedures(authority, office)
        ensure_not_closed(version)
        bound = bound_positions(version)
        suggested = {
            performer_id: positions
            for performer_id, positions in suggest_bindings(version, office).items()
            if positions and not bound[performer_id]
        }
        PerformerBinding.objects.bulk_create(
            PerformerBinding(performer_id=performer_id, position=position)
            for performer_id, positions in suggested.items()
            for position in positions
        )
        names = {performer.pk: performer.name for performer in version.performers.all()}
        accepted = {
            names[key]: [position.title for position in positions] for key, positions in suggested.items()
        }
        leave_trail(
            version=version, action="bindings.accepted", authority=authority, at=at, data={"bound": accepted}
        )
    return version


def _ensure_of_office(positions: Sequence[Position], office: OrganisationUnit) -> None:
    own = set(positions_in(unit=office).values_list("pk", flat=True))
    for position in positions:
        if position.pk not in own:
            raise PositionOutsideOffice(field="positions", position=position.title, unit=office.short_name)


def _titles(performer: Performer) -> list[str]:
    bindings = performer.bindings.select_related("position").order_by("position_id")
    return [binding.position.title for binding in bindings]


def _replace(performer: Performer, positions: Sequence[Position]) -> None:
    wanted = {position.pk for position in positions}
    performer.bindings.exclude(position__in=wanted).delete()
    there = set(performer.bindings.values_list("position_id", flat=True))
    PerformerBinding.objects.bulk_create(
        PerformerBinding(performer=performer, position_id=position_id)
        for position_id in sorted(wanted - there)
    )
