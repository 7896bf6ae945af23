"""The lembar kerja identifikasi kegiatan: every row of the flowchart, once, in its phase."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from runtut.documents.rendering import check_content, render_pdf
from runtut.organisations.actions import load_demo
from runtut.procedures.actions import load_demo_procedures
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import worksheet_of
from runtut.procedures.rendering import WorksheetFacts, compose_worksheet

AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def facts(*steps: str) -> WorksheetFacts:
    return WorksheetFacts(
        title="Pengukuran",
        sop_number="1/2026",
        version="versi 1",
        product_by="Kepala Dinas",
        activity_by="Sekretaris",
        scope="Dinas",
        steps=steps,
        letterhead={},
        is_draft=False,
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("A",), [["Langkah awal", "1", "A"]]),
        (("A", "B"), [["Langkah awal", "1", "A"], ["Langkah akhir", "2", "B"]]),
        (
            ("A", "B", "C", "D"),
            [
                ["Langkah awal", "1", "A"],
                ["Langkah utama", "2", "B"],
                ["", "3", "C"],
                ["Langkah akhir", "4", "D"],
            ],
        ),
    ],
)
def test_steps_stand_in_their_phase(steps: tuple[str, ...], expected: list[list[str]]) -> None:
    content = check_content(compose_worksheet(facts(*steps)))

    tables = [block["rows"] for block in content["blocks"] if block["type"] == "table"]
    assert [[str(cell) for cell in row] for row in tables[0]] == expected


@pytest.mark.django_db
def test_the_worksheet_of_s7_has_the_rows_of_its_flowchart(settings: Settings) -> None:
    settings.DEMO = True
    load_demo(at=AT)
    load_demo_procedures(at=AT)
    version = ProcedureVersion.objects.get(title="Pengukuran Kinerja")

    pdf = render_pdf(worksheet_of(version), at=AT)

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    said = " ".join(text.split())
    for step in version.steps.order_by("no"):
        assert f"{step.no} {step.activity}" in said
    assert "Penanggung jawab kegiatan : Sekretaris Tim SAKIP" in said
    assert "KONSEP" not in said
