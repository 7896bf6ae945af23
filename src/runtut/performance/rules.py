"""Who may enter, return, approve and lock figures."""

from __future__ import annotations

from runtut.core.errors import NotAllowed
from runtut.core.periods import Quarter
from runtut.organisations.enums import Role, UnitKind
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.performance.errors import (
    NotTheBudgetKeeper,
    NotTheHead,
    NotTheOpener,
    NotTheOwner,
    NotThePlanner,
    NotTheSection,
)
from runtut.performance.models import Indicator, PeriodLock, Realisation, RktItem

REVIEWERS = frozenset(
    {
        Role.CAMAT,
        Role.SEKCAM,
        Role.KASUBBAG_PERENCANAAN,
        Role.PENGELOLA,
        Role.KEPALA_PD,
        Role.SEKRETARIS_PD,
        Role.KABAG,
        Role.SEKRETARIS_TIM_SAKIP,
        Role.ANGGOTA_TIM_SAKIP,
    }
)
HEADS = frozenset({Role.CAMAT, Role.KEPALA_PD, Role.KABAG, Role.SEKDA})

PLANNERS = frozenset(
    {
        Role.SEKCAM,
        Role.KASUBBAG_PERENCANAAN,
        Role.PENGELOLA,
        Role.SEKRETARIS_PD,
        Role.KABAG,
        Role.SEKRETARIS_TIM_SAKIP,
    }
)
COLLECTORS = frozenset({Role.KASUBBAG_PERENCANAAN, Role.SEKRETARIS_TIM_SAKIP})


def is_of(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority acts from a position of an office: in the office itself or in a part of it.
    A position of an office below, such as a kecamatan below the kabupaten, is of that one alone."""
    return authority.position_id is not None and authority.opens == unit.path


def works_in(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority works on the figures of an office: it is of the office, or of a bagian whose
    work the sekretariat daerah plans and measures as one."""
    is_bagian = unit.kind == UnitKind.SEKRETARIAT_DAERAH and authority.unit_path.startswith(unit.path)
    return is_of(authority, unit) or (authority.position_id is not None and is_bagian)


def is_owner(authority: Authority, indicator: Indicator) -> bool:
    """Tell whether an authority acts for the position that answers for an indicator."""
    return authority.position_id is not None and authority.position_id == indicator.owner_id


def collects_in(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority collects the figures of an office, and so speaks for its vacant positions."""
    return authority.role in COLLECTORS and works_in(authority, unit)


def acts_on_behalf(authority: Authority, indicator: Indicator) -> bool:
    """Tell whether an authority enters figures for another: who collects them for the same office may, and
    the audit trail says so."""
    return collects_in(authority, indicator.unit) and not is_owner(authority, indicator)


def can_enter(authority: Authority, indicator: Indicator) -> bool:
    """Tell whether an authority may enter an indicator's figures and evidence."""
    return is_owner(authority, indicator) or acts_on_behalf(authority, indicator)


def ensure_can_enter(authority: Authority, indicator: Indicator) -> None:
    """Raise NotTheOwner unless the authority owns the indicator or acts for its owner."""
    if not can_enter(authority, indicator):
        raise NotTheOwner(indicator=indicator.short_name, owner=indicator.owner.short_title)


def can_review(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority may give figures back to their owners or lock a quarter."""
    return works_in(authority, unit) and authority.role in REVIEWERS


def ensure_can_review(authority: Authority, unit: OrganisationUnit) -> None:
    """Raise NotAllowed unless the authority reviews the figures of this office."""
    if not can_review(authority, unit):
        raise NotAllowed(reason=f"Ini tugas pengelola data, perencana, atau pimpinan {unit.short_name}.")


def is_anothers(authority: Authority, row: Realisation) -> bool:
    """Tell whether a figure is neither typed nor owned by who would verify it."""
    return authority.user_id != row.entered_by_id and not is_owner(authority, row.indicator)


def can_approve(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority acts for the head of the office, who answers for its figures."""
    return is_of(authority, unit) and authority.role in HEADS


def ensure_can_approve(authority: Authority, unit: OrganisationUnit) -> None:
    """Raise NotTheHead unless the authority acts for the head of the office."""
    if not can_approve(authority, unit):
        raise NotTheHead(unit=unit.short_name)


def can_unlock(authority: Authority, lock: PeriodLock) -> bool:
    """Tell whether an authority may open a locked quarter: the head of the office, who collects its figures,
    and whom the lock names."""
    named = authority.position_id is not None and authority.position_id == lock.contact_id
    return named or can_approve(authority, lock.unit) or collects_in(authority, lock.unit)


def ensure_can_unlock(authority: Authority, lock: PeriodLock) -> None:
    """Raise NotTheOpener, naming whom to ask, unless the authority may open the quarter."""
    if not can_unlock(authority, lock):
        raise NotTheOpener(
            period=Quarter(lock.year, lock.quarter).label,
            unit=lock.unit.short_name,
            contact=lock.contact.short_title,
        )


def can_plan(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority writes the plans of an office: its planners, who prepare what the head
    approves."""
    return works_in(authority, unit) and authority.role in PLANNERS


def ensure_can_plan(authority: Authority, unit: OrganisationUnit) -> None:
    """Raise NotThePlanner unless the authority writes the plans of this office."""
    if not can_plan(authority, unit):
        raise NotThePlanner(unit=unit.short_name)


def can_enter_budget(authority: Authority, item: RktItem) -> bool:
    """Tell whether an authority enters the spending of a sub-activity: who answers for it, or a planner."""
    owns = authority.position_id is not None and authority.position_id == item.owner_id
    return owns or can_plan(authority, item.rkt.unit)


def ensure_can_enter_budget(authority: Authority, item: RktItem) -> None:
    """Raise NotTheBudgetKeeper, naming who is, unless the authority enters this spending."""
    if not can_enter_budget(authority, item):
        owner = item.owner.short_title if item.owner else "penanggung jawabnya"
        raise NotTheBudgetKeeper(code=item.code, owner=owner, unit=item.rkt.unit.short_name)


def ensure_is_section(authority: Authority, position: Position) -> None:
    """Raise NotTheSection unless the authority acts for the position whose part is handed in."""
    if authority.position_id != position.pk:
        raise NotTheSection(position=position.short_title)
