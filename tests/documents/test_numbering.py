from __future__ import annotations

import pytest

from runtut.documents.errors import SegmentMissing, TemplateRefused
from runtut.documents.formulas.numbering import check_template, is_legacy_code, number_text

SEGMENTS = {
    "klasifikasi": "000.8.6.3",
    "urut": "12",
    "unit": "KEC.SKM",
    "bulan_romawi": "XI",
    "tahun": "2026",
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{klasifikasi}/{urut}/{unit}/{tahun}", "000.8.6.3/12/KEC.SKM/2026"),
        ("{urut}/{bulan_romawi}/{tahun}", "12/XI/2026"),
        ("{urut}", "12"),
        ("PK.{unit}/{urut}", "PK.KEC.SKM/12"),
    ],
)
def test_number_text(template: str, text: str) -> None:
    check_template(template)

    assert number_text(template, SEGMENTS) == text


@pytest.mark.parametrize("empty", ["klasifikasi", "unit"])
def test_number_text_has_no_empty_segment(empty: str) -> None:
    with pytest.raises(SegmentMissing):
        number_text("{klasifikasi}/{urut}/{unit}/{tahun}", SEGMENTS | {empty: " "})


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{tahun}",
        "{urut}//{tahun}",
        "/{urut}",
        "{urut}/",
        "{urut}/{nama}",
        "{urut!r}",
        "{urut:>9}",
        "{urut",
        "{urut}/{}",
        "{urut.__class__}",
        "{urut}<b>",
    ],
)
def test_check_template_refuses(template: str) -> None:
    with pytest.raises(TemplateRefused):
        check_template(template)


@pytest.mark.parametrize(
    ("code", "legacy"),
    [("067", True), ("061.1", True), ("060", True), ("000.8.3.3", False), ("100", False), ("900.1", False)],
)
def test_is_legacy_code(code: str, legacy: bool) -> None:
    assert is_legacy_code(code) is legacy
