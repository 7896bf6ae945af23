"""The paragraphs that the yearly evaluation proposes: nothing is said of a comparison that was not made."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from runtut.performance.rendering.ekt import (
    EktFacts,
    EktLine,
    EktObjective,
    default_ekt_closing,
    default_ekt_intro,
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
    known = {"office": "Kecamatan Sukamaju", "year": 2025}
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

    assert default_ekt_closing(facts(*lines)).startswith(f"{said} Tindak lanjut")


def test_opening_names_last_year_only_where_it_has_figures() -> None:
    assert "realisasi tahun 2024" in default_ekt_intro(facts(line("A", **SAME)))
    assert "2024" not in default_ekt_intro(facts(line("A")))
