"""Writing a document: opened from a template or from the version at work, saved by turns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from runtut.core.dates import clock_time
from runtut.core.locks import write_transaction
from runtut.documents.enums import DocumentKind, TemplateKind
from runtut.documents.errors import (
    DelegationNotAllowed,
    ManuscriptIsClosed,
    ManuscriptMoved,
    ManuscriptTooLong,
)
from runtut.documents.formulas.markup import write_blocks
from runtut.documents.formulas.placeholders import fill_places, fill_words
from runtut.documents.formulas.signing import By, by_of
from runtut.documents.models import (
    Document,
    DocumentVersion,
    Manuscript,
    ManuscriptAttachment,
    ManuscriptCopy,
)
from runtut.documents.queries import signing_choices, template_for
from runtut.documents.rules import Writer, ensure_can_write
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.rules import ensure_text

TEXT_LIMIT = 200_000
TITLE_LIMIT = 240


def open_manuscript(
    *,
    unit: OrganisationUnit,
    kind: DocumentKind | str,
    title: str,
    values: Mapping[str, str],
    signer: Position | None,
    authority: Authority,
    at: datetime,
    template: TemplateKind | str = "",
) -> Manuscript:
    """Begin a new document from the template in force, that of its kind or the one named by `template`;
    `values` are the words for its places.

    Raises NameMissing, TextTooLong and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, unit)
    begun = template_for(kind=str(template) or kind, unit=unit)
    frame = {
        "kind": str(kind),
        "form": "surat" if begun.is_letter else "naskah",
        "place": values.get("tempat", ""),
        "title": [line for line in fill_words(begun.title, values).split("\n") if line],
    }
    return begin(
        unit=unit,
        kind=DocumentKind(kind),
        title=ensure_text(title, what="Judul naskah", limit=TITLE_LIMIT, field="title"),
        frame=frame,
        text=fill_places(begun.text, values),
        signer=signer,
        document=None,
        writer=writer,
        at=at,
    )


def continue_document(*, version: DocumentVersion, authority: Authority, at: datetime) -> Manuscript:
    """Begin the next version of a document with the text of one: nothing of it is lost, whoever composed it.

    Raises the refusals of ensure_can_write.
    """
    document = version.document
    writer = ensure_can_write(authority, document.unit)
    dropped = {"blocks", "attachments", "parafs", "number", "note", "draft"}
    with write_transaction():
        manuscript = begin(
            unit=document.unit,
            kind=DocumentKind(document.kind),
            title=document.title,
            frame={key: value for key, value in version.content.items() if key not in dropped},
            text=write_blocks(version.content.get("blocks", [])),
            signer=None,
            document=document,
            writer=writer,
            at=at,
            signs_as=standing_delegation(version),
        )
        ManuscriptAttachment.objects.bulk_create(
            ManuscriptAttachment(
                region=manuscript.region,
                manuscript=manuscript,
                file=one.file,
                title=one.title,
                sequence=one.sequence,
            )
            for one in version.attachments.select_related("file")
        )
    return manuscript


def standing_delegation(version: DocumentVersion) -> By:
    """Return in whose name a version is drawn up to be signed."""
    signatures = version.content.get("signatures") or []
    return by_of(signatures[0].get("role_line", "")) if len(signatures) == 1 else By.SELF


def begin(
    *,
    unit: OrganisationUnit,
    kind: DocumentKind,
    title: str,
    frame: Mapping[str, object],
    text: str,
    signer: Position | None,
    document: Document | None,
    writer: Writer,
    at: datetime,
    signs_as: By = By.SELF,
) -> Manuscript:
    return Manuscript.objects.create(
        region=unit.region,
        unit=unit,
        kind=kind,
        title=title,
        frame=dict(frame),
        text=text,
        signer=signer,
        signs_as=signs_as,
        document=document,
        opened_at=at,
        saved_by_id=writer.user_id,
        saved_at=at,
    )


def lock_manuscript(manuscript: Manuscript) -> Manuscript:
    """Read a manuscript again under its row's lock."""
    rows = Manuscript.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "saved_by", "signer__unit", "document", "version").get(
        pk=manuscript.pk
    )


def hold_manuscript(manuscript: Manuscript) -> Manuscript:
    """As lock_manuscript; raise ManuscriptIsClosed once it was handed over."""
    held = lock_manuscript(manuscript)
    if held.version is not None:
        raise ManuscriptIsClosed(number=held.version.number)
    return held


def save_manuscript(
    *,
    manuscript: Manuscript,
    revision: int,
    title: str,
    heading: str,
    text: str,
    authority: Authority,
    at: datetime,
    signs_as: str | None = None,
) -> Manuscript:
    """Keep what was typed. `revision` is the one that the writer had read; `heading` are the lines printed
    above the text; `signs_as` in whose name it is to be signed (formulas.signing.By), None leaves that as it
    is. Saving what stands there already changes nothing.

    Raises ManuscriptMoved when somebody saved in between: the text is then kept as a copy, and the
    manuscript stays as it is. Raises DelegationNotAllowed, ManuscriptIsClosed, ManuscriptTooLong,
    NameMissing, TextTooLong and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, manuscript.unit)
    title = ensure_text(title, what="Judul naskah", limit=TITLE_LIMIT, field="title")
    text = text.replace("\r\n", "\n")
    if len(text) > TEXT_LIMIT:
        raise ManuscriptTooLong(limit=TEXT_LIMIT, field="text")
    lines = [line.strip() for line in heading.splitlines() if line.strip()]
    with write_transaction():
        held = hold_manuscript(manuscript)
        by = ensure_delegation(held, signs_as)
        if (held.title, held.text, held.frame.get("title"), held.signs_as) == (title, text, lines, by):
            return held
        moved = revision != held.revision
        if moved:
            keep_copy(held, title, text, revision, writer, at)
        else:
            held.title, held.text, held.frame = title, text, {**held.frame, "title": lines}
            held.revision, held.saved_by_id, held.saved_at = held.revision + 1, writer.user_id, at
            held.signs_as = by
            fields = ["title", "text", "frame", "signs_as", "revision", "saved_by", "saved_at"]
            held.save(update_fields=fields)
    if moved:
        raise ManuscriptMoved(who=held.saved_by.full_name, when=local_clock(held))
    return held


def ensure_delegation(manuscript: Manuscript, signs_as: str | None) -> str:
    """Return in whose name a manuscript is to be signed. Raises DelegationNotAllowed unless its signer stands
    directly (a.n.) or at one remove (u.b.) under whoever is named."""
    if signs_as is None or signs_as == manuscript.signs_as:
        return manuscript.signs_as
    if signs_as != By.SELF and signs_as not in signing_choices(manuscript):
        raise DelegationNotAllowed(field="signs_as")
    return signs_as


def keep_aside(
    *,
    manuscript: Manuscript,
    revision: int,
    title: str,
    text: str,
    authority: Authority,
    at: datetime,
) -> None:
    """Keep a text that came too late beside the manuscript. Raises ManuscriptTooLong and the refusals of
    ensure_can_write."""
    writer = ensure_can_write(authority, manuscript.unit)
    if len(text) > TEXT_LIMIT:
        raise ManuscriptTooLong(limit=TEXT_LIMIT, field="text")
    with write_transaction():
        keep_copy(manuscript, title[:TITLE_LIMIT], text.replace("\r\n", "\n"), revision, writer, at)


def replace_text(
    *, manuscript: Manuscript, copy: ManuscriptCopy, authority: Authority, at: datetime
) -> Manuscript:
    """Put a kept copy in force; what stood there is kept as a copy in its stead.

    Raises ManuscriptIsClosed and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, manuscript.unit)
    with write_transaction():
        held = hold_manuscript(manuscript)
        keep_copy(held, held.title, held.text, held.revision, Writer(held.saved_by_id, 0), held.saved_at)
        held.title, held.text = copy.title, copy.text
        held.revision, held.saved_by_id, held.saved_at = held.revision + 1, writer.user_id, at
        held.save(update_fields=["title", "text", "revision", "saved_by", "saved_at"])
        copy.delete()
    return held


def keep_copy(
    manuscript: Manuscript, title: str, text: str, revision: int, writer: Writer, at: datetime
) -> None:
    """Keep a text beside the manuscript: one for each writer and revision they had read."""
    ManuscriptCopy.objects.update_or_create(
        manuscript=manuscript,
        saved_by_id=writer.user_id,
        based_on=revision,
        defaults={"region": manuscript.region, "title": title, "text": text, "saved_at": at},
    )


def local_clock(manuscript: Manuscript) -> str:
    return clock_time(manuscript.saved_at.astimezone(ZoneInfo(manuscript.unit.zone)))
