"""S4 from the first step to the last, with an instrument made, answered and reported in the system."""

from __future__ import annotations

import pytest
from tests.cases.test_library_runs import AT
from tests.evaluation.runs import EvaluationRun

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries import preview_of, verify_events
from runtut.core.audit import verify_streams
from runtut.documents.actions import load_archive_classes, render_version
from runtut.documents.models import DocumentVersion
from runtut.evaluation.enums import InstrumentState
from runtut.organisations.actions import load_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> EvaluationRun:
    load_demo(at=AT)
    load_archive_classes()
    return EvaluationRun()


def paper_of(case: Case, step_no: int) -> DocumentVersion:
    output = TaskOutput.objects.filter(task__case=case, task__step_no=step_no, document__isnull=False)
    version = output.order_by("-id")[0].document_version
    assert version is not None
    return version


def test_s4_runs_to_its_end_with_its_three_papers(run: EvaluationRun) -> None:
    run.until(4)
    silent = run.respondents()[0]
    run.silent = {silent.pk}

    run.to_the_end()

    run.case.refresh_from_db()
    assert run.case.state == CaseState.DONE
    assert run.instrument.state == InstrumentState.CLOSED
    instrument, results, report = (paper_of(run.case, no) for no in (3, 4, 5))
    kinds = [one.document.kind for one in (instrument, results, report)]
    assert kinds == ["instrumen", "bahan", "laporan"]
    assert report.number == 2
    assert "Seberapa lengkap bukti" in str(instrument.content)
    assert silent.short_title in str(results.content)
    assert "Sedang dinas luar." in str(results.content)
    text = str(report.content)
    assert "Bukti realisasi dilengkapi setiap bulan, putaran 2." in text
    assert "/ 100 = " in text
    assert "█" in text
    assert verify_events() == verify_streams() == []


def test_the_papers_of_s4_can_be_printed(run: EvaluationRun) -> None:
    run.until(5)
    task = Task.objects.select_related("case__unit", "case__procedure_version", "position").latest("id")
    proposed = preview_of(task=task, data={}, at=run.at)
    assert proposed is not None
    assert "yang diisi oleh" in str(proposed["blocks"])
    assert proposed["title"][0] == f"LAPORAN HASIL {run.instrument.title.upper()}"
    assert run.instrument.title == run.case.procedure_version.title
    run.until(6)

    for step_no in (3, 4, 5):
        version = render_version(version=paper_of(run.case, step_no), at=run.at)
        assert version.pdf is not None
        assert version.docx is not None
