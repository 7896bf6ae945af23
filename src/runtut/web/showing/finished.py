"""A finished run in a few lines: what it has yielded, where that is, how long it took, who did it, what is
left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from runtut.cases.enums import CaseState, FollowUpState
from runtut.cases.models import FollowUp, TaskOutput
from runtut.cases.queries import ACCOMPANYING, RunView, file_of_run, is_unfiled, signatures_awaited
from runtut.cases.rules import may_file
from runtut.core.worktime import humanise
from runtut.documents.enums import DocumentKind, DocumentState, EndorsementKind
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import standing_endorsements, standing_signatures
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.performance.rendering import measurement_gist
from runtut.web.frame.addresses import address
from runtut.web.frame.deadlines import exact_time

FINISHED: Final = (DocumentState.APPROVED, DocumentState.LOCKED)


@dataclass(frozen=True)
class Said:
    """A line of the summary; `url` leads on where there is something to open, `more` is a smaller word."""

    name: str
    text: str
    more: str = ""
    url: str = ""


def finished(view: RunView, mine: Sequence[Authority]) -> tuple[Said, ...]:
    """What is told of a run that is done; nothing of any other. `mine` are the reader's authorities. Nine
    queries at most, and one for each authority that does not steer the office's runs."""
    if view.case.state != CaseState.DONE:
        return ()
    return tuple(told(view, mine))


def told(view: RunView, mine: Sequence[Authority]) -> Iterator[Said]:
    main = main_output(view.outputs)
    if main is not None and main.document_version is not None:
        yield from about_paper(main.document_version)
    yield from about_file(view, mine)
    used = sum(one.minutes_used for one in view.steps)
    times = f", dikembalikan {view.case.rounds} kali" if view.case.rounds else ""
    closed = exact_time(view.case.closed_at) if view.case.closed_at else ""
    yield Said(
        "Waktu",
        f"{humanise(used)} dari {humanise(view.standard_minutes)} standar",
        f"selesai {closed}{times}",
    )
    people = dict.fromkeys(
        one.seat.position.short_title for step in view.steps for one in step.attempts if one.who
    )
    yield Said("Dikerjakan", ", ".join(people))
    yield from left_over(view)


def about_file(view: RunView, mine: Sequence[Authority]) -> Iterator[Said]:
    """Where the papers are kept; else, or where some came later, the page on which they are put away, for
    whoever may."""
    record = file_of_run(view.case)
    if record is not None:
        yield Said("Arsip", record.number, record.location)
    if is_unfiled(view.case):
        words = "ada naskah yang belum diarsipkan" if record else "belum diarsipkan"
        allowed = any(may_file(one, view.case) for one in mine)
        yield Said("Arsip", words, "", address("web:run_arsip", view.case.uid) if allowed else "")


def main_output(outputs: Iterable[TaskOutput]) -> TaskOutput | None:
    """The paper that the run was done for: the one it archived, else the newest that is approved."""
    papers = [
        one
        for one in outputs
        if one.document_version is not None
        and one.document_version.document.kind not in ACCOMPANYING
        and one.document_version.document.state in FINISHED
    ]
    return next((one for one in papers if one.archive_record), papers[0] if papers else None)


def about_paper(version: DocumentVersion) -> Iterator[Said]:
    document = version.document
    gist = measurement_gist(version.content)[0] if document.kind == DocumentKind.PENGUKURAN else ""
    more = ". ".join(part for part in (f"Nomor {document.number}" if document.number else "", gist) if part)
    yield Said("Hasil", document.title, more, address("web:dokumen_rinci", document.uid))
    approvals = list(standing_endorsements(version=version, kind=EndorsementKind.APPROVAL))
    if not approvals:
        return
    last = approvals[-1]
    who = " ".join(filter(None, (Capacity(last.capacity).mark, last.full_name)))
    is_signed = standing_signatures(version=version).exists()
    state = "ditandatangani" if is_signed else "disetujui; pindaian bertanda tangan belum diunggah"
    yield Said("Disahkan", f"{last.position.short_title} · {who}", f"{exact_time(last.given_at)}, {state}")


def left_over(view: RunView) -> Iterator[Said]:
    """What somebody still has to do although the run is done."""
    for turn in signatures_awaited(view.case):
        document = turn.version.document
        yield Said(
            "Ditunggu",
            f"Tanda tangan {turn.position.short_title}",
            document.title,
            address("web:dokumen_rinci", document.uid),
        )
    items = FollowUp.objects.filter(case=view.case).exclude(state=FollowUpState.APPROVED).count()
    if items:
        yield Said("Ditunggu", f"{items} tindak lanjut rapat", "", address("web:tindak"))
