from __future__ import annotations

from runtut.core import jobs
from runtut.documents.actions import make_thumbnail, render_version
from runtut.documents.actions.file_texts import READING, read_text
from runtut.documents.actions.files import THUMBNAIL
from runtut.documents.actions.trail import RENDER
from runtut.documents.models import DocumentVersion, StoredFile


@jobs.handler(RENDER)
def render(message: jobs.Message) -> None:
    """Make the files of a version; nothing to do when they show it already."""
    version = DocumentVersion.objects.get(uid=message.payload["version"])
    render_version(version=version, at=message.at)


@jobs.handler(THUMBNAIL)
def thumbnail(message: jobs.Message) -> None:
    """Make the small picture of a file that was stored."""
    make_thumbnail(file=StoredFile.objects.get(uid=message.payload["file"]))


@jobs.handler(READING)
def read_words(message: jobs.Message) -> None:
    """Read the words inside a letter or an attachment."""
    read_text(file=StoredFile.objects.get(uid=message.payload["file"]))
