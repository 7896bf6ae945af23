from __future__ import annotations

from runtut.documents.models import Document, DocumentComment, DocumentVersion


def comments_of(*, version: DocumentVersion) -> dict[int, list[DocumentComment]]:
    """Return the remarks on a version by passage, oldest first (one query)."""
    found: dict[int, list[DocumentComment]] = {}
    rows = DocumentComment.objects.filter(version=version).select_related("position", "made_by")
    for row in rows.order_by("id"):
        found.setdefault(row.block, []).append(row)
    return found


def comments_to_heed(*, document: Document) -> list[DocumentComment]:
    """Return the remarks on a document's newest version, in the order of its passages (one query)."""
    newest = document.versions.order_by("-number").values("pk")[:1]
    rows = DocumentComment.objects.filter(version__in=newest).select_related("position", "made_by")
    return list(rows.order_by("block", "id"))
