"""The smallest legal rows of the room procedures, made through its own acts."""

from __future__ import annotations

from datetime import date

from tests.cast import AT, Cast
from tests.procedures.importing import drawn

from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.procedures.actions import accept_suggested_bindings, adopt, ratify, submit_for_review
from runtut.procedures.enums import ImportState
from runtut.procedures.importing.apart import understood
from runtut.procedures.models import ImportedFile, ProcedureVersion

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


def make_import(cast: Cast) -> ImportedFile:
    """A document that Sari's office gave for import, read already."""
    content = drawn.as_text(*drawn.example()).encode()
    return ImportedFile.objects.create(
        region=cast.office.unit.region,
        unit=cast.office.unit,
        name="sop.txt",
        content=content,
        state=ImportState.READ,
        found=understood("sop.txt", content),
        given_by=cast.sari,
        given_at=AT,
        read_at=AT,
    )


def acting_camat(cast: Cast) -> Authority:
    """Budi as Plt. Camat."""
    return cast.authority(cast.budi, Capacity.PLT)
