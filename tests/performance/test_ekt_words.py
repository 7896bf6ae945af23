"""The paragraphs that the yearly evaluation proposes: nothing is said of a comparison that was not made."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from runtut.documents.formulas.sheets import SheetText
from runtut.documents.queries import shipped_template
from runtut.performance.rendering.ekt import (
    EktDrafted,
    EktFacts,
    EktLine,
    EktObjective,
    compose_ekt,
    ekt_wording,
)

SAME = {"change": "tetap: 5 − 5 = 0"}
WORSE = {"change": "turun: 4 − 5 = -1", "judgement": "memburuk"}
ALONE: dict[str, str] = {}


def line(name: str, **known: str) -> EktLine:
    blank: dict[str, Any] = {one.name: "" for one in fields(EktLine)}
    return replace(EktLine(**blank), name=name, **known)


def facts(*lines: EktLine) -> EktFacts:
    objective: dict[str, Any] = {one.name: "" for one in fields(EktObjective)}
    blank: dict[str, Any] = {one.name: "" for one in fields(EktFacts)}
    shipped = shipped_template("ekt")
    sheet = SheetText(shipped.title, shipped.text)
    known = {"office": "Kecamatan Sukamaju", "year": 2025, "letterhead": {}, "sheet": sheet}
    return EktFacts(**blank | known | {"objectives": (EktObjective(**objective | {"lines": lines}),)})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((ALONE, ALONE), "Realisasi tahun 2024 tidak tercatat, jadi perubahan dari tahun itu tidak dinilai."),
        ((SAME, SAME), "Tidak ada indikator yang memburuk dibanding tahun sebelumnya."),
        (
            (SAME, ALONE),
            "Dari 1 indikator yang ada pembandingnya, tidak ada yang memburuk dibanding tahun sebelumnya.",
        ),
        ((SAME, WORSE), "Indikator yang memburuk dibanding tahun sebelumnya: B."),
    ],
)
def test_closing_says_what_was_compared(given: tuple[dict[str, str], ...], said: str) -> None:
    lines = [line(name, **known) for name, known in zip("AB", given, strict=True)]

    assert ekt_wording(facts(*lines)).closing.startswith(f"{said} Tindak lanjut")


def test_the_office_words_the_report() -> None:
    sheet = SheetText("EVALUASI {{tahun}}", "Terhadap {{pembanding}}.\n{{isi}}\nTamat. {{simpulan}}")
    known = replace(facts(line("A", **SAME)), sheet=sheet)

    made = ekt_wording(known)

    assert made.opening == "Terhadap target tahunan, realisasi tahun 2024, dan target Renstra."
    assert made.closing.startswith("Tamat. Tidak ada indikator yang memburuk")
    assert compose_ekt(known, EktDrafted("A", "B"))["title"] == ["EVALUASI 2025"]


def test_opening_names_last_year_only_where_it_has_figures() -> None:
    assert "realisasi tahun 2024" in ekt_wording(facts(line("A", **SAME))).opening
    assert "2024" not in ekt_wording(facts(line("A"))).opening
