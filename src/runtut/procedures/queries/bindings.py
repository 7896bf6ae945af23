"""Who a performer is in an office: what is bound, and what Runtut would suggest."""

from __future__ import annotations

from typing import Final

from runtut.organisations.enums import Role
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.procedures.enums import Mode
from runtut.procedures.graph.titles import role_named
from runtut.procedures.importing.roles import fits
from runtut.procedures.models import Performer, PerformerBinding, ProcedureVersion, StepPerformer

LIKE: Final = 0.6
"""How well a performer's name fits a title that may stand for it."""
STAND_INS: dict[str, tuple[Role, ...]] = {
    Role.CAMAT: (Role.KEPALA_PD, Role.KABAG),
    Role.SEKCAM: (Role.SEKRETARIS_PD,),
    Role.KEPALA_PD: (Role.CAMAT, Role.KABAG),
    Role.SEKRETARIS_PD: (Role.SEKCAM,),
    Role.KASUBBAG_PERENCANAAN: (Role.SEKRETARIS_TIM_SAKIP,),
    Role.SEKRETARIS_TIM_SAKIP: (Role.KASUBBAG_PERENCANAAN,),
    Role.KASI: (Role.KABID, Role.ANALIS),
    Role.ANGGOTA_TIM_SAKIP: (Role.KASI, Role.KABID),
    Role.PENGELOLA: (Role.STAF, Role.ANALIS),
    Role.PENERIMA_SURAT: (Role.STAF,),
    Role.STAF: (Role.PENGELOLA, Role.ANALIS),
}
"""Which role does the same work in an office that lacks the one named, the nearest first."""


def suggest_bindings(version: ProcedureVersion, unit: OrganisationUnit) -> dict[int, list[Position]]:
    """Return for each performer of the version the positions of the unit that its role points to.

    A performer who completes a step alone gets one position; one whose steps are done by each or together
    gets all of them (every Kasi). Empty where the office has nobody of that role or a kindred one. Three
    queries.
    """
    by_role: dict[str, list[Position]] = {}
    for position in positions_in(unit=unit).select_related("unit"):
        by_role.setdefault(position.role, []).append(position)
    alone = set(
        StepPerformer.objects.filter(step__version=version, mode=Mode.MAIN).values_list(
            "performer_id", flat=True
        )
    )
    suggested = {}
    for performer in version.performers.order_by("sequence", "id"):
        found = _positions_for(performer, by_role)
        suggested[performer.pk] = found[:1] if performer.pk in alone else found
    return suggested


def bound_positions(version: ProcedureVersion) -> dict[int, list[Position]]:
    """Return the positions in use that are bound to each performer of the version, an empty list for none.
    Two queries."""
    bound: dict[int, list[Position]] = {
        performer.pk: [] for performer in version.performers.order_by("sequence", "id")
    }
    bindings = PerformerBinding.objects.filter(performer__version=version, position__is_active=True)
    for binding in bindings.select_related("position__unit").order_by(
        "position__unit__path", "position__sequence", "position_id"
    ):
        bound[binding.performer_id].append(binding.position)
    return bound


def _positions_for(performer: Performer, by_role: dict[str, list[Position]]) -> list[Position]:
    """The positions of a performer's role; of one that came without, as from an imported document, those that
    its name tells: a title of a role, else the words of a position's own."""
    role = performer.role or role_named(performer.name)
    for one in (role, *STAND_INS.get(role, ())):
        if one and by_role.get(one):
            return by_role[one]
    return [] if performer.role else _alike(performer.name, by_role)


def _alike(name: str, by_role: dict[str, list[Position]]) -> list[Position]:
    """The positions whose title says nearly what a performer is called, the nearest ones."""
    found = [
        (max(fits(name, one.title), fits(name, one.short_title)), one)
        for positions in by_role.values()
        for one in positions
    ]
    best = max((score for score, _ in found), default=0.0)
    return [one for score, one in found if score == best] if best >= LIKE else []
