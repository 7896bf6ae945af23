from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, QuerySet

from runtut.accounts.models import User
from runtut.documents.enums import EndorsementKind
from runtut.documents.formulas.comparison import Comparison, compare_contents
from runtut.documents.formulas.signing import Delegation, Official, Rank, signature_of
from runtut.documents.models import Document, DocumentReturn, DocumentVersion, Endorsement, OfficeLogo
from runtut.organisations.enums import Role
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import Holder, holders_of, letterhead_of


@dataclass(frozen=True)
class DocumentView:
    """A document with all its versions, newest first; endorsements and returns are loaded."""

    document: Document
    versions: tuple[DocumentVersion, ...]

    @property
    def newest(self) -> DocumentVersion:
        return self.versions[0]

    @property
    def standing(self) -> tuple[Endorsement, ...]:
        """Paraf and approvals of the newest version that are in force."""
        return tuple(one for one in self.newest.endorsements.all() if one.voided_at is None)

    @property
    def voided(self) -> tuple[Endorsement, ...]:
        """Paraf and approvals that a change or a return has voided, newest version first."""
        every = [one for version in self.versions for one in version.endorsements.all()]
        return tuple(one for one in every if one.voided_at is not None)


def document_view(*, document: Document) -> DocumentView:
    """Return a document for its page. Ask rules.can_read_document first. Four queries."""
    endorsements = Endorsement.objects.select_related("position", "given_by").order_by("given_at", "id")
    returns = DocumentReturn.objects.select_related("position", "returned_by").order_by("returned_at", "id")
    versions = (
        DocumentVersion.objects.filter(document=document)
        .select_related("pdf", "docx", "made_by", "made_in", "archive_record__archive_class")
        .prefetch_related(Prefetch("endorsements", endorsements), Prefetch("returns", returns))
    )
    found = Document.objects.select_related("unit").get(pk=document.pk)
    return DocumentView(found, tuple(versions.order_by("-number")))


def newest_version(*, document: Document) -> DocumentVersion:
    """Return the version in force (one query)."""
    return DocumentVersion.objects.filter(document=document).select_related("pdf", "docx").latest("number")


def standing_endorsements(*, version: DocumentVersion, kind: EndorsementKind) -> QuerySet[Endorsement]:
    """Return a version's paraf or approvals in force, in the order given."""
    rows = version.endorsements.filter(kind=kind, voided_at__isnull=True)
    return rows.select_related("position", "given_by").order_by("given_at", "id")


def compare_versions(*, older: DocumentVersion, newer: DocumentVersion) -> Comparison:
    """Return what changed between two versions: a summary in words and the places one by one. No query."""
    return compare_contents(older.content, newer.content)


def logo_of(*, unit: OrganisationUnit) -> OfficeLogo | None:
    """Return the picture in a unit's letterhead: its own, or that of the nearest unit above (one query)."""
    rows = OfficeLogo.objects.filter(unit__path__in=unit.ancestor_paths).select_related("unit", "file")
    return rows.order_by("-unit__path").first()


def letterhead_content(*, unit: OrganisationUnit) -> dict[str, str]:
    """Return the letterhead of the office around a unit as the content JSON wants it (two queries)."""
    head, logo = letterhead_of(unit), logo_of(unit=unit)
    return {
        "logo": logo.file.sha256 if logo else "",
        "government": head.government,
        "office": head.office,
        "address": head.address,
        "contact": head.contact,
    }


LEVELS: Final = {Role.BUPATI: Rank.HEAD_OF_REGION, Role.SEKDA: Rank.REGION_SECRETARY}


def signature_block(
    *,
    position: Position,
    on: date,
    role_line: str = "",
    delegation: Delegation | None = None,
    holder: Holder | None = None,
) -> dict[str, str]:
    """Return the signature of whoever acts for a position on a day, with titles and NIP
    (Permendagri 1/2023 Pasal 44); nameless for a vacant position. Three queries at most.

    `delegation` writes a.n. and u.b.; `role_line` is any other line above the position ("Mengetahui,"), which
    comes first; `holder` is who signs, where that is known already.
    """
    acting = holder or next(iter(holders_of(position_ids=[position.pk], on=on)[position.pk]), None)
    block = signature_of(official_of(position, acting), delegation=delegation)
    above = "\n".join(line for line in (role_line, block["role_line"]) if line)
    return block | {"position_uid": str(position.uid), "role_line": above}


def official_of(position: Position, holder: Holder | None) -> Official:
    """Return who signs in a position, as the signature wants it."""
    level = LEVELS.get(Role(position.role), Rank.OFFICIAL)
    if holder is None:
        return Official(position=position.title, level=level)
    person = User.objects.get(pk=holder.user_id)
    return Official(
        position=position.title,
        name=person.full_name,
        prefix=person.title_prefix,
        suffix=person.title_suffix,
        rank=person.rank,
        nip=person.nip,
        acting=holder.capacity.label if holder.capacity.is_mandate else "",
        level=level,
        mark="(contoh)" if person.is_demo else "",
    )


def printed_name(person: User) -> str:
    """Return a name with titles; a made-up person is marked on paper too."""
    return f"{person.titled_name} (contoh)" if person.is_demo else person.titled_name
