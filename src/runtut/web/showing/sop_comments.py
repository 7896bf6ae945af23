"""The remarks on a version, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import Thread, threads_of
from runtut.web.forms.sop_review import FIELDS, heading


@dataclass(frozen=True)
class ThreadRow:
    """A remark with its place in words."""

    thread: Thread

    @property
    def where(self) -> str:
        comment = self.thread.comment
        field = FIELDS.get(comment.field, comment.field)
        if comment.step_no is None:
            return heading(field) or "SOP ini seluruhnya"
        return f"Langkah {comment.step_no}" + (f", {field}" if field else "")


@dataclass(frozen=True)
class CommentsPage:
    rows: tuple[ThreadRow, ...]

    @property
    def open_count(self) -> int:
        return sum(row.thread.is_open for row in self.rows)


def comments_page(version: ProcedureVersion) -> CommentsPage:
    """Every remark on a version. One query."""
    return CommentsPage(tuple(ThreadRow(thread) for thread in threads_of(version)))
