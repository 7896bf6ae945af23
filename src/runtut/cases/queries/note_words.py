"""What a note can say before anybody has written it: on what ground, about what, and what is asked."""

from __future__ import annotations

from typing import Any

from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries.documents import later_steps, version_at_work
from runtut.core.dates import long_date
from runtut.core.numbers import format_decimal
from runtut.documents.enums import DocumentKind
from runtut.documents.formulas.markup.inline import escaped
from runtut.documents.models import DocumentVersion
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode


def note_words(task: Task, *, is_companion: bool) -> dict[str, str]:
    """Return the words for `dasar`, `rujukan`, `pokok` and `tindakan`; what the run does not know is left
    out.

    A note beside a document asks for that document's approval. Another goes on with what an earlier note of
    the run has said, else it asks for what the next collecting step gathers. Three queries at most.
    """
    before = note_before(task)
    own = beside_document(task) if is_companion else said_in(before) or asked_for(task)
    return {"dasar": ground(task.case), "rujukan": gone_on_with(task.case, before), **own}


def ground(case: Case) -> str:
    """Return what a paper follows from: the letter of the run, else the run itself."""
    letter = letter_in_words(case)
    return f"Menindaklanjuti {letter}" if letter else f"Sehubungan dengan {case.title}"


def letter_in_words(case: Case) -> str:
    """Name the letter that a run began from: sender, number, date, subject; "" for a run without one. The
    subject of a confidential letter stays with it: the papers of the run are read by others."""
    letter = case.letter
    if letter is None:
        return ""
    numbered = f"nomor {letter.number} tanggal" if letter.number else "tanggal"
    about = "" if letter.is_sealed else f" hal {letter.subject}"
    return f"surat {letter.sender} {numbered} {long_date(letter.date)}{about}"


def answering(case: Case, opening: str) -> str:
    """Return the opening of a paper, as markup, with the letter that it answers where the run began from
    one."""
    letter = letter_in_words(case)
    return f"{opening}\n\nDisusun untuk memenuhi {escaped(letter)}." if letter else opening


def gone_on_with(case: Case, before: DocumentVersion | None) -> str:
    """Return what a note takes further: the note before it, and the letter of the run; else the run."""
    known = (before and note_in_words(before), letter_in_words(case))
    return " dan ".join(part for part in known if part) or case.title


def note_in_words(version: DocumentVersion) -> str:
    document = version.document
    numbered = f" nomor {document.number}" if document.number else ""
    return f"{lowered(document.title)}{numbered}"


def beside_document(task: Task) -> dict[str, str]:
    version = version_at_work(task)
    if version is None:
        return {}
    title = version.document.title
    return {
        "pokok": f"{title}, versi {version.number}, sudah selesai disusun dan disampaikan bersama nota ini.",
        "tindakan": f"Mohon {title} diperiksa dan disetujui, atau dikembalikan dengan alasannya bila ada "
        "yang perlu diperbaiki.",
    }


def note_before(task: Task) -> DocumentVersion | None:
    """Return the newest note that an earlier step of the run has written (one query)."""
    outputs = TaskOutput.objects.filter(
        task__case=task.case_id,
        task__step_no__lt=task.step_no,
        document_version__document__kind=DocumentKind.NOTA_DINAS,
    )
    found = outputs.select_related("document_version__document").order_by("-id").first()
    return found.document_version if found else None


def said_in(version: DocumentVersion | None) -> dict[str, str]:
    """Return what a note lists: its first point, and the others."""
    blocks = version.content["blocks"] if version else []
    items: list[Any] = next((one["items"] for one in blocks if one["type"] == "list" and one["ordered"]), [])
    first, *others = [words_in(item) for item in items] or [""]
    return {"pokok": first, "tindakan": "\n".join(others)} if first else {}


def words_in(item: Any) -> str:
    """Return inline text without its formatting."""
    return item if isinstance(item, str) else "".join(str(run["text"]) for run in item)


def asked_for(task: Task) -> dict[str, str]:
    """Return what the next collecting step gathers, and until when."""
    step = next((one for one in later_steps(task) if one.work == Work.COLLECT and one.outputs), None)
    if step is None:
        return {}
    material = step.outputs[0]
    return {
        "pokok": f"Untuk {task.case.title} diperlukan {lowered(material)} dari setiap penerima nota ini.",
        "tindakan": f"Mohon {lowered(material)} disampaikan {within(step)}, disertai bukti pendukungnya.",
    }


def lowered(name: str) -> str:
    """Write a name inside a sentence: "Bahan RKT" becomes "bahan RKT", "RKT 2027" stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def within(step: StepNode) -> str:
    """Return the time that the SOP gives a step, in words: "dalam 2 hari kerja sejak diminta"."""
    return f"dalam {format_decimal(step.rule_value)} {step.rule_unit} kerja sejak diminta"
