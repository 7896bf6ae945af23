"""What a step that writes a document knows beforehand: its words, its signer, the text it goes on with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from runtut.cases.models import Case, Task, TaskManuscript, TaskOutput
from runtut.cases.queries.documents import signer_of, titled
from runtut.cases.queries.note_words import note_words
from runtut.cases.queries.sheet import step_of
from runtut.cases.rules import local_day
from runtut.core.dates import long_date
from runtut.documents.enums import Urgency
from runtut.documents.formulas.placeholders import attachments_in_words
from runtut.documents.models import DocumentVersion, Manuscript
from runtut.documents.queries import newest_version
from runtut.organisations.enums import SECTION_HEADS
from runtut.organisations.models import Position
from runtut.organisations.queries import letterhead_of, positions_in, signing_place

PASSED_ON: Final = "Disampaikan dengan hormat untuk dipergunakan sebagaimana mestinya."
"""The remark of a surat pengantar until somebody writes another."""


UPWARD: Final = "Demikian disampaikan, mohon arahan lebih lanjut."
"""How a note ends that goes up to its signer beside the document it encloses."""

DOWNWARD: Final = "Demikian untuk menjadi perhatian dan dilaksanakan."
"""How a note ends that asks others for their work."""


def manuscript_of(task: Task, output: int) -> Manuscript | None:
    """Return what a task is writing for an output, numbered from 1 (one query)."""
    rows = TaskManuscript.objects.filter(task=task, output=output)
    link = rows.select_related(
        "manuscript__unit", "manuscript__saved_by", "manuscript__signer", "manuscript__version"
    ).first()
    return link.manuscript if link else None


def task_of_manuscript(manuscript: Manuscript) -> Task | None:
    """Return the task that a manuscript belongs to, with its run (one query)."""
    rows = Task.objects.filter(manuscripts__manuscript=manuscript)
    related = ("case__unit", "case__procedure_version", "case__letter", "position", "claimed_by")
    return rows.select_related(*related).first()


def earlier_version(task: Task, output: int) -> DocumentVersion | None:
    """Return the newest version of what an earlier round of the same step and output has written: a return
    mends that document, it does not begin another (two queries)."""
    name = step_of(task).outputs[output - 1]
    rows = TaskOutput.objects.filter(
        task__case=task.case_id, task__step_no=task.step_no, name=name, document_version__isnull=False
    ).select_related("document_version__document__unit")
    found = rows.exclude(task=task).order_by("-id").first()
    if found is None or found.document_version is None:
        return None
    return newest_version(document=found.document_version.document)


def addressees(task: Task) -> list[Position]:
    """Return to whom a note goes that asks an office for its material: the heads of its sections."""
    rows = positions_in(unit=task.case.unit).filter(role__in=SECTION_HEADS, is_head=True)
    rows = rows.order_by("unit__path", "sequence", "id")
    return [position for position in rows if position.pk != task.position_id]


def subject_of(output: str, otherwise: str) -> str:
    """Return what a document is about: "Permintaan bahan RKT" of "Konsep nota permintaan bahan RKT"."""
    name = titled(output).removeprefix("Nota ")
    return name[:1].upper() + name[1:] if len(name.split()) > 1 else otherwise


def words_of(task: Task, output: int, at: datetime, *, is_companion: bool = False) -> dict[str, str]:
    """Return the words for the places of a template (documents.formulas.placeholders), from the run: its
    letter, period, office and people. What the run does not know is left out."""
    signer = signer_of(task)
    return words_of_run(task.case, local_day(at, task.case.unit)) | {
        "hal": subject_of(step_of(task).outputs[output - 1], task.case.title),
        "penyusun": task.position.title,
        "penandatangan": task.position.title if is_companion else signer.title,
        **note_words(task, is_companion=is_companion),
        "penerima": signer.title if is_companion else numbered([one.title for one in addressees(task)]),
        "penutup": UPWARD if is_companion else DOWNWARD,
        **({"lampiran": attachments_in_words(1)} if is_companion else {}),
        "sifat": Urgency.BIASA.label,
        "naskah_dikirim": task.case.title,
        "banyaknya": "1 (satu) berkas",
        "keterangan": PASSED_ON,
    }


def words_of_run(case: Case, day: date) -> dict[str, str]:
    """Return what every paper of a run can say: its office, period and letter, and the day it is written.
    The subject of a confidential letter stays with it."""
    words = {
        "nama_kantor": case.unit.name,
        "pemerintah": letterhead_of(case.unit).government.title(),
        "tempat": signing_place(case.unit),
        "hari_ini": long_date(day),
        "tahun": str(case.year),
        "periode": case.period,
        "kegiatan": case.title,
    }
    letter = case.letter
    if letter is None:
        return words
    return words | {
        "surat_dari": letter.sender,
        "surat_nomor": letter.number,
        "surat_tanggal": long_date(letter.date),
        **({} if letter.is_sealed else {"surat_hal": letter.subject}),
    }


def numbered(names: list[str]) -> str:
    """Write several names as a numbered list, a single one as it is."""
    if len(names) < 2:
        return "".join(names)
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1))
