"""Real documents of other offices, against a reading of their pages by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from runtut.procedures.importing import ReadSop, parse
from runtut.procedures.importing.words import key, likeness

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
DRAWN = ("02", "05", "06")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents are not here")


@cache
def read(prefix: str) -> ReadSop:
    path = next(CORPUS.glob(f"{prefix}-*.pdf"))
    found = parse(path.name, path.read_bytes()).sops
    assert len(found) == 1
    return found[0]


@cache
def truth(prefix: str) -> dict[str, Any]:
    return json.loads(next(CORPUS.glob(f"{prefix}-*.json")).read_text())


@pytest.mark.parametrize("prefix", DRAWN)
def test_title_number_and_steps_are_right(prefix: str) -> None:
    sop, wanted = read(prefix), truth(prefix)
    assert key(sop.title) == key(wanted["title"])
    assert sop.number == wanted["number"]
    assert [step.no for step in sop.steps] == [step["no"] for step in wanted["steps"]]
    assert sop.dates["created"] == wanted["dates"]["created"]
    assert sop.approver.nip == wanted["approver"]["nip"]


@pytest.mark.parametrize("prefix", DRAWN)
def test_identity_lists_are_right(prefix: str) -> None:
    sop, wanted = read(prefix), truth(prefix)
    names = ("legal_basis", "qualifications", "equipment", "warnings")
    assert [len(sop.lists[name]) for name in names] == [len(wanted[name]) for name in names]


@pytest.mark.parametrize("prefix", DRAWN)
def test_activities_and_minutes_are_right(prefix: str) -> None:
    pairs = list(zip(read(prefix).steps, truth(prefix)["steps"], strict=True))
    same = [likeness(step.activity, wanted["activity"]) == 1 for step, wanted in pairs]
    minutes = [step.time.minutes == wanted["duration_minutes"] for step, wanted in pairs]
    assert sum(same) >= 0.95 * len(same)
    assert sum(minutes) >= 0.95 * len(minutes)


def test_executors_are_read_from_the_vector_flowchart() -> None:
    """Every pair of a step and an executor that is right, against all that are read or due."""
    read_pairs, due_pairs = set(), set()
    for prefix in DRAWN:
        read_pairs |= {
            (prefix, step.no, key(who.name)) for step in read(prefix).steps for who in step.performers
        }
        due_pairs |= {
            (prefix, step["no"], key(name)) for step in truth(prefix)["steps"] for name in step["executors"]
        }
    assert len(read_pairs & due_pairs) >= 0.9 * len(due_pairs)
    assert len(read_pairs & due_pairs) >= 0.9 * len(read_pairs)


def test_returns_are_read_from_the_arrows_of_the_vector_flowchart() -> None:
    read_pairs = {
        (prefix, step.no, no) for prefix in DRAWN for step in read(prefix).steps for no in step.return_to
    }
    due_pairs = {
        (prefix, loop["from_step"], loop["to_step"])
        for prefix in DRAWN
        for loop in truth(prefix)["return_loops"]
    }
    assert read_pairs == due_pairs
