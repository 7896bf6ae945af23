"""Remarks on a version in the making: written, answered, resolved."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from runtut.core.locks import write_transaction
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits
from runtut.procedures.actions.editing import IDENTITY_LISTS
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.errors import CommentClosed, CommentMissing, PlaceUnknown
from runtut.procedures.events import version_commented
from runtut.procedures.models import ProcedureVersion, ReviewComment
from runtut.procedures.rules import ensure_can_review, ensure_in_making

LIMIT: Final = 2000
STEP_FIELDS: Final = frozenset(
    {"", "activity", "performers", "requirements", "time", "outputs", "note", "return_to", "kind"}
)
IDENTITY_FIELDS: Final = frozenset({"", "title", "number", "dates", *IDENTITY_LISTS})


def comment_on_version(
    *,
    version: ProcedureVersion,
    text: str,
    field: str = "",
    step_no: int | None = None,
    authority: Authority,
    at: datetime,
) -> ReviewComment:
    """Remark on a step (`step_no`), on one of its fields or a field of the identity page, or on the whole.

    Raises CommentMissing and TextTooLong (field `text`), NotReviewer, VersionNotInMaking, PlaceUnknown.
    """
    said = cleaned(text)
    with write_transaction():
        version = hold_version(version)
        ensure_can_review(authority, version)
        ensure_in_making(version)
        ensure_place(version, field, step_no)
        made = write(version, said, authority, at, field=field, step_no=step_no)
        data = {"field": field, "step": step_no, "text": said}
        leave_trail(version=version, action="comment.made", authority=authority, at=at, data=data)
        version_commented.send(sender=ProcedureVersion, version=version, comment=made, at=at)
    return made


def answer_comment(*, comment: ReviewComment, text: str, authority: Authority, at: datetime) -> ReviewComment:
    """Answer a remark. Raises CommentMissing, TextTooLong, NotReviewer, VersionNotInMaking, CommentClosed."""
    said = cleaned(text)
    with write_transaction():
        version = hold_version(comment.version)
        ensure_can_review(authority, version)
        ensure_in_making(version)
        held = hold_open(comment)
        made = write(version, said, authority, at, field=held.field, step_no=held.step_no, answers_to=held)
        leave_trail(
            version=version, action="comment.answered", authority=authority, at=at, data={"text": said}
        )
        version_commented.send(sender=ProcedureVersion, version=version, comment=made, at=at)
    return made


def resolve_comment(*, comment: ReviewComment, authority: Authority, at: datetime) -> ReviewComment:
    """Close a remark: it was followed, or talked over. Raises NotReviewer, VersionNotInMaking and
    CommentClosed."""
    with write_transaction():
        version = hold_version(comment.version)
        ensure_can_review(authority, version)
        ensure_in_making(version)
        held = hold_open(comment)
        held.resolved_at, held.resolved_by_id = at, authority.user_id
        held.save(update_fields=["resolved_at", "resolved_by"])
        data = {"text": held.text}
        leave_trail(version=version, action="comment.resolved", authority=authority, at=at, data=data)
    return held


def cleaned(text: str) -> str:
    if not text.strip():
        raise CommentMissing(field="text")
    return ensure_fits(text, what="komentar", limit=LIMIT, field="text")


def hold_open(comment: ReviewComment) -> ReviewComment:
    """The remark as it is stored, the one answered in place of an answer; raise CommentClosed."""
    rows = ReviewComment.objects.select_related("resolved_by")
    held = rows.get(pk=comment.answers_to_id or comment.pk)
    if held.resolved_at is not None:
        raise CommentClosed(name=held.resolved_by.full_name if held.resolved_by else "")
    return held


def ensure_place(version: ProcedureVersion, field: str, step_no: int | None) -> None:
    """Raise PlaceUnknown for a step or a field that the version does not have."""
    known = IDENTITY_FIELDS if step_no is None else STEP_FIELDS
    if field not in known or (step_no is not None and not version.steps.filter(no=step_no).exists()):
        raise PlaceUnknown


def write(
    version: ProcedureVersion, text: str, authority: Authority, at: datetime, **place: object
) -> ReviewComment:
    made = ReviewComment(region=version.region, version=version, text=text, at=at, **place)
    made.by_id, made.position_id = writer_of(authority).user_id, authority.position_id
    made.save()
    return made
