"""Two texts of an SOP compared step by step."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from runtut.procedures.graph import compare_documents
from runtut.procedures.queries import library_entry


def texts(**changes):
    older = library_entry("s2")
    newer = copy.deepcopy(older)
    newer.update(changes)
    return older, newer


def renumbered(steps):
    return [{**step, "no": no} for no, step in enumerate(steps, start=1)]


def test_same_text_has_no_changes():
    found = compare_documents(*texts())
    assert found.count == 0
    assert found.step_map == {no: no for no in range(1, 10)}


def test_field_of_a_step():
    older, newer = texts()
    newer["steps"][4]["time"] = {"text": "4 hari", "value": 4, "unit": "hari", "minutes": 1800}
    found = compare_documents(older, newer)
    changed = [pair for pair in found.steps if pair.is_changed]
    assert [(pair.heading, [one.sentence for one in pair.changes]) for pair in changed] == [
        ("Langkah 5", ["waktu: “5 hari” menjadi “4 hari”"])
    ]
    assert found.minutes == (6760, 6310)


def test_removed_step_moves_those_after_it_and_their_targets():
    older, newer = texts()
    newer["steps"] = renumbered([step for step in newer["steps"] if step["no"] != 3])
    for step in newer["steps"]:
        step["return_to"] = [no - 1 for no in step["return_to"]]
    found = compare_documents(older, newer)
    assert found.step_map == {1: 1, 2: 2, 3: None, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8}
    assert [pair.heading for pair in found.steps if pair.is_changed] == ["Langkah 3 dihapus"]
    assert "Langkah 3, sebelumnya 4" in [pair.heading for pair in found.steps]


def test_added_step():
    older, newer = texts()
    extra = {
        **newer["steps"][0],
        "activity": "Mengunggah laporan ke laman kantor",
        "outputs": ["Tautan"],
        "label": "Unggah",
        "kind": "process",
    }
    newer["steps"] = renumbered([*newer["steps"][:2], extra, *newer["steps"][2:]])
    for step in newer["steps"]:
        step["return_to"] = [no + 1 for no in step["return_to"]]
    changed = [pair for pair in compare_documents(older, newer).steps if pair.is_changed]
    assert [pair.heading for pair in changed] == ["Langkah 3 ditambahkan"]


def test_lists_of_the_identity_page():
    older, newer = texts(legal_basis=["UU 1"], title="Nama lain")
    older["legal_basis"] = ["UU 1", "UU 2"]
    sentences = [one.sentence for one in compare_documents(older, newer).identity]
    assert sentences == [
        "Nama SOP: “Pengukuran Data Kinerja” menjadi “Nama lain”",
        "Dasar hukum: dihapus “UU 2”",
    ]


@given(st.permutations(range(9)), st.sets(st.integers(0, 8), max_size=4))
def test_every_step_stands_once_however_they_are_shuffled(order, gone):
    older, newer = texts()
    newer["steps"] = renumbered([newer["steps"][index] for index in order if index not in gone])
    found = compare_documents(older, newer)
    assert sorted(pair.older["no"] for pair in found.steps if pair.older) == list(range(1, 10))
    assert [pair.newer["no"] for pair in found.steps if pair.newer] == list(range(1, 10 - len(gone)))
    assert sum(pair.is_removed for pair in found.steps) == len(gone)


def test_word_for_taking_part_stands_once_before_those_who_do():
    older, newer = texts()
    joint = [{"name": name, "mode": "joint", "confidence": "high"} for name in ("Sekcam", "Kasi")]
    newer["steps"][0]["performers"] += joint
    (change,) = [one for pair in compare_documents(older, newer).steps for one in pair.changes]
    assert change.after == "Camat, bersama Sekcam, Kasi"


def test_performer_who_only_takes_part_is_told_from_one_who_acts():
    older, newer = texts()
    names = older["performers"][:3]
    parts = [
        {"name": name, "mode": mode} for name, mode in zip(names, ("main", "joint", "main"), strict=True)
    ]
    older["steps"][4]["performers"] = parts
    newer["steps"][4]["performers"] = [*parts[:2], {**parts[2], "mode": "joint"}]

    (change,) = compare_documents(older, newer).steps[4].changes

    assert change.before == f"{names[0]}, {names[2]}, bersama {names[1]}"
    assert change.after == f"{names[0]}, bersama {names[1]}, {names[2]}"
