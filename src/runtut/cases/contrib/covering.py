"""The step that makes a surat pengantar for the approved document, with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.signers import sign_own
from runtut.cases.contrib.generic import GenericWork, given_outputs, output_gates
from runtut.cases.contrib.registers import class_gate
from runtut.cases.models import Task
from runtut.cases.queries.sending import paper_of
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.queries.writing import PASSED_ON, words_of_run
from runtut.cases.registry import Gate, OutputSpec
from runtut.cases.rules import local_day
from runtut.documents.actions import enter_outgoing, put_document
from runtut.documents.enums import DocumentKind
from runtut.documents.errors import DelegationNotAllowed
from runtut.documents.formulas.signing import By, Delegation
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import (
    delegations_for,
    filled_template,
    letterhead_content,
    signature_block,
    template_for,
)
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import signing_place

NOBODY = "[tujuan belum diisi]"


class CoverLetter(GenericWork):
    """Make a surat pengantar, enter it in the agenda keluar and approve it: the step's first output.

    `data`: "archive_class", "addressee" (text), "place" (text), "copies" (number), "remark" (text),
    "signs_as" (in whose name, one of `By`), and "outputs" for the outputs after the first.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The classification, the addressee, and every output after the first."""
        addressee = Gate(
            code="addressee",
            label="Tujuan surat pengantar",
            met=bool(str(data.get("addressee") or "").strip()),
            hint="Tulis kepada siapa dokumen dikirim, misalnya Bupati melalui Sekretaris Daerah.",
            anchor="addressee",
        )
        return [class_gate(data), addressee, *output_gates(step_of(task).outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Write, number, approve. Raises DelegationNotAllowed unless the position may sign in that name."""
        version = self.written(task, data, authority, at)
        line = enter_outgoing(
            unit=task.case.unit,
            version=version,
            archive_class=data["archive_class"],
            subject=version.document.title,
            recipient=str(data["addressee"]).strip(),
            copies=int(data.get("copies") or 1),
            is_stamped=bool(data.get("stamped")),
            note="",
            errand=task.uid,
            authority=authority,
            at=at,
        )
        sign_own(version, authority, at)
        step = step_of(task)
        name = output_name(task)
        first = OutputSpec(name, document=version.document, document_version=version, text=line.number)
        return [first, *given_outputs(step.outputs[1:], data)]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The letter as it would be numbered and passed on."""
        return letter_content(task, data, at)

    def written(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> DocumentVersion:
        return put_document(
            document=None,
            unit=task.case.unit,
            kind=DocumentKind.SURAT_PENGANTAR,
            title=f"Surat pengantar {paper_of(task).title}",
            content=letter_content(task, data, at),
            authority=authority,
            at=at,
        )


def letter_content(task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return the letter that goes with the run's document. Raises DelegationNotAllowed."""
    paper, on = paper_of(task), local_day(at, task.case.unit)
    copies = int(data.get("copies") or 1)
    remark = str(data.get("remark") or "").strip() or PASSED_ON
    addressee = str(data.get("addressee") or "").strip() or NOBODY
    named = f"{paper.title}\nNomor {paper.number}" if paper.number else paper.title
    sender = signature_block(
        position=task.position,
        on=on,
        role_line="Pengirim,",
        delegation=delegation_given(task.position, data),
    )
    place = str(data.get("place") or "").strip() or signing_place(task.case.unit)
    told = {
        "penerima": addressee,
        "penandatangan": task.position.title,
        "tempat": place,
        "hal": paper.title,
        "naskah_dikirim": named,
        "banyaknya": f"{copies} berkas",
        "keterangan": remark,
    }
    filled = filled_template(
        template=template_for(kind=DocumentKind.SURAT_PENGANTAR, unit=task.case.unit),
        values={**words_of_run(task.case, on), **told},
        parts={},
    )
    return {
        **filled,
        "kind": DocumentKind.SURAT_PENGANTAR.value,
        "letterhead": letterhead_content(unit=task.case.unit),
        "date": on.isoformat(),
        "place": place,
        "signatures": [{"position": "Penerima", "name": "..............................", "nip": ""}, sender],
        "draft": True,
    }


def delegation_given(position: Position, data: Mapping[str, Any]) -> Delegation:
    """Return in whose name the sender signs. Raises DelegationNotAllowed."""
    wanted = str(data.get("signs_as") or By.SELF)
    allowed = delegations_for(position=position, kind=DocumentKind.SURAT_PENGANTAR)
    found = next((one for by, one in allowed.items() if by == wanted), None)
    if found is None:
        raise DelegationNotAllowed(field="signs_as")
    return found
