"""Every rule fires on its fault and is silent without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.procedures.graphs import chain, graphs, node, small

from runtut.procedures.graph import Column, Graph, Place, Severity, blocking, has_empty_segment, lint
from runtut.procedures.graph.lint import RULES, Law, LawTable
from runtut.procedures.queries import law_table

TABLE = LawTable(
    (
        Law("UU", "25", 2004, "Sistem Perencanaan Pembangunan Nasional", "2004-10-05"),
        Law("UU", "32", 2004, "Pemerintahan Daerah", replaced_by="UU 23/2014"),
        Law("UU", "23", 2014, "Pemerintahan Daerah", "2014-09-30"),
        Law("PermenPANRB", "12", 2015, "Pedoman Evaluasi Akuntabilitas", replaced_by="PermenPANRB 88/2021"),
    )
)


def codes(graph: Graph, **context: object) -> list[str]:
    return [finding.code for finding in lint(graph, **context)]


def test_sound_graph_has_no_findings():
    assert codes(small(), number="1/2", effective="2026-01-01", registry=(), laws=TABLE) == []


def test_without_steps():
    assert codes(Graph(steps=())) == ["no_steps"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"activity": " "}, [("activity_missing", "activity")]),
        ({"activity": "Pelaksana 2 menghimpun data"}, [("subject_in_activity", "activity")]),
        (
            {"activity": "Kabid menghimpun data"},
            [("subject_in_activity", "activity"), ("performer_named_without_column", "performers")],
        ),
        ({"activity": "Berkas diperiksa"}, [("verb_missing", "activity")]),
        (
            {"activity": "Mengirim data ke Kasubbid Data"},
            [("performer_named_without_column", "performers")],
        ),
        ({"minutes": 0}, [("time_missing", "time")]),
        ({"actors": (), "joint": (2,)}, [("no_actor", "performers")]),
        ({"joint": (5,)}, [("performer_without_column", "performers")]),
        ({"kind": "decision"}, [("decision_without_return", "return_to")]),
        ({"kind": "decision", "return_to": (2,)}, [("return_not_earlier", "return_to")]),
        ({"kind": "decision", "return_to": (3,)}, [("return_not_earlier", "return_to")]),
        ({"return_to": (1,)}, [("return_without_decision", "return_to")]),
        ({"kind": "start"}, [("end_in_between", "kind")]),
        ({"outputs": ()}, [("no_output", "outputs")]),
        ({"requirements": ("Surat dari luar",)}, [("input_gap", "requirements")]),
        (
            {"requirements": ("Hasil 1",), "outputs": (" hasil  1",)},
            [("same_input_and_output", "outputs")],
        ),
    ],
)
def test_fault_of_a_step_is_named_with_its_field(changes, found):
    own = [one for one in lint(small(**changes)) if one.step_no == 2]
    assert [(one.code, one.place) for one in own] == [(code, Place(field, 2)) for code, field in found]


@pytest.mark.parametrize(
    ("note", "targets", "found"),
    [
        ("Tidak: kembali ke langkah 3", (1,), [3]),
        ("Bila kurang dikembalikan ke langkah 3, atau 2 bila datanya salah", (3,), [2]),
        ("kembali ke no. 1 dan 2", (1,), [2]),
        ("Kembali ke langkah 2", (2,), []),
        ("Kembali ke langkah 4", (2,), []),
        ("Diserahkan kembali dalam 2 hari", (2,), []),
    ],
)
def test_return_that_only_the_note_knows_is_named(note, targets, found):
    decision = node(4, kind="decision", return_to=targets, note=note)
    steps = chain(node(1, kind="start"), node(2), node(3), decision, node(5, kind="end"))
    said = [one.sentence for one in lint(steps) if one.code == "return_not_drawn"]
    assert said == [
        f"Keterangan langkah 4 menyebut kembali ke langkah {no}, bukan tujuan kembalinya." for no in found
    ]


@pytest.mark.parametrize(
    ("note", "targets", "found"),
    [
        ("", (3,), []),
        ("Tidak: kembali ke langkah 3", (3, 2, 1), ["2 dan 1"]),
        ("Tidak: kembali ke langkah 3 atau 2", (3, 2), []),
    ],
)
def test_return_that_neither_arrow_nor_note_tells_is_named(note, targets, found):
    decision = node(4, kind="decision", return_to=targets, note=note)
    steps = chain(node(1, kind="start"), node(2), node(3), decision, node(5, kind="end"))
    said = [one.sentence for one in lint(steps) if one.code == "return_not_told"]
    assert said == [
        f"Langkah 4 dapat juga dikembalikan ke langkah {others}; tulis di keterangannya." for others in found
    ]


def test_called_sop_is_named_by_its_title():
    called = small(calls="SOP Rapat Akbar", note="Tidak: kembali ke langkah 1")
    said = [one.sentence for one in lint(called, known_calls={"s1"}) if one.code == "unknown_call"]
    assert said == ["Langkah 2 memanggil SOP yang belum ada di kantor ini: SOP Rapat Akbar."]


@pytest.mark.parametrize(
    "activity",
    [
        "Memeriksa laporan Camat",
        "Menelaah surat Bupati",
        "Berkoordinasi dengan Pelaksana 1",
        "Melaksanakan rapat",
        "Menerima surat dari luar",
    ],
)
def test_active_verb_and_mere_mention_are_left_alone(activity):
    assert codes(small(activity=activity)) == []


@pytest.mark.parametrize("column", ["Kepala Subbidang Data", "Kasubbid", "Kasubid Data dan Informasi"])
def test_position_with_a_column_under_another_spelling_is_known(column):
    graph = small(activity="Mengirim data ke Kasubbid")
    named = Graph(steps=graph.steps, columns=(Column(1, column), Column(2, "Pengelola")))
    assert "performer_named_without_column" not in codes(named)
    assert "performer_named_without_column" in codes(graph)


def test_duplicate_number():
    graph = chain(node(1, kind="start"), node(1, actors=(2,)), node(2, kind="end"))
    assert codes(graph)[0] == "duplicate_number"


def test_missing_number():
    graph = chain(node(1, kind="start"), node(3, actors=(2,), requirements=("Hasil 1",), kind="end"))
    assert codes(graph) == ["missing_number"]


def test_unordered():
    graph = chain(node(2, kind="start"), node(1, actors=(2,), kind="end"))
    assert "unordered" in codes(graph)


def test_start_and_end_missing():
    assert codes(chain(node(1), node(2, actors=(2,)))) == ["start_missing", "end_missing"]


def test_column_without_activity():
    assert codes(small(actors=(1,))) == ["column_without_activity"]


@pytest.mark.parametrize("name", ["SOP Evaluasi  Kinerja", "evaluasi kinerja"])
def test_self_related(name):
    assert codes(small(), title="Evaluasi Kinerja", related=[name]) == ["self_related"]
    assert codes(small(), title="Evaluasi Kinerja", related=["SOP Evaluasi"]) == []


def test_related_is_asked_of_the_register_only_when_there_is_one():
    related = ["SOP Surat Masuk"]
    assert codes(small(), related=related) == []
    assert codes(small(), related=related, registry=["Surat Keluar"]) == ["related_unknown"]
    assert codes(small(), related=related, registry=["surat masuk"]) == []


def test_unknown_call_is_checked_only_with_a_register():
    graph = small(calls="s-rapat")
    assert codes(graph) == []
    assert codes(graph, known_calls={"s1"}) == ["unknown_call"]
    assert codes(graph, known_calls={"S-RAPAT"}) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [(None, []), ("", ["number_missing"]), ("067/21//JPR/2024", ["number_incomplete"]), ("1/A/2026", [])],
)
def test_number(number, expected):
    assert codes(small(), number=number) == expected


@pytest.mark.parametrize(
    ("effective", "expected"), [(None, []), (" ", ["effective_missing"]), ("2026-01", [])]
)
def test_effective_date(effective, expected):
    assert codes(small(), effective=effective) == expected


@pytest.mark.parametrize(
    ("line", "dates", "expected"),
    [
        ("UU Nomor 24 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional", {}, ["law_mismatch"]),
        (
            "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional;",
            {"created": "2024-01"},
            [],
        ),
        ("UU No. 25 Tahun 2004 tentang Jaminan Kesehatan", {}, ["law_mismatch"]),
        ("Peraturan Bupati Nomor 94 Tahun 2021 tentang Tata Kerja", {"created": "2021-01-18"}, []),
        ("Peraturan Bupati Nomor 94 Tahun 2022 tentang Tata Kerja", {"created": "2021-01-18"}, ["law_later"]),
        (
            "Peraturan Bupati Nomor 94 Tahun 2022 tentang Tata Kerja",
            {"created": "2021-01-18", "revised": "2022-05-01"},
            [],
        ),
        ("UU 23/2014 tentang Pemerintahan Daerah", {"created": "2014-09-29"}, ["law_later"]),
        ("UU 23/2014 tentang Pemerintahan Daerah", {"created": "2014-09-30"}, []),
        ("UU 32/2004 tentang Pemerintahan Daerah", {}, ["law_superseded"]),
        ("Peraturan Menteri PAN dan RB Nomor 12 Tahun 2015", {}, ["law_superseded"]),
        ("Peraturan Menteri PANRB Nomor 12 Tahun 2015", {"created": "2014"}, ["law_later", "law_superseded"]),
        ("Peraturan Daerah tentang susunan perangkat daerah setempat", {}, ["law_unnumbered"]),
        ("Peraturan Bupati/Wali Kota tentang kedudukan perangkat daerah", {}, ["law_unnumbered"]),
        ("Peraturan Bupati Nomor ... Tahun ... tentang tata kerja", {}, ["law_unnumbered"]),
        ("Undang-Undang Dasar Negara Republik Indonesia Tahun 1945", {}, []),
        ("Undang-Undang Dasar", {}, []),
        ("Dokumen pelaksanaan anggaran", {}, []),
    ],
)
def test_legal_basis(line, dates, expected):
    assert codes(small(), legal_basis=[line], laws=TABLE, **dates) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("dinas", ["law_other_office"]), ("kecamatan", []), ("kelurahan", []), ("", [])]
)
def test_law_about_another_kind_of_office_is_remarked_on(kind, expected):
    line = "Peraturan Pemerintah Nomor 17 Tahun 2018 tentang Kecamatan"
    found = lint(small(), legal_basis=[line], laws=law_table(), office="Dinsos", office_kind=kind)
    assert [one.code for one in found] == expected
    assert all("PP 17/2018" in one.sentence and "Dinsos" in one.sentence for one in found)


def test_law_later_by_number_in_its_title_is_not_read():
    line = "PP 6 Tahun 2010 tentang Pelaksanaan Undang-Undang Nomor 5 Tahun 2030"
    assert codes(small(), legal_basis=[line], created="2020") == []


def test_table_that_ships_is_consistent():
    table = law_table()
    names = [law.short for law in table.laws]
    successors = {law.replaced_by for law in table.laws if law.replaced_by}
    assert len(names) == len(set(names))
    assert successors <= set(names)
    assert all(
        codes(small(), legal_basis=[f"{law.short} tentang {law.about}"], laws=table)
        in ([], ["law_superseded"])
        for law in table.laws
    )


def test_every_rule_says_why_and_where_it_is_written():
    assert all(rule.reason.endswith(".") and rule.regulation for rule in RULES.values())


def test_most_serious_comes_first_and_only_errors_block():
    findings = lint(small(actors=(1,), minutes=0))
    assert [one.severity for one in findings] == [Severity.ERROR, Severity.WARNING]
    assert [one.code for one in blocking(findings)] == ["time_missing"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("010/KEC.SKM/2026", False),
        ("000.8.3.3/12/KEC.SKM/I/2026", False),
        ("067/21//JPR/2024", True),
        ("/SOP Subbag PK", True),
        ("010/", True),
        (" ", True),
    ],
)
def test_has_empty_segment(number, expected):
    assert has_empty_segment(number) is expected


def test_key_is_of_what_is_said():
    first, same, other = (lint(small(minutes=0))[0], lint(small(minutes=0))[0], lint(small(outputs=()))[0])
    assert first.key == same.key != other.key


@given(graphs())
def test_random_legal_graph_is_never_blocked(graph):
    assert blocking(lint(graph)) == []


@given(graphs(), st.data())
def test_a_step_without_time_is_found_wherever_it_is(graph, data):
    no = data.draw(st.sampled_from([step.no for step in graph.steps]))
    steps = tuple(replace(step, minutes=0) if step.no == no else step for step in graph.steps)
    found = lint(Graph(steps=steps, columns=graph.columns))
    assert [one.step_no for one in found if one.code == "time_missing"] == [no]


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=30), st.text(max_size=10))
def test_no_text_whatever_breaks_a_rule(lines, activity, date):
    found = lint(
        small(activity=activity),
        legal_basis=lines,
        related=lines,
        number=date,
        created=date,
        effective=date,
        registry=[],
        laws=TABLE,
    )
    assert {one.code for one in found} <= set(RULES)
