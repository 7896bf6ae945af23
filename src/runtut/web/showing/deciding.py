"""The page of one decision: a document to approve, three facts, two buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from runtut.documents.enums import DocumentKind, EndorsementKind
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import presentation_of, standing_endorsements
from runtut.organisations.enums import Capacity
from runtut.performance.rendering import measurement_gist
from runtut.procedures.enums import Work
from runtut.web.frame.deadlines import exact_time
from runtut.web.frame.paper import Block, blocks_of
from runtut.web.showing.work import Sheet

WHOLE: Final = "lengkap"
"""Query parameter that shows the whole page of the run instead."""


@dataclass(frozen=True)
class Fact:
    """A line above the buttons: what it is about, the answer, and a smaller word on it."""

    name: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Decision:
    """What somebody looks at before approving: the facts, and the document as it would be signed."""

    version: DocumentVersion
    facts: tuple[Fact, ...]
    content: dict[str, Any]
    blocks: list[Block]


def decision_of(request: HttpRequest, sheet: Sheet | None) -> Decision | None:
    """The decision that a task asks for; None for other work, for papers that are files only, and when the
    reader wants the whole run. Three queries."""
    if sheet is None or sheet.step.work != Work.SIGN or sheet.document is None or WHOLE in request.GET:
        return None
    content = presentation_of(version=sheet.document).content
    facts = (examined(sheet.document), gist(sheet.document, content))
    return Decision(sheet.document, facts, content, blocks_of(content))


def examined(version: DocumentVersion) -> Fact:
    """Who has endorsed the version with a paraf, the last one by name."""
    given = list(standing_endorsements(version=version, kind=EndorsementKind.PARAF))
    if not given:
        return Fact("Diperiksa", "Belum ada paraf", "dokumen ini langsung kepada Anda")
    last = given[-1]
    when = exact_time(last.given_at)
    count = f"{len(given)} paraf, terakhir {when}" if len(given) > 1 else f"diparaf {when}"
    who = " ".join(filter(None, (Capacity(last.capacity).mark, last.full_name)))
    return Fact("Diperiksa", f"{last.position.short_title} · {who}", count)


def gist(version: DocumentVersion, content: dict[str, Any]) -> Fact:
    """What the document says, in a line."""
    made = f"versi {version.number}"
    if version.document.kind == DocumentKind.PENGUKURAN:
        text, more = measurement_gist(content)
        return Fact("Isi", text, ", ".join(part for part in (more, made) if part))
    return Fact("Isi", version.document.get_kind_display(), made)
