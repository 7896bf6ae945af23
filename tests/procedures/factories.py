"""The smallest legal rows of the room procedures, made through its own acts."""

from __future__ import annotations

from datetime import date

from tests.cast import AT, Cast

from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.procedures.actions import accept_suggested_bindings, adopt, ratify, submit_for_review
from runtut.procedures.models import ProcedureVersion

EFFECTIVE = date(2026, 3, 2)


def make_draft(cast: Cast, key: str = "s2") -> ProcedureVersion:
    """An SOP of Sari's office in draft, unbound."""
    sari = cast.authority(cast.sari)
    return adopt(unit=cast.office.unit, library_key=key, authority=sari, at=AT)


def make_reviewed(cast: Cast, key: str = "s2") -> ProcedureVersion:
    """An SOP waiting for its approver, bound as suggested."""
    version = make_draft(cast, key)
    sari = cast.authority(cast.sari)
    accept_suggested_bindings(version=version, authority=sari, at=AT)
    return submit_for_review(version=version, authority=sari, at=AT)


def make_effective_version(cast: Cast, key: str = "s2", number: str = "010/KEC.SKM/2026") -> ProcedureVersion:
    """An SOP in force, ratified by Budi as Plt. Camat."""
    version = make_reviewed(cast, key)
    return ratify(
        version=version,
        sop_number=number,
        effective_from=EFFECTIVE,
        authority=acting_camat(cast),
        at=AT,
    )


def acting_camat(cast: Cast) -> Authority:
    """Budi as Plt. Camat."""
    return cast.authority(cast.budi, Capacity.PLT)
