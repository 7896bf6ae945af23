"""The remarks on a version."""

from __future__ import annotations

from dataclasses import dataclass

from runtut.procedures.models import ProcedureVersion, ReviewComment


@dataclass(frozen=True)
class Thread:
    """A remark and what was answered to it."""

    comment: ReviewComment
    answers: tuple[ReviewComment, ...]

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None


def threads_of(version: ProcedureVersion) -> list[Thread]:
    """Return the remarks on a version with their answers: open ones first, then by step. One query."""
    rows = list(version.comments.select_related("by", "position", "resolved_by").order_by("id"))
    answers: dict[int, list[ReviewComment]] = {}
    for row in rows:
        if row.answers_to_id:
            answers.setdefault(row.answers_to_id, []).append(row)
    threads = [Thread(row, tuple(answers.get(row.pk, ()))) for row in rows if not row.answers_to_id]
    return sorted(threads, key=lambda one: (not one.is_open, one.comment.step_no or 0))


def open_comments(version: ProcedureVersion) -> int:
    """Return how many remarks wait to be resolved. One query."""
    return version.comments.filter(resolved_at=None, answers_to=None).count()
