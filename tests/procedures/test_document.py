from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

import runtut.procedures
from runtut.procedures.graph import DocumentInvalid, graph_of_document, read_document

SOURCE = json.loads(
    (Path(runtut.procedures.__file__).parent / "data" / "library" / "s2.json").read_text(encoding="utf-8")
)


def changed(*path: object, value: object) -> dict:
    data = copy.deepcopy(SOURCE)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


def test_read_document_sound():
    assert read_document(SOURCE) == SOURCE


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("format",), "runtut-sop/9", "format: harus runtut-sop/1"),
        (("title",), None, "title: harus teks"),
        (("notes",), "satu", "notes: harus daftar teks"),
        (("dates",), {"created": ""}, "dates: harus memuat created, revised, effective"),
        (("dates", "created"), 2024, "dates: harus teks, boleh kosong"),
        (("roles",), [], "roles: harus objek nama pelaksana ke peran"),
        (("roles", "Camat"), "raja", "roles.Camat: peran tidak dikenal"),
        (("steps",), {}, "steps: harus daftar"),
        (("steps", 0), "satu", "steps[0].harus objek"),
        (("steps", 0, "no"), "1", "steps[0].no: harus bilangan bulat"),
        (("steps", 1, "activity"), 5, "steps[1].activity: harus teks"),
        (("steps", 1, "outputs"), "surat", "steps[1].outputs: harus daftar teks"),
        (("steps", 6, "return_to"), ["5"], "steps[6].return_to: harus daftar nomor langkah"),
        (("steps", 6, "performers"), {}, "steps[6].performers: harus daftar objek"),
        (
            ("steps", 6, "performers", 0, "name"),
            "Bupati",
            "steps[6].performers: nama tidak ada di daftar pelaksana",
        ),
        (("steps", 0, "time"), "5 menit", "steps[0].time: harus memuat text, value, unit, minutes"),
        (("steps", 0, "time", "value"), "5", "steps[0].time: value dan minutes harus angka"),
        (
            ("steps", 0, "time", "low"),
            99,
            "steps[0].time: low dan high harus angka, low di bawah high, high sama dengan value",
        ),
        (("steps", 0, "time", "minutes"), 6, "steps[0].time: minutes tidak sama dengan value dan unit"),
    ],
)
def test_read_document_names_the_problem(path, value, problem):
    with pytest.raises(DocumentInvalid) as refused:
        read_document(changed(*path, value=value))
    assert refused.value.problems == [problem]


@pytest.mark.parametrize(
    ("path", "value"),
    [(("steps", 0, "kind"), "circle"), (("steps", 0, "performers", 0, "mode"), "all")],
)
def test_read_document_unknown_choice(path, value):
    with pytest.raises(DocumentInvalid, match="harus salah satu dari"):
        read_document(changed(*path, value=value))


def test_graph_of_document_keeps_columns_in_form_order():
    graph = graph_of_document(SOURCE)
    assert [(column.id, column.name) for column in graph.columns] == list(
        enumerate(SOURCE["performers"], start=1)
    )
    assert graph.step(4).mode == "each"
    assert [column.role for column in graph.columns if column.id in graph.step(4).actors] == ["kasi"]
