"""What a version's paper shows at this moment: its text with number, paraf, signatures and draft mark."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from runtut.core.chain import canonical
from runtut.core.dates import clock_time, long_date
from runtut.documents.enums import DocumentState, EndorsementKind, SigningWay
from runtut.documents.formulas.codes import shown_code
from runtut.documents.models import DocumentVersion, Endorsement
from runtut.organisations.enums import Capacity, Zone
from runtut.organisations.models import OrganisationUnit

APPROVAL_NOTE = "Persetujuan tercatat di Runtut dan bukan tanda tangan elektronik tersertifikasi."
FINISHED = (DocumentState.APPROVED, DocumentState.LOCKED)


@dataclass(frozen=True)
class Stamp:
    """What the stamp of an electronic signature says: who, as what, when, and where to have it checked."""

    position_uid: UUID
    position_title: str
    person: str
    name: str
    nip: str
    rank: str
    acting: str
    at: datetime
    code: str
    address: str
    note: str


@dataclass(frozen=True)
class Presentation:
    """Content ready to be rendered; `at` is the instant of the last act it shows."""

    content: dict[str, Any]
    at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(canonical({"content": self.content, "at": self.at}).encode()).hexdigest()


def local_moment(at: datetime, unit: OrganisationUnit) -> str:
    """Write an instant in the unit's zone: "14 Oktober 2026 pukul 14.20 WIB"."""
    local = at.astimezone(ZoneInfo(unit.zone))
    return f"{long_date(local)} pukul {clock_time(local.time())} {Zone(unit.zone).label}"


def presentation_of(*, version: DocumentVersion) -> Presentation:
    """Compose what a version's PDF and DOCX show now. Two queries.

    A version that is not the document's approved text carries the draft mark. An approval puts name, NIP and
    capacity of the one who gave it into the signature of that position (or adds one), and its day on a paper
    that bears no other date.
    """
    version = DocumentVersion.objects.select_related("document__unit").get(pk=version.pk)
    document, unit = version.document, version.document.unit
    given = list(version.endorsements.filter(voided_at__isnull=True).select_related("position"))
    given.sort(key=lambda one: (one.given_at, one.pk))
    approvals = [one for one in given if one.kind == EndorsementKind.APPROVAL]
    content = {
        **version.content,
        "number": document.number or version.content.get("number", ""),
        "draft": not ((approvals or version.content.get("file")) and document.state in FINISHED),
        "signatures": signatures(version.content.get("signatures", []), approvals, unit),
        "parafs": [paraf(one, unit) for one in given if one.kind == EndorsementKind.PARAF],
        "note": APPROVAL_NOTE if approvals else version.content.get("note", ""),
    }
    if document.number_date:
        content["date"] = document.number_date.isoformat()
    elif approvals and not content.get("date"):
        content["date"] = unit.local_date(approvals[-1].given_at).isoformat()
    moments = [version.made_at, *(one.given_at for one in given)]
    return Presentation(content, max(moments))


def paraf(one: Endorsement, unit: OrganisationUnit) -> dict[str, str]:
    position = f"{acting_of(one)} {one.position_title}".strip()
    return {"position": position, "name": one.full_name, "given_at": local_moment(one.given_at, unit)}


def signatures(
    drafted: list[dict[str, str]], approvals: list[Endorsement], unit: OrganisationUnit
) -> list[dict[str, str]]:
    by_position = {str(one.position.uid): one for one in approvals}
    merged = [
        {**block, **signed_by(by_position.pop(block["position_uid"]), unit)}
        if block.get("position_uid") in by_position
        else block
        for block in drafted
    ]
    added = [
        {"position": one.position_title.upper(), "position_uid": uid, **signed_by(one, unit)}
        for uid, one in by_position.items()
    ]
    return merged + added


def paper_to_sign(*, version: DocumentVersion, stamp: Stamp) -> Presentation:
    """Compose the paper that is about to be signed electronically: number and date on it, the stamp in the
    signer's place, no draft mark. Four queries.

    Whether the signer's own approval stands already makes no difference to it, so that what was rendered
    before the act can be compared with what the act finds. Who has signed electronically before stands there
    with a stamp too.
    """
    version = DocumentVersion.objects.select_related("document__unit").get(pk=version.pk)
    document, unit = version.document, version.document.unit
    given = list(version.endorsements.filter(voided_at__isnull=True).select_related("position"))
    given.sort(key=lambda one: (one.given_at, one.pk))
    own = str(stamp.position_uid)
    awaited = awaited_blocks(version)
    others = [
        one
        for one in given
        if one.kind == EndorsementKind.APPROVAL and str(one.position.uid) not in {own, *awaited}
    ]
    drafted = version.content.get("signatures", [])
    named = {block.get("position_uid") for block in drafted}
    drafted = [*drafted, *(block for uid, block in awaited.items() if uid not in {own, *named})]
    blocks = signatures(drafted, others, unit)
    before = signed_before(version)
    blocks = [stamped_before(block, before, unit) for block in blocks]
    content = {
        **version.content,
        "number": document.number or version.content.get("number", ""),
        "draft": False,
        "signatures": stamped(blocks, stamp, unit),
        "parafs": [paraf(one, unit) for one in given if one.kind == EndorsementKind.PARAF],
        "note": stamp.note,
        "verification": {"code": shown_code(stamp.code), "url": stamp.address},
    }
    if document.number_date:
        content["date"] = document.number_date.isoformat()
    return Presentation(content, stamp.at)


def awaited_blocks(version: DocumentVersion) -> dict[str, dict[str, str]]:
    """Return a place for each position that is still to sign a version, by its uid: whoever of them has
    approved it leaves the place free for the stamp, and whoever the draft does not name gets one."""
    turns = version.turns.filter(given_at=None, excused_at=None).select_related("position")
    return {
        str(turn.position.uid): {
            "position": turn.position.title.upper(),
            "position_uid": str(turn.position.uid),
            "name": "",
        }
        for turn in turns.order_by("sequence")
    }


def signed_before(version: DocumentVersion) -> dict[str, datetime]:
    rows = version.signatures.filter(way=SigningWay.ELECTRONIC, voided_at__isnull=True)
    return {str(uid): at for uid, at in rows.values_list("position__uid", "kept_at")}


def stamped_before(
    block: dict[str, str], signed: Mapping[str, datetime], unit: OrganisationUnit
) -> dict[str, str]:
    at = signed.get(block.get("position_uid", ""))
    return {**block, "endorsed_at": "", "stamped_at": local_moment(at, unit)} if at else block


def stamped(blocks: list[dict[str, str]], stamp: Stamp, unit: OrganisationUnit) -> list[dict[str, str]]:
    """Put the stamp into the place of the signer's position; a draft that does not name it gets one more.

    A block that was written for this very person keeps its form: whether titles, rank and NIP stand there is
    a matter of the kind of document. For anybody else who signs in its place, theirs are put in.
    """
    own, when = str(stamp.position_uid), {"stamped_at": local_moment(stamp.at, unit)}
    mine = {"name": stamp.name, "nip": stamp.nip, "rank": stamp.rank, "acting": stamp.acting, **when}
    if not any(block.get("position_uid") == own for block in blocks):
        return [*blocks, {"position": stamp.position_title.upper(), "position_uid": own, **mine}]
    return [
        block
        if block.get("position_uid") != own
        else {**block, **(when if stamp.person in block.get("name", "") else mine)}
        for block in blocks
    ]


def signed_by(one: Endorsement, unit: OrganisationUnit) -> dict[str, str]:
    return {
        "name": one.full_name,
        "nip": one.nip,
        "rank": one.rank,
        "acting": acting_of(one),
        "endorsed_at": local_moment(one.given_at, unit),
    }


def acting_of(one: Endorsement) -> str:
    capacity = Capacity(one.capacity)
    return capacity.label if capacity.is_mandate else ""
