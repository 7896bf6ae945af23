"""Steps about what a meeting has left to do: the Berita acara (topic "follow_up_minutes"), and watching it
(topic "monitoring")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from runtut.cases.actions.follow_ups import NewItem, add_follow_ups
from runtut.cases.actions.signers import let_sign
from runtut.cases.contrib.generic import GenericWork, given_outputs, output_gates, text_gate, typed
from runtut.cases.contrib.meetings import is_answered, paper
from runtut.cases.enums import FollowUpState
from runtut.cases.models import FollowUp, Meeting, Task
from runtut.cases.queries.documents import run_document, signer_of
from runtut.cases.queries.follow_ups import follow_ups_of, item_facts
from runtut.cases.queries.meeting_people import proposed_people
from runtut.cases.queries.meetings import latest_meeting
from runtut.cases.queries.sheet import step_of
from runtut.cases.queries.writing import words_of_run
from runtut.cases.registry import Gate, OutputSpec
from runtut.cases.rendering import (
    Explained,
    ItemFacts,
    compose_agreement,
    compose_monitoring,
    monitoring_summary,
)
from runtut.cases.rules import local_day
from runtut.core.dates import full_day_date, long_date
from runtut.documents.actions import put_document, submit_document
from runtut.documents.enums import DocumentKind, TemplateKind
from runtut.documents.formulas.sheets import Wording, worded
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import sheet_text, signature_block
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import signing_place


def agreement_wording(task: Task, at: datetime) -> Wording:
    """Return the title of the Berita acara, and its opening and closing as first proposed (three queries)."""
    meeting, unit = latest_meeting(task), task.case.unit
    held = local_day(meeting.starts_at if meeting else task.opened_at, unit)
    values = {
        **words_of_run(task.case, local_day(at, unit)),
        "rapat": occasion(task, meeting),
        "rapat_hari": full_day_date(held),
    }
    return worded(sheet_text(kind=TemplateKind.AGREEMENT, unit=unit), values)


def occasion(task: Task, meeting: Meeting | None) -> str:
    """Return what the papers call the meeting; one that was held on paper by the run it belongs to."""
    return meeting.title if meeting else f"rapat {task.case.title}"


class AgreeFollowUp(GenericWork):
    """`data`: "intro" (text), "items" (NewItem ...: what stands in minutes kept on paper), and "outputs" for
    a Berita acara made elsewhere."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """At least one item, and the opening; every output after the first."""
        names = step_of(task).outputs
        if is_answered(names[:1], data):
            return super().gates(task, data, at)
        items = bool(data.get("items")) or bool(follow_ups_of(task.case))
        hint = "" if items else "Notulen tidak memuat keputusan. Tambahkan butir yang disepakati."
        return [
            Gate("items", "Butir tindak lanjut", items, hint, "butir-1-text"),
            text_gate("intro", "Pembuka", typed(data, "intro", agreement_wording(task, at).opening)),
            *output_gates(names[1:], data),
        ]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Give out the items that are new, and make the Berita acara of all."""
        names = step_of(task).outputs
        if is_answered(names[:1], data):
            return super().complete(task, data, authority, at)
        new: Sequence[NewItem] = data.get("items") or ()
        if new:
            verifier = verifier_of(task)
            add_follow_ups(case=task.case, items=new, verifier=verifier, authority=authority, at=at)
        version = self.agreement(task, data, authority, at)
        let_sign(version, agreeing(task), authority, at, task=task)
        return [paper(names[0], version), *given_outputs(names[1:], data)]

    def agreement(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> DocumentVersion:
        unit, on = task.case.unit, local_day(at, task.case.unit)
        meeting, wording = latest_meeting(task), agreement_wording(task, at)
        title = meeting.title if meeting else task.case.title
        content = compose_agreement(
            title=wording.title,
            intro=typed(data, "intro", wording.opening),
            closing=wording.closing,
            items=item_facts(follow_ups_of(task.case), at),
            made_on=on.isoformat(),
            place=signing_place(unit),
            signatures=[signature_block(position=position, on=on) for position in agreeing(task)],
        )
        return put_paper(
            task, DocumentKind.BERITA_ACARA, f"Berita acara tindak lanjut {title}", content, authority, at
        )


def agreeing(task: Task) -> list[Position]:
    """Return who signs the Berita acara: who writes it, then whoever has led the meeting."""
    meeting = latest_meeting(task)
    return list(dict.fromkeys([task.position, *([meeting.chair] if meeting else [])]))


def verifier_of(task: Task) -> Position:
    """Return who verifies items of minutes kept on paper: whoever leads the meeting's step, else the task's
    own position."""
    return proposed_people(task).chair or task.position


def put_paper(
    task: Task,
    kind: DocumentKind,
    title: str,
    content: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Make the document of a step, or in a later round its next version."""
    return put_document(
        document=run_document(case=task.case, kind=kind, step_no=task.step_no),
        unit=task.case.unit,
        kind=kind,
        title=title,
        content=content,
        authority=authority,
        at=at,
    )


def monitoring_words(task: Task, rows: Sequence[FollowUp], at: datetime) -> Explained:
    """Return what the report says unless it is written otherwise, for the page (three queries at most)."""
    return proposed_words(task, item_facts(rows, at), at)


def proposed_words(task: Task, items: Sequence[ItemFacts], at: datetime) -> Explained:
    """Return what the report says unless it is written otherwise."""
    wording = monitoring_wording(task, items, at)
    return Explained(intro=wording.opening, summary=wording.closing, reasons={})


def monitoring_wording(task: Task, items: Sequence[ItemFacts], at: datetime) -> Wording:
    """Return the title of the report, and its opening and closing as first proposed (three queries)."""
    unit = task.case.unit
    values = {
        **words_of_run(task.case, local_day(at, unit)),
        "rapat": occasion(task, latest_meeting(task)),
        "pantau_mulai": long_date(local_day(task.opened_at, unit)),
        "simpulan": monitoring_summary(items),
    }
    return worded(sheet_text(kind=TemplateKind.MONITORING, unit=unit), values)


def explained(task: Task, items: Sequence[ItemFacts], data: Mapping[str, Any], at: datetime) -> Explained:
    """Return the words of the report: what was typed, else what is proposed."""
    proposed = proposed_words(task, items, at)
    reasons: Mapping[str, Any] = data.get("reasons") or {}
    return Explained(
        intro=typed(data, "intro", proposed.intro),
        summary=typed(data, "summary", proposed.summary),
        reasons={one.key: str(reasons.get(one.key) or "").strip() for one in items if not one.is_done},
    )


class WatchFollowUp(GenericWork):
    """`data`: "intro", "summary" (texts), "reasons" {uid of an open item: why it is not done}, and "outputs"
    for a report made elsewhere. A run without items goes as in generic work."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Everything reported has been verified; what is not done has its reason; the paragraphs."""
        rows, names = follow_ups_of(task.case), step_of(task).outputs
        if not rows or is_answered(names[:1], data):
            return super().gates(task, data, at)
        words = explained(task, item_facts(rows, at), data, at)
        return [
            *(item_gate(number, row, words) for number, row in enumerate(rows, start=1) if is_open(row)),
            text_gate("intro", "Pembuka", words.intro),
            text_gate("summary", "Kesimpulan", words.summary),
            *output_gates(names[1:], data),
        ]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Make the Laporan pemantauan as the items now stand; a later step approves it."""
        rows, names = follow_ups_of(task.case), step_of(task).outputs
        if not rows or is_answered(names[:1], data):
            return super().complete(task, data, authority, at)
        unit, on = task.case.unit, local_day(at, task.case.unit)
        items = item_facts(rows, at)
        meeting = latest_meeting(task)
        title = meeting.title if meeting else task.case.title
        content = compose_monitoring(
            title=monitoring_wording(task, items, at).title,
            explained=explained(task, items, data, at),
            items=items,
            made_on=on.isoformat(),
            place=signing_place(unit),
            signatures=reporting_signatures(task, on),
        )
        version = put_paper(
            task, DocumentKind.LAPORAN, f"Laporan pemantauan tindak lanjut {title}", content, authority, at
        )
        if signer_of(task) == task.position:
            submit_document(document=version.document, authority=authority, at=at)
        else:
            let_sign(version, [task.position], authority, at, task=task, last_decides=False)
        return [paper(names[0], version), *given_outputs(names[1:], data)]


def reporting_signatures(task: Task, on: date) -> list[dict[str, str]]:
    """Return who reports, preceded by whoever approves the report in a later step."""
    reporter = signature_block(position=task.position, on=on, role_line="Pelapor")
    signer = signer_of(task)
    if signer == task.position:
        return [reporter]
    return [signature_block(position=signer, on=on, role_line="Menyetujui"), reporter]


def is_open(row: FollowUp) -> bool:
    return row.state != FollowUpState.APPROVED


def item_gate(number: int, row: FollowUp, words: Explained) -> Gate:
    """Of an item that is not done: verify what was reported, explain what was not."""
    key = str(row.uid)
    if row.state == FollowUpState.SUBMITTED:
        hint = f"Laporannya menunggu diperiksa: setujui atau kembalikan. “{row.text[:80]}”"
        return Gate(f"verified:{number}", f"Verifikasi butir {number}", met=False, hint=hint, anchor="butir")
    met = bool(words.reasons.get(key))
    hint = "" if met else "Belum selesai. Tulis sebabnya dan kapan diperkirakan selesai."
    return Gate(f"reason:{number}", f"Penjelasan butir {number}", met, hint, f"reason-{key}")
