"""The return notice: who sent the work back, why, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from runtut.cases.models import Task
from runtut.cases.queries import EventLine, RunView
from runtut.documents.formulas.comparison import Comparison
from runtut.documents.models import DocumentReturn, DocumentVersion
from runtut.documents.queries import compare_versions
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode

EXAMINING: Final = frozenset({Work.REVIEW, Work.SIGN})
PASSED_ON: Final = "Meneruskan pengembalian"


@dataclass(frozen=True)
class ReturnNotice:
    """A return that concerns a task. `returned` is the version of the document that was sent back; `newer`
    the one made since, with what changed between the two."""

    event: EventLine
    is_own: bool
    returned: DocumentVersion | None = None
    newer: DocumentVersion | None = None
    comparison: Comparison | None = None

    @property
    def sentence(self) -> str:
        """ "Anda mengembalikan versi 1", "Langkah 6 dikembalikan ke langkah 5 oleh Sekcam · Rina"."""
        what = f" versi {self.returned.number}" if self.returned else ""
        if self.is_own:
            return f"Anda mengembalikan{what or ' langkah ini'}"
        return f"{self.event.who} mengembalikan{what}".rstrip()


def notice_for(
    view: RunView, task: Task, document: DocumentVersion | None, user_id: int
) -> ReturnNotice | None:
    """Return the newest return that this round of a task follows from, None for a task no return leads to.
    Three queries at most, none without a return."""
    event = next((one for one in view.history if concerns(one, task)), None)
    if event is None:
        return None
    returned = version_sent_back(document, event)
    attempts = [one for step in view.steps if step.step.no == event.step_no for one in step.attempts]
    own = any(one.completed_at == event.at and one.closed_by == user_id for one in attempts)
    older = returned or version_then(document, event)
    if document is None or older is None or older.number >= document.number:
        return ReturnNotice(event, own, returned)
    comparison = compare_versions(older=older, newer=document)
    return ReturnNotice(event, own, older, document, comparison)


def carried(notice: ReturnNotice | None, step: StepNode) -> str:
    """The reason with which whoever only examines sends a return on to those who mend the paper; "" for a
    step that mends it, and once it was mended."""
    if notice is None or notice.newer is not None or step.work not in EXAMINING or not step.return_to:
        return ""
    event = notice.event
    if event.to_no != step.no:
        return ""
    known = event.reason.startswith(PASSED_ON)
    return event.reason if known else f"{PASSED_ON} {event.who}: {event.reason}"


def concerns(event: EventLine, task: Task) -> bool:
    """Tell whether a return led through the task's step before this attempt at it was opened."""
    if event.to_no is None or event.step_no is None:
        return False
    return event.to_no <= task.step_no <= event.step_no and event.at <= task.opened_at


def version_then(document: DocumentVersion | None, event: EventLine) -> DocumentVersion | None:
    """The version that was the newest when a return left the document standing: whoever examines it may have
    sent it on since."""
    if document is None:
        return None
    earlier = DocumentVersion.objects.filter(document=document.document_id, made_at__lte=event.at)
    return earlier.order_by("-number").first()


def version_sent_back(document: DocumentVersion | None, event: EventLine) -> DocumentVersion | None:
    """The version that went back with a return; None when the return left the document standing."""
    if document is None:
        return None
    found = (
        DocumentReturn.objects.filter(version__document=document.document_id, returned_at=event.at)
        .select_related("version")
        .first()
    )
    return found.version if found else None
