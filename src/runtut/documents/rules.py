"""Who may read, write and endorse in this room. Built on the units that an authority opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db.models import Q

from runtut.documents.enums import DocumentState, Urgency
from runtut.documents.errors import (
    ActsWithoutPosition,
    DocumentIsLocked,
    FileNotOpen,
    FileOfAnotherOffice,
    LetterNotOpen,
    NotForYourUnit,
    NotNewestVersion,
)
from runtut.documents.models import Document, DocumentVersion, IncomingLetter, StoredFile
from runtut.organisations.enums import Role
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import can_see_unit, ensure_can_see_unit

RECEIVERS: Final = frozenset({Role.KASUBBAG_UMUM})
"""Who keeps an office's registers, and receives for all of it."""


class Writer(NamedTuple):
    """The person and the position that a row names as its author."""

    user_id: int
    position_id: int


def ensure_can_write(authority: Authority, unit: OrganisationUnit) -> Writer:
    """Return who writes. Raise UnitNotOpen for a unit out of reach, ActsWithoutPosition for somebody who only
    oversees: papers are written, endorsed and filed by those who hold a position."""
    ensure_can_see_unit(authority, unit)
    return writer_of(authority)


def writer_of(authority: Authority) -> Writer:
    """Return the person and the position that act. Raises ActsWithoutPosition."""
    if authority.position_id is None or authority.user_id is None:
        raise ActsWithoutPosition
    return Writer(authority.user_id, authority.position_id)


def can_receive(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority takes in what was sent to a unit: its own, one below it, or its office as a
    whole; who keeps the office's registers takes in what came for any part of it."""
    if authority.position_id is None:
        return False
    reach = authority.opens if authority.role in RECEIVERS else authority.unit_path
    return unit.path.startswith(reach) or unit.path == authority.opens


def ensure_can_receive(authority: Authority, unit: OrganisationUnit) -> Writer:
    """Return who takes in what was sent to a unit. Raises NotForYourUnit and the refusals of
    ensure_can_write."""
    writer = ensure_can_write(authority, unit)
    if not can_receive(authority, unit):
        raise NotForYourUnit(addressee=unit.short_name)
    return writer


def confidential_to(authority: Authority) -> Q:
    """Return the condition that a confidential letter is open to an authority: it registered the letter,
    stands in its chain of disposisi, or heads the unit that received it."""
    position = authority.position_id
    if position is None:
        return Q(pk__in=[])
    return (
        Q(registered_by=authority.user_id)
        | Q(disposisi__from_position=position)
        | Q(disposisi__recipients__position=position)
        | Q(unit__positions__id=position, unit__positions__is_head=True)
    )


def can_read_letter(authority: Authority, letter: IncomingLetter) -> bool:
    """Tell whether a letter is open to an authority: by unit, and a confidential one (sifat rahasia) only to
    those it was given to. One query, for a confidential letter alone."""
    if not can_see_unit(authority, letter.unit):
        return False
    if not letter.is_sealed:
        return True
    return IncomingLetter.objects.filter(confidential_to(authority), pk=letter.pk).exists()


def ensure_can_read_letter(authority: Authority, letter: IncomingLetter) -> None:
    """Raise UnitNotOpen or LetterNotOpen."""
    ensure_can_see_unit(authority, letter.unit)
    if not can_read_letter(authority, letter):
        raise LetterNotOpen


def can_read_file(authority: Authority, file: StoredFile) -> bool:
    """Tell whether a file is open to an authority: by the unit that keeps it, and never around the
    confidentiality of a letter that it is the scan of. Two queries at most."""
    if not can_see_unit(authority, file.unit):
        return False
    sealed = IncomingLetter.objects.filter(file=file, urgency=Urgency.RAHASIA).select_related("unit")
    return all(can_read_letter(authority, letter) for letter in sealed)


def ensure_can_read(*, authorities: Iterable[Authority], file: StoredFile) -> None:
    """Raise FileNotOpen unless one of a person's authorities of the day opens the file."""
    if not any(can_read_file(authority, file) for authority in authorities):
        raise FileNotOpen


def can_read_document(authority: Authority, document: Document) -> bool:
    """Tell whether a document is open to an authority: by unit."""
    return can_see_unit(authority, document.unit)


def ensure_own_file(authority: Authority, file: StoredFile) -> None:
    """Raise FileOfAnotherOffice unless the file is kept in a unit that the authority opens."""
    if not can_read_file(authority, file):
        raise FileOfAnotherOffice(name=file.name, field="file")


def ensure_open(document: Document) -> None:
    """Raise DocumentIsLocked when nothing of the document may change any more."""
    if document.state == DocumentState.LOCKED:
        raise DocumentIsLocked


def ensure_newest(version: DocumentVersion, newest: DocumentVersion) -> None:
    """Raise NotNewestVersion: only the text in force is endorsed, returned or filed."""
    if version.pk != newest.pk:
        raise NotNewestVersion(number=version.number, newest=newest.number)
