"""The five source documents, against the close reading of them: numbers, minutes, words and defects."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from runtut.procedures.importing import ReadSop, parse

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not here")

TRUTH = json.loads(Path(__file__).with_name("seeds.json").read_text())
"""Per SOP: file, minutes, words of each activity in order, lengths of lists, and words of each doubt due."""


@cache
def documents(prefix: str) -> tuple[ReadSop, ...]:
    path = next(SEEDS.glob(f"{prefix}_*.txt"))
    return parse(path.name, path.read_bytes()).sops


def sop(key: str) -> ReadSop:
    return documents(TRUTH[key]["file"])[TRUTH[key]["index"]]


def test_all_seven_are_found() -> None:
    assert [len(documents(prefix)) for prefix in ("000", "001", "002", "003", "004")] == [1, 2, 1, 2, 1]


@pytest.mark.parametrize("key", TRUTH)
def test_steps_have_number_and_minutes(key: str) -> None:
    found = sop(key)
    assert [step.no for step in found.steps] == list(range(1, len(TRUTH[key]["minutes"]) + 1))
    assert [step.time.minutes for step in found.steps] == TRUTH[key]["minutes"]
    assert found.minutes == TRUTH[key]["sum"]


@pytest.mark.parametrize("key", TRUTH)
def test_activities_hold_their_words_in_order(key: str) -> None:
    for step, words in zip(sop(key).steps, TRUTH[key]["words"], strict=True):
        text, at = step.activity.casefold(), 0
        for word in words.split():
            assert word in text[at:], f"{key} {step.no}: {word} not in {step.activity}"
            at = text.index(word, at)


@pytest.mark.parametrize("key", TRUTH)
def test_identity_lists_are_complete(key: str) -> None:
    assert {name: len(entries) for name, entries in sop(key).lists.items()} == TRUTH[key]["lists"]


@pytest.mark.parametrize("key", TRUTH)
def test_every_known_defect_is_a_doubt(key: str) -> None:
    doubts = "\n".join(doubt.why for doubt in sop(key).doubts)
    assert [words for words in TRUTH[key]["defects"] if words not in doubts] == []


def test_identity_is_read() -> None:
    assert sop("S2").number == "PK. KEC. KBS / 010 / I / 2024"
    assert sop("S2").dates == {"created": "2024-01-09", "revised": "", "effective": ""}
    assert sop("S1").dates["effective"] == "2021-12"
    assert sop("S4").dates["effective"] == "2024-01-22"
    assert sop("S7").number == "061.1/366"
    assert [len(sop(key).approver.nip) for key in ("S1", "S2", "S3", "S4", "S7")] == [18] * 5
    assert sop("S1").approver.position.casefold().startswith("camat")
    assert sop("S7").approver.rank == "Pembina Utama Muda"


@pytest.mark.parametrize("key", TRUTH)
def test_performer_columns_are_named(key: str) -> None:
    columns = {"S1": 6, "S2": 4, "S3": 4, "S4": 4, "S7": 4}
    if key in columns:
        assert len(sop(key).performers) == columns[key]
    else:
        assert {"staf", "camat"} <= {name.casefold() for name in sop(key).performers}


def test_returns_and_calls_in_words_are_followed() -> None:
    assert [step.return_to for step in sop("S2").steps] == [[]] * 5 + [[5], [6]] + [[]] * 2
    assert sop("S4").steps[5].return_to == [5]
    assert sop("S7").steps[4].calls == "Pelaksanaan Rapat"


def test_no_word_of_a_source_is_lost() -> None:
    """Every word of a document is in a field, in a doubt or in the list of what was not read."""
    for prefix in ("000", "001", "002", "004"):
        path = next(SEEDS.glob(f"{prefix}_*.txt"))
        found = parse(path.name, path.read_bytes())
        held = _words(repr(found.sops)) | _words(repr(found.unread))
        missing = _words(path.read_text()) - held - TAGS
        assert missing <= FURNITURE, f"{prefix}: {sorted(missing - FURNITURE)}"


TAGS = {"p", "ul", "ol", "li", "b", "style", "list", "type", "none", "text", "align", "center"}
FURNITURE = {"awal", "akhir"} | {
    "nip",
    "tanggal",
    "revisi",
    "efektif",
    "pembuatan",
    "oleh",
    "disahkan",
    "dasar",
    "hukum",
    "keterkaitan",
    "kualifikasi",
    "pelaksana",
    "peralatan",
    "perlengkapan",
    "pencatatan",
    "pendataan",
    "mutu",
    "baku",
    "waktu",
    "output",
    "ouput",
    "ket",
    "keterangan",
    "aktivitas",
    "aktifitas",
    "uraian",
    "unit",
    "persyaratan",
    "kelengkapan",
    "no",
    "standar",
    "operasional",
    "jalan",
    "raya",
    "sarana",
    "prasarana",
    "desember",
    "januari",
    "judul",
    "nama",
    "peringatan",
    "prosedur",
    "menit",
    "dan",
}


def _words(text: str) -> set[str]:
    return {
        word
        for word in "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
        if len(word) > 1
    }
