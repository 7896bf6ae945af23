"""Documents while they are being written: what they say now, and what they will look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from runtut.documents.errors import ContentRefused
from runtut.documents.formulas.comparison import Comparison, compare_contents
from runtut.documents.formulas.markup import read_blocks
from runtut.documents.formulas.placeholders import AT_HANDOVER, PLACE, attachments_in_words, hints_in
from runtut.documents.formulas.signing import By, Delegation, by_of, role_line
from runtut.documents.models import (
    DocumentVersion,
    Manuscript,
    ManuscriptAttachment,
    ManuscriptCopy,
    VersionAttachment,
)
from runtut.documents.queries.delegations import signing_choices
from runtut.documents.queries.documents import letterhead_content, signature_block
from runtut.documents.rendering import check_content

BLOCK = re.compile(r"blocks\[(\d+)\]")


@dataclass(frozen=True)
class Composition:
    """What a manuscript becomes. `problem` says in words what cannot be read in it; then `content` is what
    can be shown of it. `hints` are the places that nobody has filled in yet."""

    content: dict[str, Any]
    hints: tuple[str, ...]
    is_empty: bool
    problem: str = ""


def manuscript_by_uid(uid: UUID) -> Manuscript | None:
    """Return a manuscript with what its page shows (one query)."""
    rows = Manuscript.objects.select_related("unit", "saved_by", "signer__unit", "document", "version")
    return rows.filter(uid=uid).first()


def attachments_of(manuscript: Manuscript) -> QuerySet[ManuscriptAttachment]:
    """Return the attachments in order."""
    return manuscript.attachments.select_related("file").order_by("sequence")


def attachments_to(version: DocumentVersion | None) -> list[VersionAttachment]:
    """Return the files that go with a version, in order (one query, none without a version)."""
    if version is None:
        return []
    return list(version.attachments.select_related("file").order_by("sequence"))


@dataclass(frozen=True)
class CopyView:
    """A text kept beside a manuscript, and what would change if it took its place."""

    copy: ManuscriptCopy
    comparison: Comparison


def copies_of(*, manuscript: Manuscript) -> list[CopyView]:
    """Return the texts kept beside a manuscript, newest first (one query)."""
    blocks = {"blocks": read_blocks(manuscript.text)}
    rows = manuscript.copies.select_related("saved_by").order_by("-saved_at", "-id")
    return [CopyView(row, compare_contents(blocks, {"blocks": read_blocks(row.text)})) for row in rows]


def composed(*, manuscript: Manuscript, on: date) -> Composition:
    """Return what a manuscript is as a document on a day; the text may be one that is not saved yet.

    Two queries, and those of a letterhead and a signature.
    """
    attached = list(attachments_of(manuscript))
    blocks = read_blocks(with_count(manuscript.text, len(attached)))
    frame = {
        **manuscript.frame,
        "attachments": [
            {"title": one.title, "name": one.file.name, "sha256": one.file.sha256} for one in attached
        ],
        "draft": True,
    }
    if not frame.get("letterhead"):
        frame["letterhead"] = letterhead_content(unit=manuscript.unit)
    if manuscript.signer is not None:
        frame["signatures"] = [signature_block(position=manuscript.signer, on=on)]
    sign_for(frame, manuscript)
    try:
        content = check_content({**frame, "blocks": blocks})
    except ContentRefused as refusal:
        return Composition(check_content(frame), (), not blocks, in_words(refusal))
    return Composition(content, tuple(hints_in(manuscript.text)), not blocks)


def sign_for(frame: dict[str, Any], manuscript: Manuscript) -> None:
    """Write a.n. or u.b. above the one signature, or take away what no longer holds."""
    signatures = frame.get("signatures") or []
    if len(signatures) != 1 or manuscript.signs_as == by_of(signatures[0]["role_line"]):
        return
    delegation = signing_choices(manuscript).get(By(manuscript.signs_as), Delegation())
    frame["signatures"] = [signatures[0] | {"role_line": role_line(delegation)}]


def in_words(refusal: ContentRefused) -> str:
    """Tell where a text cannot be read as its writer counts: "bagian ke-3, judul tingkat 3 tanpa ..."."""
    place = BLOCK.match(str(refusal.details["where"]))
    where = f"bagian ke-{int(place[1]) + 1}, " if place else ""
    return f"{where}{refusal.details['problem']}"


def with_count(text: str, count: int) -> str:
    """Tell the number of attachments where the text has a place for it."""
    words = attachments_in_words(count)
    return PLACE.sub(lambda match: words if match[1] == AT_HANDOVER else match[0], text)
