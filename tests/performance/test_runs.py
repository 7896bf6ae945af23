"""From collecting to locking, through the acts of a run."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import docx
import pytest
from pypdf import PdfReader
from tests.performance.factories import TW1, acts
from tests.performance.runs import Runs, make_runs

from runtut.cases.enums import CaseState
from runtut.cases.errors import GatesUnmet
from runtut.cases.events import run_returned
from runtut.cases.models import Case, TaskOutput
from runtut.core.jobs import drain
from runtut.documents.enums import DocumentState
from runtut.documents.models import Document
from runtut.documents.queries import read_file
from runtut.performance import actions, queries
from runtut.performance.enums import RealisationState
from runtut.performance.errors import NothingToReturn
from runtut.performance.models import PeriodLock, Realisation
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(db: None) -> Runs:
    return make_runs()


@pytest.fixture
def collected(runs: Runs) -> Case:
    case = runs.start()
    runs.collect(case)
    return case


def unmet(runs: Runs, case: Case, who: str = "pengelola", **data: object) -> list[str]:
    return [gate.label for gate in runs.gates(case, who, **data) if not gate.met]


def approve(runs: Runs) -> None:
    actions.approve_realisations(unit=runs.office.unit, quarter=TW1, authority=runs.who("camat"), at=runs.at)


def states() -> set[str]:
    return set(Realisation.objects.values_list("state", flat=True))


def test_measure_proposes_every_paragraph(runs: Runs, collected: Case) -> None:
    assert unmet(runs, collected) == []
    assert len(runs.gates(collected, "pengelola")) == 3


def test_measure_refuses_emptied_paragraphs(runs: Runs, collected: Case) -> None:
    assert unmet(runs, collected, intro=" ", closing="") == ["Pendahuluan", "Penutup"]


def test_measure_asks_for_an_analysis_of_what_is_under_target(runs: Runs) -> None:
    case = runs.start()
    runs.collect(case, **runs.typed(index="80", cause=""))

    (gate,) = [gate for gate in runs.gates(case, "pengelola") if not gate.met]

    key = str(runs.index.uid)
    assert gate.label == f"Analisis 1.1 {runs.index.name}"
    assert (gate.anchor, gate.hint.startswith("Capaian 95,24 %")) == (f"analysis-{key}", True)
    assert unmet(runs, case, analysis={key: "Loket ditutup."}) == []


def test_measure_names_who_still_owes_figures(runs: Runs, collected: Case) -> None:
    actions.return_realisations(
        unit=runs.office.unit,
        quarter=TW1,
        reason="Bukti tidak sesuai.",
        authority=runs.who("perencanaan"),
        at=runs.at,
        indicators=[runs.index],
    )

    (gate,) = [gate for gate in runs.gates(collected, "pengelola") if not gate.met]

    assert gate.label == "Realisasi TW I 2026 diajukan oleh semua pemilik"
    owner = runs.index.owner.short_title
    assert gate.hint.startswith(f"Belum diajukan: {owner} ({runs.index.short_name}).")
    with pytest.raises(GatesUnmet):
        runs.complete(collected, "pengelola")
    assert not Document.objects.exists()


def test_measure_composes_a_document_that_waits_for_paraf(runs: Runs, collected: Case) -> None:
    task = runs.complete(collected, "pengelola", closing="Demikian pengukuran ini.")

    document = Document.objects.get()
    assert document.title == "Dokumen Pengukuran Kinerja Kec. Sukamaju TW I 2026"
    assert document.state == DocumentState.WAITING
    output = TaskOutput.objects.get(task=task)
    assert (output.name, output.document, output.document_version) == (
        "Konsep pengukuran",
        document,
        document.versions.get(),
    )
    assert output.document_version.content["blocks"][-1]["text"] == "Demikian pengukuran ini."


def test_measure_again_makes_the_next_version_of_the_same_document(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    runs.send_back(collected, "sekcam", 2)
    runs.complete(collected, "pengelola", closing="Kalimat penutup diperbaiki.")

    assert Document.objects.count() == 1
    assert list(Document.objects.get().versions.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_measure_yields_a_pdf_and_a_word_file(runs: Runs) -> None:
    case = runs.start()
    runs.collect(case, **runs.typed(villages="2"))
    runs.complete(case, "pengelola")
    drain(at=runs.at)

    version = Document.objects.get().versions.select_related("pdf", "docx").get()
    assert version.pdf is not None
    assert version.docx is not None
    text = words(pdf_text(read_file(file=version.pdf)))
    assert "DOKUMEN PENGUKURAN KINERJA" in text
    assert "TRIWULAN I TAHUN 2026" in text
    assert "86,12 ÷ 84,00 × 100 = 102,52 %" in text
    assert "Rata-rata capaian 2 indikator yang dihitung adalah 84,60 %" in text
    assert "D. Analisis indikator di bawah target 1.2 Indikator 1.2 (66,67 %) Loket pindah." in text
    assert "Plt. CAMAT" in text
    assert "Budi Hartono" in text
    assert "102,52" in docx_text(read_file(file=version.docx))


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def docx_text(content: bytes) -> str:
    tables = docx.Document(BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def words(text: str) -> str:
    return " ".join(text.split())


def test_record_waits_for_the_approval_of_the_newest_version(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    runs.complete(collected, "sekcam", outputs={})

    assert unmet(runs, collected) == ["Dokumen Pengukuran Kinerja disetujui"]
    with pytest.raises(GatesUnmet):
        runs.complete(collected, "pengelola")
    assert not PeriodLock.objects.exists()

    runs.approve(collected)

    assert unmet(runs, collected) == []


def test_record_approves_and_leaves_the_quarter_open_where_the_sop_measures_nothing(
    runs: Runs, collected: Case
) -> None:
    Step.objects.filter(version=runs.version, topic="measurement").update(topic="", outputs=[])
    runs.complete(collected, "pengelola")
    runs.complete(collected, "sekcam")

    runs.complete(collected, "pengelola")

    rows = [row for row in queries.grid(unit=runs.office.unit, quarter=TW1) if row.is_due]
    assert {row.state for row in rows} == {RealisationState.APPROVED}
    assert not PeriodLock.objects.exists()


def finish(runs: Runs, case: Case) -> None:
    runs.complete(case, "pengelola")
    runs.complete(case, "sekcam")
    runs.approve(case)


def test_record_locks_the_quarter_and_names_its_rule(runs: Runs, collected: Case) -> None:
    finish(runs, collected)
    proof = {"Bukti isian aplikasi": {"text": "Tersimpan dengan nomor 17."}}

    task = runs.complete(collected, "pengelola", outputs=proof)

    lock = queries.period_lock(unit=runs.office.unit, quarter=TW1)
    assert lock is not None
    assert lock.rule == "SOP Pengukuran Data Kinerja langkah 4, dokumen disetujui Camat 2 Maret 2026"
    assert states() == {RealisationState.LOCKED}
    assert [output.text for output in TaskOutput.objects.filter(task=task).order_by("id")] == [
        f"Realisasi TW I 2026 terkunci sejak 2 Maret 2026 menurut {lock.rule}.",
        "Tersimpan dengan nomor 17.",
    ]
    collected.refresh_from_db()
    assert collected.state == CaseState.DONE


def test_record_keeps_a_lock_that_is_there(runs: Runs, collected: Case) -> None:
    finish(runs, collected)
    approve(runs)
    first = actions.lock_period(
        unit=runs.office.unit,
        quarter=TW1,
        rule="Keputusan Camat",
        authority=runs.who("perencanaan"),
        at=runs.at,
    )

    task = runs.complete(collected, "pengelola")

    assert PeriodLock.objects.get() == first
    assert TaskOutput.objects.get(task=task).text.endswith("menurut Keputusan Camat.")


def test_figures_follow_a_return_past_the_collecting_step(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    runs.send_back(collected, "sekcam", 1)

    assert states() == {RealisationState.RETURNED}
    row = queries.grid(unit=runs.office.unit, quarter=TW1)[0]
    assert row.realisation is not None
    assert row.realisation.return_reason == "Angka seksi belum sesuai buktinya."
    assert row.realisation.returned_in == runs.office.positions["sekcam"]
    entry = acts().filter(action="performance.realisation.returned").first()
    assert entry is not None
    assert entry.position_id == runs.office.positions["sekcam"].pk
    assert json.loads(entry.data)["period"] == "TW I 2026"


def test_figures_stay_when_only_the_text_is_returned(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    runs.send_back(collected, "sekcam", 2)

    assert states() == {RealisationState.SUBMITTED}


def test_a_return_that_fails_leaves_run_and_figures_as_they_were(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    task = runs.task(collected, "sekcam")

    def refuse(**news: Any) -> None:
        raise NothingToReturn(period="TW I 2026")

    run_returned.connect(refuse)
    try:
        with pytest.raises(NothingToReturn):
            runs.send_back(collected, "sekcam", 1)
    finally:
        run_returned.disconnect(refuse)

    assert states() == {RealisationState.SUBMITTED}
    assert runs.task(collected, "sekcam") == task


def test_figures_already_with_their_owners_do_not_hold_up_a_return(runs: Runs, collected: Case) -> None:
    runs.complete(collected, "pengelola")
    actions.return_realisations(
        unit=runs.office.unit,
        quarter=TW1,
        reason="Bukti belum lengkap.",
        authority=runs.who("perencanaan"),
        at=runs.at,
    )

    runs.send_back(collected, "sekcam", 1)

    assert states() == {RealisationState.RETURNED}
    row = queries.grid(unit=runs.office.unit, quarter=TW1)[0]
    assert row.realisation is not None
    assert row.realisation.return_reason == "Bukti belum lengkap."


def test_figures_of_a_locked_quarter_follow_no_return(runs: Runs, collected: Case) -> None:
    approve(runs)
    actions.lock_period(
        unit=runs.office.unit, quarter=TW1, rule="aturan", authority=runs.who("perencanaan"), at=runs.at
    )

    returned = actions.follow_return(
        case=collected, from_no=3, to_no=1, reason="Periksa.", authority=runs.who("sekcam"), at=runs.at
    )

    assert returned == []
    assert states() == {RealisationState.LOCKED}
