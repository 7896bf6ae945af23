"""Who may shape an SOP, who makes it binding, and when it is; answered without a query beyond the version's
office."""

from __future__ import annotations

from datetime import date

from runtut.organisations.enums import Capacity, Role
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import can_administer
from runtut.procedures.enums import IN_MAKING, UNFINISHED, VersionState
from runtut.procedures.errors import (
    ApproverMissing,
    NotApprover,
    NotAssessor,
    NotManager,
    NotReviewer,
    VersionIsClosed,
    VersionNotDraft,
    VersionNotInMaking,
    VersionNotInReview,
)
from runtut.procedures.models import Checkup, ProcedureVersion

MANAGING_ROLES = frozenset(
    {
        Role.CAMAT,
        Role.SEKCAM,
        Role.KASUBBAG_PERENCANAAN,
        Role.KASUBBAG_UMUM,
        Role.KEPALA_PD,
        Role.SEKRETARIS_PD,
        Role.SEKRETARIS_TIM_SAKIP,
        Role.KABAG,
    }
)
CLOSED = frozenset({VersionState.SUPERSEDED, VersionState.WITHDRAWN})


def is_ahead(version: ProcedureVersion, on: date) -> bool:
    """Tell whether the day on which a version comes into force is still ahead."""
    return version.effective_from is not None and version.effective_from > on


def was_in_force(version: ProcedureVersion, office: OrganisationUnit) -> bool:
    """Tell whether a version of an office's SOP is or has been in force; one may be withdrawn before its
    day."""
    if version.state != VersionState.WITHDRAWN:
        return version.state not in UNFINISHED
    closed, since = version.closed_at, version.effective_from
    return closed is not None and since is not None and since <= office.local_date(closed)


def can_manage_procedures(authority: Authority, office: OrganisationUnit) -> bool:
    """Tell whether an authority may adopt, edit, bind and submit the SOPs of an office.

    The office's head, its secretary and its Kasubbag may, a Plt. or Plh. of theirs too, and an
    administrator of the unit.
    """
    if can_administer(authority, office):
        return True
    at_home = authority.region == office.region and authority.opens == office.path
    return at_home and authority.position_id is not None and authority.role in MANAGING_ROLES


def ensure_can_manage_procedures(authority: Authority, office: OrganisationUnit) -> None:
    """Raise NotManager unless the authority may shape the SOPs of the office."""
    if not can_manage_procedures(authority, office):
        raise NotManager(unit=office.short_name)


def can_ratify(authority: Authority, version: ProcedureVersion) -> bool:
    """Tell whether an authority signs this version: it acts for the approver's position today.

    Ratifying an SOP is no strategic act in the sense of UU 30/2014 Pasal 14 (7): a Plt. or Plh. may. An
    administrator may not; only the installation itself, while it loads the demonstration.
    """
    if authority.capacity == Capacity.SYSTEM:
        return authority.region == version.region
    return version.approver_position_id is not None and authority.position_id == version.approver_position_id


def ensure_can_ratify(authority: Authority, version: ProcedureVersion) -> None:
    """Raise ApproverMissing or NotApprover unless the authority signs this version."""
    approver = version.approver_position
    if approver is None:
        raise ApproverMissing(unit=version.procedure.unit.short_name)
    if not can_ratify(authority, version):
        raise NotApprover(position=approver.title)


def can_review(authority: Authority, version: ProcedureVersion) -> bool:
    """Tell whether an authority may remark on a version: its approver, those who may shape it, and whoever
    holds a position in its office."""
    office = version.procedure.unit
    at_home = authority.region == office.region and authority.opens == office.path
    return (
        (at_home and authority.position_id is not None)
        or (authority.user_id is not None and can_ratify(authority, version))
        or can_manage_procedures(authority, office)
    )


def ensure_can_review(authority: Authority, version: ProcedureVersion) -> None:
    """Raise NotReviewer unless the authority may remark on the version."""
    if not can_review(authority, version):
        raise NotReviewer(unit=version.procedure.unit.short_name)


def ensure_in_making(version: ProcedureVersion) -> None:
    """Raise VersionNotInMaking once the version is ratified."""
    if version.state not in IN_MAKING:
        raise VersionNotInMaking(state=state_words(version))


def ensure_can_judge(authority: Authority, checkup: Checkup) -> None:
    """Raise NotAssessor unless the authority acts for the position that the checkup was given to."""
    if checkup.position_id is None or authority.position_id != checkup.position_id:
        raise NotAssessor(position=checkup.position.title if checkup.position else "pejabat yang ditunjuk")


def ensure_draft(version: ProcedureVersion) -> None:
    """Raise VersionNotDraft unless the text may still change."""
    if version.state != VersionState.DRAFT:
        raise VersionNotDraft(number=version.number, state=state_words(version))


def ensure_in_review(version: ProcedureVersion) -> None:
    """Raise VersionNotInReview unless the version waits for ratification."""
    if version.state != VersionState.IN_REVIEW:
        raise VersionNotInReview(state=state_words(version))


def ensure_not_closed(version: ProcedureVersion) -> None:
    """Raise VersionIsClosed when the version was superseded or withdrawn."""
    if version.state in CLOSED:
        raise VersionIsClosed(state=state_words(version))


def state_words(version: ProcedureVersion) -> str:
    """The state as it stands in the middle of a sentence: "masih draf", "sudah disahkan"."""
    return {
        VersionState.DRAFT: "masih draf",
        VersionState.IN_REVIEW: "sedang ditelaah",
        VersionState.RATIFIED: "sudah disahkan",
        VersionState.EFFECTIVE: "sudah berlaku",
        VersionState.SUPERSEDED: "sudah diganti versi baru",
        VersionState.WITHDRAWN: "sudah dicabut",
    }[VersionState(version.state)]
