"""Steps at which a document is examined and endorsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.signers import endorse_once, follow_signing
from runtut.cases.contrib.figures import standing_figures
from runtut.cases.contrib.generic import given_outputs, output_gates
from runtut.cases.events import step_endorsed
from runtut.cases.models import Task
from runtut.cases.queries.documents import (
    has_endorsed,
    has_signed,
    is_made_again,
    missing_parafs,
    signer_of,
    version_at_work,
)
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.documents.actions import endorse, keep_signature, return_document
from runtut.documents.enums import EndorsementKind, SigningWay
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import electronic_paper
from runtut.organisations.models import Authority


class EndorseWork(WorkHandler):
    """The part that examining and approving share: one endorsement of the newest version of the document the
    run is working on. A run whose papers are files only keeps the decision as a sentence.

    `data`: the tick of the subclass, "note", and "checks" {what was examined: bool}.
    """

    kind: EndorsementKind
    tick: str
    label: str
    hint: str
    sentence: str

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The figures of the document stand, every examined point, the tick, every output after the first."""
        checks = [
            Gate(code=f"check:{number}", label=str(what), met=bool(fine), anchor=f"periksa-{number}")
            for number, (what, fine) in enumerate((data.get("checks") or {}).items(), start=1)
        ]
        figures = standing_figures(task, version_at_work(task), at)
        tick = Gate(
            code=self.tick, label=self.label, met=bool(data.get(self.tick)), hint=self.hint, anchor=self.tick
        )
        return [*figures, *checks, tick, *output_gates(step_of(task).outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Endorse the newest version; one's own endorsement that still stands on it is not given twice."""
        step = step_of(task)
        name = output_name(task)
        note = str(data.get("note") or "").strip()
        version = version_at_work(task)
        if version is None:
            first = OutputSpec(name, text=note or self.sentence)
        else:
            if not has_endorsed(version, self.kind, task.position_id):
                endorse(version=version, kind=self.kind, note=note, authority=authority, at=at)
                follow_signing(version, at)
            first = OutputSpec(name, document=version.document, document_version=version, text=note)
        step_endorsed.send(sender=type(self), case=task.case, authority=authority, at=at)
        return [first, *given_outputs(step.outputs[1:], data)]

    def returned(self, task: Task, target_no: int, authority: Authority, reason: str, at: datetime) -> None:
        """Send the document back too when it is to be mended: what was endorsed on it is voided, visibly."""
        version = version_at_work(task)
        if version is not None and is_made_again(task, target_no):
            return_document(version=version, reason=reason, authority=authority, at=at)


class Review(EndorseWork):
    """Examine and paraf. `data`: "paraf" (the tick), "checks", "note"."""

    kind = EndorsementKind.PARAF
    tick = "paraf"
    label = "Paraf"
    hint = "Bubuhkan paraf bila sudah benar, atau kembalikan untuk diperbaiki."
    sentence = "Diperiksa dan diparaf."


class Sign(EndorseWork):
    """Approve, and sign the paper where that is done electronically. By hand it is signed on the print,
    afterwards: the approval is the decision of the run, the signature that of the paper.

    `data`: "approve" (the tick), "checks", "note", "way" (SigningWay, by hand when left out), "signature"
    (what prepare_task_signature returned).
    """

    kind = EndorsementKind.APPROVAL
    tick = "approve"
    label = "Persetujuan"
    hint = "Setujui bila sudah benar, atau kembalikan untuk diperbaiki."
    sentence = "Disetujui."

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """As for examining, and a standing paraf of everyone who had to examine before."""
        version = version_at_work(task)
        missing = missing_parafs(task, version) if version else []
        parafs = [
            Gate(
                code="parafs",
                label=f"Paraf {name} pada versi terbaru",
                met=False,
                hint="Dokumen berubah sesudah diparaf. Kembalikan agar diperiksa lagi.",
                anchor="dokumen",
            )
            for name in missing
        ]
        return [*parafs, *super().gates(task, data, at), *signature_gates(task, version, data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Approve, then take the signed paper in: both or neither."""
        outputs = super().complete(task, data, authority, at)
        if data.get("signature"):
            keep_signature(prepared=data["signature"], authority=authority, at=at)
        return outputs


def approve_own(task: Task, version: DocumentVersion, authority: Authority, at: datetime) -> None:
    """Approve what a task has made and nobody signs in a later step: its maker answers for it."""
    if signer_of(task) == task.position:
        endorse_once(version, authority, at)


def signature_gates(task: Task, version: DocumentVersion | None, data: Mapping[str, Any]) -> list[Gate]:
    """Return the gate of an electronic signature, none where the paper is signed by hand; a paper that bears
    one gets no other kind."""
    if version is None or (
        data.get("way") != SigningWay.ELECTRONIC and not electronic_paper(version=version)
    ):
        return []
    given = data.get("signature") or has_signed(version, task.position_id)
    return [
        Gate(
            code="signature",
            label="Tanda tangan elektronik",
            met=bool(given),
            hint="Isi frasa sandi Anda. Frasa sandi tidak disimpan.",
            anchor="passphrase",
        )
    ]
