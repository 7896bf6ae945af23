"""The files of a version: made outside the transaction, put in place inside it."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.files import file_row, paper_name, write_content
from runtut.documents.formulas.sniffing import DOCX, PDF
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import (
    Presentation,
    electronic_paper,
    pictures_of,
    presentation_of,
)
from runtut.documents.rendering import render_docx, render_pdf

ROUNDS = 5


class StillChanging(RuntimeError):
    """The version was endorsed again and again while its files were made; the next attempt will do."""


def render_version(*, version: DocumentVersion, at: datetime) -> DocumentVersion:
    """Make PDF and DOCX of a version as it stands and keep them as its files.

    Does nothing when they already show that, or when the paper is a file as it is: signed electronically, or
    taken in as it came. The PDF's date is that of the last act it shows, so that making it again gives the
    same bytes. Raises RenderingFailed, and StillChanging after five rounds in which somebody was quicker.
    """
    for _ in range(ROUNDS):
        if version.content.get("file") or electronic_paper(version=version):
            return with_files(version)
        shown = presentation_of(version=version)
        if is_rendered(version, shown):
            return with_files(version)
        pictures = pictures_of(shown.content)
        contents = (
            render_pdf(shown.content, at=shown.at, pictures=pictures),
            render_docx(shown.content, pictures=pictures),
        )
        if keep_files(version, shown, contents, at):
            return with_files(version)
    raise StillChanging(str(version.uid))


def with_files(version: DocumentVersion) -> DocumentVersion:
    return DocumentVersion.objects.select_related("pdf", "docx").get(pk=version.pk)


def is_rendered(version: DocumentVersion, shown: Presentation) -> bool:
    return DocumentVersion.objects.filter(pk=version.pk, rendered_sha256=shown.sha256).exists()


def keep_files(
    version: DocumentVersion, shown: Presentation, contents: tuple[bytes, bytes], at: datetime
) -> bool:
    """Attach the files unless the version shows something else by now."""
    pdf, docx = (write_content(content) for content in contents)
    title, unit = version.document.title[:140], version.document.unit
    with write_transaction():
        held = DocumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if electronic_paper(version=held) or presentation_of(version=held).sha256 != shown.sha256:
            return False
        name = f"{title} versi {held.number}"
        held.pdf = file_row(unit=unit, name=paper_name(name, PDF), kind=PDF, content=pdf, at=at)
        held.docx = file_row(unit=unit, name=paper_name(name, DOCX), kind=DOCX, content=docx, at=at)
        held.rendered_sha256 = shown.sha256
        held.save(update_fields=["pdf", "docx", "rendered_sha256"])
    return True
