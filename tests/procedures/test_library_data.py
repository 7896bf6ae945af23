"""The library as data: the seven seeds step by step, without a database."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import runtut.procedures
from runtut.procedures.enums import Work
from runtut.procedures.graph import graph_of_document, has_empty_segment, lint, read_document

FOLDER = Path(runtut.procedures.__file__).parent / "data" / "library"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ROWS = [
    ("S1", 8, 5430, "000_f7e04dab8a7fa696.txt"),
    ("S2", 9, 6760, "001_fdfcac648b470b66.txt"),
    ("S3", 8, 6310, "001_fdfcac648b470b66.txt"),
    ("S4", 9, 2740, "002_33319316589e7dc8.txt"),
    ("S5", 13, 3115, "003_9b2ebff0e60484ce.txt"),
    ("S6", 13, 3095, "003_9b2ebff0e60484ce.txt"),
    ("S7", 14, 795, "004_c72d5443e8427b78.txt"),
]
KEYS = [row[0] for row in ROWS]


def entry(key: str) -> dict:
    return json.loads((FOLDER / f"{key.lower()}.json").read_text(encoding="utf-8"))


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


@pytest.mark.parametrize(("key", "steps", "minutes", "_source"), ROWS)
def test_seed_steps_and_minutes(key, steps, minutes, _source):
    graph = graph_of_document(entry(key))
    assert [step.no for step in graph.steps] == list(range(1, steps + 1))
    assert graph.total_minutes == minutes


def test_library_marks_exactly_the_seven_as_seeds():
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    assert sorted(data["key"] for data in entries if data["seed"]) == KEYS
    assert [data["key"] for data in entries if not data["seed"]] == ["S-RAPAT"]


@pytest.mark.parametrize("key", [*KEYS, "S-RAPAT"])
def test_entry_is_valid_and_sound(key):
    data = read_document(entry(key))
    findings = lint(
        graph_of_document(data), title=data["title"], related=data["related_sops"], known_calls={"s-rapat"}
    )
    assert findings == []
    assert data["library_key"] == key.lower()


@pytest.mark.parametrize("key", KEYS)
def test_entry_names_no_official(key):
    assert set(entry(key)["approver"]) == {"position"}


@pytest.mark.parametrize("key", KEYS)
def test_entry_says_what_was_repaired_and_what_is_doubtful(key):
    kinds = {note.split(":")[0] for note in entry(key)["notes"]}
    assert kinds == {"Perbaikan", "Keraguan"}


@pytest.mark.parametrize(
    ("key", "returns"),
    [
        ("S1", {}),
        ("S2", {6: [5, 4], 7: [6, 5]}),
        ("S3", {6: [5], 7: [6, 5]}),
        ("S4", {6: [5]}),
        ("S5", {5: [4], 6: [5, 4], 10: [9], 11: [10], 12: [11]}),
        ("S6", {5: [4], 6: [5, 4], 10: [9], 11: [10], 12: [11]}),
        ("S7", {9: [7, 6], 11: [9]}),
    ],
)
def test_entry_return_targets(key, returns):
    steps = entry(key)["steps"]
    assert {step["no"]: step["return_to"] for step in steps if step["return_to"]} == returns


def test_measurement_sop_offers_the_performance_work():
    works = [(step["work"], step["topic"]) for step in entry("S2")["steps"]]
    assert works == [
        (Work.DISPOSISI, ""),
        (Work.DISPOSISI, ""),
        (Work.COLLECT, "measurement_form"),
        (Work.COLLECT, "realisation"),
        (Work.PREPARE, "measurement"),
        (Work.REVIEW, ""),
        (Work.SIGN, ""),
        (Work.RECORD, "realisation"),
        (Work.ARCHIVE, ""),
    ]


def test_meeting_takes_the_time_of_the_step_that_calls_it():
    calling = entry("S7")["steps"][4]
    assert calling["calls"] == "s-rapat"
    assert graph_of_document(entry("S-RAPAT")).total_minutes == calling["time"]["minutes"]


@pytest.mark.parametrize(("key", "empty"), [("S1", True), ("S2", False), ("S4", True), ("S7", False)])
def test_source_number_with_an_empty_segment_is_kept_as_found(key, empty):
    assert has_empty_segment(entry(key)["number"]) is empty


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts are not beside the repository")
@pytest.mark.parametrize(("key", "_steps", "_minutes", "source"), ROWS)
def test_entry_agrees_with_the_seed_text(key, _steps, _minutes, source):
    data = entry(key)
    text = letters((SEEDS / source).read_text(encoding="utf-8"))
    assert letters(data["title"]) in text
    assert letters(data["number"]) in text
    times = [letters(step["time"]["text"]) for step in data["steps"]]
    if key == "S7":
        times = [time.removesuffix("menit") for time in times]
    scanned = {"5menit"} if key == "S6" else set()
    assert [time for time in times if time not in text and time not in scanned] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts are not beside the repository")
@pytest.mark.parametrize(
    ("key", "source", "after"),
    [
        ("S1", "000_f7e04dab8a7fa696.txt", ""),
        ("S2", "001_fdfcac648b470b66.txt", "SOP PELAKSANAAN PENGUKURAN"),
        ("S3", "001_fdfcac648b470b66.txt", "SOP PELAKSANAAN PENGUMPULAN"),
        ("S4", "002_33319316589e7dc8.txt", ""),
    ],
)
def test_entry_times_follow_the_seed_rows(key, source, after):
    text = (SEEDS / source).read_text(encoding="utf-8")
    text = text[text.index(after) :]
    rows = re.findall(r"^(\d{1,2})\t\D.*?\t(\d+ (?:menit|jam|hari))\t", text, re.MULTILINE | re.IGNORECASE)
    data = entry(key)["steps"]
    expected = [(str(step["no"]), step["time"]["text"]) for step in data]
    assert [(no, time.lower()) for no, time in rows][: len(data)] == expected
