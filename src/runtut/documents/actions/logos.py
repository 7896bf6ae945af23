"""The picture of an office's letterhead."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.files import file_row, write_content
from runtut.documents.actions.trail import leave_trail
from runtut.documents.errors import FileTooLarge, LogoNotPicture
from runtut.documents.formulas.names import clean_file_name
from runtut.documents.formulas.sniffing import JPEG, PNG, identify_file
from runtut.documents.models import OfficeLogo
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_can_administer

SIZE_LIMIT = 300 * 1024


def set_logo(
    *, unit: OrganisationUnit, name: str, content: bytes, authority: Authority, at: datetime
) -> OfficeLogo:
    """Put a picture into the letterhead of a unit and of those below it that have none of their own. Versions
    made earlier keep theirs.

    Raises LogoNotPicture, FileTooLarge, EmptyFile and the other refusals of a file, and those of
    ensure_can_administer.
    """
    ensure_can_administer(authority, unit)
    shown = clean_file_name(name)
    found = identify_file(name=shown, content=content)
    if found not in (PNG, JPEG):
        raise LogoNotPicture(field="file")
    if len(content) > SIZE_LIMIT:
        size = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise FileTooLarge(name=shown, size=size, limit="0,3", field="file")
    written = write_content(content)
    with write_transaction():
        file = file_row(
            unit=unit, name=shown, kind=found, content=written, at=at, uploaded_by=authority.user_id
        )
        logo, _ = OfficeLogo.objects.update_or_create(
            unit=unit, defaults={"region": unit.region, "file": file, "changed_at": at}
        )
        leave_trail(
            unit=unit,
            action="logo.set",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"sha256": written.sha256},
        )
    return logo


def drop_logo(*, unit: OrganisationUnit, authority: Authority, at: datetime) -> None:
    """Go back to the picture of the unit above, or to none. Raises the refusals of ensure_can_administer."""
    ensure_can_administer(authority, unit)
    with write_transaction():
        if OfficeLogo.objects.filter(unit=unit).delete()[0]:
            leave_trail(
                unit=unit, action="logo.dropped", subject=unit.uid, authority=authority, at=at, data={}
            )
