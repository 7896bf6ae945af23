"""The official form of the library's SOPs read back, as Word document and as PDF."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from tests.procedures.forms import facts_of

from runtut.procedures.graph import graph_of_document
from runtut.procedures.importing import ReadSop, parse
from runtut.procedures.importing.words import key as key_of
from runtut.procedures.rendering.paper import SHEETS, Flowchart, form_docx, form_pdf

pytestmark = pytest.mark.slow

KEYS = tuple(f"s{number}" for number in range(1, 8))
FORMS: dict[str, Callable[..., bytes]] = {"docx": form_docx, "pdf": form_pdf}
AT = datetime(2026, 3, 2, tzinfo=UTC)
DRAWN = {
    "s2": {6: [5], 7: [6]},
    "s3": {6: [5], 7: [6]},
    "s4": {6: [5]},
    "s5": {5: [4], 6: [5], 10: [9], 11: [10], 12: [11]},
    "s6": {5: [4], 6: [5], 10: [9], 11: [10], 12: [11]},
    "s7": {9: [7], 11: [9]},
}
"""The arrows that lead back as the form draws them: one a decision, over pages too."""


@cache
def read(key: str, form: str, *, noted: bool = True) -> ReadSop:
    facts = facts_of(key)
    document = deepcopy(dict(facts.charts[0].document))
    if not noted:
        for step in document["steps"]:
            step["note"] = ""
    chart = Flowchart(document["title"], graph_of_document(document), document)
    content = FORMS[form]([replace(facts, charts=(chart,))], SHEETS["f4"], at=AT, logo=b"")
    (sop,) = parse(f"sop.{form}", content).sops
    return sop


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("key", KEYS)
def test_steps_performers_and_symbols_come_back(key: str, form: str) -> None:
    document, sop = facts_of(key).charts[0].document, read(key, form)
    due = document["steps"]
    assert key_of(sop.title) == key_of(document["title"])
    assert [step.activity for step in sop.steps] == [step["activity"] for step in due]
    assert [step.time.minutes for step in sop.steps] == [step["time"]["minutes"] for step in due]
    assert [step.kind for step in sop.steps] == [step["kind"] for step in due]
    assert [{who.name for who in step.performers} for step in sop.steps] == [
        {who["name"] for who in step["performers"]} for step in due
    ]
    assert {who.confidence for step in sop.steps for who in step.performers} == {"high"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("key", DRAWN)
def test_returns_are_read_from_the_arrows_alone(key: str, form: str) -> None:
    found = [step for step in read(key, form, noted=False).steps if step.return_to]
    assert {step.no: step.return_to for step in found} == DRAWN[key]
    assert {step.return_confidence for step in found} == {"medium"}
    assert {f"steps[{step.no}].return_to" for step in found} <= {
        doubt.field for doubt in read(key, form, noted=False).doubts
    }
