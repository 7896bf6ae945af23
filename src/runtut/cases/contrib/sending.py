"""Steps that number a finished paper, send it and keep the proof: agenda keluar and ekspedisi."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.filing import close_file, join_file, put_away
from runtut.cases.actions.receipts import make_receipt
from runtut.cases.actions.send import number_paper, send_more
from runtut.cases.contrib.archiving import signer_gates, turn_gates
from runtut.cases.contrib.generic import GenericWork, given_outputs, output_gates
from runtut.cases.contrib.registers import class_gate
from runtut.cases.models import Task
from runtut.cases.queries.meetings import invitation_at_work, may_go_out
from runtut.cases.queries.sending import cover_turns, outgoing_of
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.registry import Gate, OutputSpec
from runtut.documents.enums import DocumentState, Means
from runtut.documents.models import Delivery, OutgoingLetter
from runtut.documents.queries import deliveries_of
from runtut.organisations.models import Authority


class Distribute(GenericWork):
    """Send the paper to its recipients; the first output is the list of them with their proofs.

    Deliveries are rows of the buku ekspedisi, kept at every press; `data` may bring more: "recipients", a
    list of {"to_unit": unit or None, "addressee": text, "means": Means, "copies": number}. What goes through
    the system proves itself; everything else waits for a photo or a signature. A surat pengantar that waits
    for an electronic signature goes out without it for a reason, "unsigned_reason". "outputs" as in generic
    work for the outputs after the first.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """A recipient, the proof of each delivery, and every output after the first."""
        return [
            *invitation_gates(task),
            *turn_gates(cover_turns(task), task, data),
            *self.delivery_gates(task, data),
            *output_gates(step_of(task).outputs[1:], data),
        ]

    def delivery_gates(self, task: Task, data: Mapping[str, Any]) -> list[Gate]:
        sent = deliveries_of(errand=task.uid)
        some = Gate(
            code="recipients",
            label="Penerima",
            met=bool(sent or data.get("recipients")),
            hint="Pilih unit atau tulis penerimanya, lalu catat kiriman.",
            anchor="kirim-nama",
        )
        by_hand = [one for one in data.get("recipients") or () if not one.get("to_unit")]
        return [some, *(proof_gate(one) for one in sent), *(unsent_gate(one) for one in by_hand)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Send what is still to be sent; keep the list of deliveries."""
        send_more(task, data, authority, at)
        step = step_of(task)
        name = output_name(task)
        return [sent_output(task, name, authority, at), *given_outputs(step.outputs[1:], data)]


class NumberAndDistribute(Distribute):
    """Distribute a paper that is entered in the agenda keluar at the same step. `data` as for Distribute, and
    "archive_class" for the number."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The number, and as for distributing."""
        return [number_gate(task, data), *super().gates(task, data, at)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Number first, then send."""
        number_paper(task, data, authority, at)
        return super().complete(task, data, authority, at)


class SendOut(Distribute):
    """The last step of a paper: number and date, copies, stamp, sending, archive.

    `data`: "archive_class", "subject", "recipient", "copies", "stamped", "remark", "location", "recipients",
    "unsigned_reason" as for archiving.
    The step's outputs are, in this order, the number, the proof of sending, the archive; further ones are
    answered as in generic work.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Everybody who has still to sign, the number, the deliveries, and every output after the third."""
        return [
            *signer_gates(task, data),
            number_gate(task, data),
            *self.delivery_gates(task, data),
            *output_gates(step_of(task).outputs[3:], data),
        ]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Number, send, archive: whatever of it is not done yet."""
        line = number_paper(task, data, authority, at)
        send_more(task, data, authority, at)
        names = (*step_of(task).outputs[:3], *("Nomor surat", "Bukti pengiriman", "Arsip"))[:3]
        number = OutputSpec(
            names[0],
            document=line.version.document if line.version else None,
            document_version=line.version,
            text=line.number,
        )
        sent = sent_output(task, names[1], authority, at)
        archived = archived_output(task, names[2], line, data, authority, at)
        record = archived.archive_record
        renewed = close_file(task, data, authority, at, record)
        if record is not None and sent.document is not None:
            join_file(record, [sent.document], authority, at)
        return [
            number,
            sent,
            archived,
            *given_outputs(step_of(task).outputs[3:], data),
            *renewed,
        ]


def invitation_gates(task: Task) -> list[Gate]:
    """An Undangan goes out signed by its chair, or without that for a reason; nothing for other papers."""
    meeting = invitation_at_work(task)
    if meeting is None:
        return []
    chair = meeting.chair.short_title
    return [
        Gate(
            code="invitation",
            label=f"Undangan ditandatangani {chair}",
            met=may_go_out(meeting),
            hint=f"Menunggu {chair}. Bila harus dikirim lebih dahulu, beri alasannya di halaman rapat.",
            anchor="undangan",
        )
    ]


def unsent_gate(wanted: Mapping[str, Any]) -> Gate:
    """Return the gate of a recipient outside the system who is named but was not sent anything yet."""
    return Gate(
        code="unsent",
        label=f"Kirim dahulu kepada {wanted.get('addressee') or 'penerima di luar'}",
        met=False,
        hint="Catat kirimannya, lalu simpan bukti terimanya.",
        anchor="kirim-nama",
    )


def proof_gate(one: Delivery) -> Gate:
    here = one.means == Means.SYSTEM
    return Gate(
        code=f"proof:{one.number}",
        label=f"Terkirim ke {one.addressee}" if here else f"Bukti terima {one.addressee}",
        met=here or one.received_at is not None,
        hint="Buka kirimannya, lalu foto tanda terima atau minta tanda tangan di layar.",
        anchor=f"kiriman-{one.pk}",
    )


def number_gate(task: Task, data: Mapping[str, Any]) -> Gate:
    """Return the gate of the number: there already, or to be taken under the chosen classification."""
    if outgoing_of(task) is None:
        return class_gate(data)
    return Gate(code="number", label="Nomor surat keluar", met=True, anchor="archive_class")


def sent_output(task: Task, name: str, authority: Authority, at: datetime) -> OutputSpec:
    """Return the deliveries of a task as an output: the proof of sending, with the first receipt."""
    sent = deliveries_of(errand=task.uid)
    lines = [f"{one.number}: {one.addressee} ({one.get_means_display().lower()}){taken(one)}" for one in sent]
    proof = next((one.proof for one in sent if one.proof), None)
    version = make_receipt(task, sent, authority, at)
    return OutputSpec(
        name, document=version.document, document_version=version, file=proof, text="\n".join(lines)
    )


def taken(one: Delivery) -> str:
    return f", diterima {one.received_by}" if one.received_at else ""


def archived_output(
    task: Task,
    name: str,
    line: OutgoingLetter,
    data: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> OutputSpec:
    """Archive the paper that went out; a paper that is a file only is noted with its place."""
    location = str(data.get("location") or "").strip()
    archive_class = line.archive_class or data.get("archive_class")
    version = line.version
    if version is None or archive_class is None or version.document.state != DocumentState.APPROVED:
        return OutputSpec(name, text=f"Pertinggal {line.number}. {location}".strip())
    record = put_away(
        task=task, version=version, archive_class=archive_class, data=data, authority=authority, at=at
    )
    return OutputSpec(
        name, document=version.document, document_version=version, archive_record=record, text=location
    )
