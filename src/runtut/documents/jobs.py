from __future__ import annotations

from runtut.core import jobs
from runtut.documents.actions import render_version
from runtut.documents.models import DocumentVersion


@jobs.handler("documents.render")
def render(message: jobs.Message) -> None:
    """Make the files of a version; nothing to do when they show it already."""
    version = DocumentVersion.objects.get(uid=message.payload["version"])
    render_version(version=version, at=message.at)
