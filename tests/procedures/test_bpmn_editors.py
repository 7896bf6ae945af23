"""BPMN as other programs write it: what has a meaning in an SOP is taken over, the rest is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from runtut.procedures.graph import read_document
from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.parse import parse
from runtut.procedures.queries import library_entry
from runtut.procedures.rendering.bpmn import BpmnRefused, BpmnSop, read_bpmn, write_bpmn

OMG = "http://www.omg.org/spec/BPMN/20100524/MODEL"
FILES = Path(__file__).parent / "editors"
MODELER, BIZAGI, SIGNAVIO, VISIO = (
    (FILES / f"{name}.bpmn").read_text() for name in ("modeler", "bizagi", "signavio", "visio")
)


def read(content: str) -> list[BpmnSop]:
    found = read_bpmn(content.encode())
    for one in found:
        read_document(one.document)
    return found


def activities(sop: BpmnSop) -> list[str]:
    return [step["activity"] for step in sop.document["steps"]]


def step(sop: BpmnSop, no: int) -> dict[str, Any]:
    found: dict[str, Any] = sop.document["steps"][no - 1]
    return found


def who(sop: BpmnSop, no: int) -> list[str]:
    return [one["name"] for one in step(sop, no)["performers"]]


def test_tasks_of_every_kind_are_steps_in_their_lanes() -> None:
    (sop,) = read(MODELER)

    assert activities(sop) == [
        "Menerima surat", "Memeriksa kelengkapan", "Menghitung biaya", "Mengirim jawaban",
    ]  # fmt: skip
    assert [who(sop, no) for no in (1, 2, 3, 4)] == [["Petugas"], ["Kasi"], ["Kasi"], ["Petugas"]]
    assert sop.document["title"] == "Kecamatan"
    assert (step(sop, 2)["return_to"], step(sop, 2)["kind"]) == ([1], "decision")


def test_data_and_messages_are_what_a_step_needs_and_gives() -> None:
    (sop,) = read(MODELER)

    assert step(sop, 1)["requirements"] == ["Surat permohonan (dari Warga)"]
    assert (step(sop, 2)["requirements"], step(sop, 2)["outputs"]) == (
        ["Berkas permohonan"],
        ["Buku register"],
    )
    assert step(sop, 4)["outputs"] == ["Surat jawaban (untuk Warga)"]


def test_annotations_and_events_are_notes() -> None:
    (sop,) = read(MODELER)

    assert step(sop, 1)["note"] == "Dimulai oleh pesan “Surat datang”. Paling lambat pukul 14.00"
    assert step(sop, 4)["note"] == "Menunggu waktu “3 hari kerja”"
    assert sop.document["notes"] == ["Disepakati dalam rapat"]


def test_what_has_no_place_in_an_sop_is_named() -> None:
    (sop,) = read(MODELER)

    assert sorted(sop.unread) == [
        "Data “Arsip lama”",
        "Kelompok “Tahap pertama”",
        "Peristiwa “Lewat waktu” di tepi “Menghitung biaya” menuju “Menegur petugas”",
        "Pesan dari “Warga” ke “Kecamatan”",
    ]


def test_branch_that_ends_early_is_named_and_the_longer_one_taken() -> None:
    (sop,) = read(BIZAGI)

    assert sop.document["title"] == "Permintaan cuti"
    assert activities(sop) == ["Mengajukan cuti", "Menimbang cuti", "Menetapkan cuti"]
    assert (step(sop, 2)["requirements"], step(sop, 3)["outputs"]) == (["Formulir cuti"], ["Surat izin cuti"])
    assert sop.unread == (
        "Pengulangan pada “Mengajukan cuti”",
        "Cabang “Tidak” dari “Disetujui?” ke “Ditolak”",
    )


def test_every_pool_is_an_sop_and_without_lanes_its_performer() -> None:
    first, second = read(SIGNAVIO)

    assert [first.document["title"], second.document["title"]] == ["Sekretariat", "Pembayaran"]
    assert [first.document["performers"], second.document["performers"]] == [["Sekretariat"], ["Bendahara"]]
    assert step(first, 3)["outputs"] == ["Kuitansi (untuk Membayar)"]
    assert step(second, 1)["requirements"] == ["Kuitansi (dari Menelaah laporan)"]


def test_steps_of_a_subprocess_are_steps_and_a_repair_on_the_way_back_is_a_note() -> None:
    first, _ = read(SIGNAVIO)

    assert activities(first) == [
        "Mengumpulkan bahan", "Mengetik laporan", "Menelaah laporan", "Membahas laporan",
    ]  # fmt: skip
    assert step(first, 3)["return_to"] == [1]
    assert step(first, 3)["note"] == "Bila kurang: Melengkapi lampiran"
    assert first.unread == ("Subproses “Menyusun laporan”; langkah-langkahnya terbaca",)


def test_work_side_by_side_is_read_in_order_and_missing_ends_are_found() -> None:
    (sop,) = read(VISIO)

    assert activities(sop) == [
        "Mengundang", "Menyiapkan ruang", "Menyiapkan bahan", "Mencetak bahan", "Meralat notulen",
        "Membagikan notulen",
    ]  # fmt: skip
    assert sop.unread == (
        "Kerja sejajar “Menyiapkan ruang”, “Menyiapkan bahan”, “Mencetak bahan”; dibaca berurutan",
        "Cabang dari “Perlu ralat?” ke “Membagikan notulen”",
        "“Catatan lepas” tidak tercapai dari awal",
    )


def test_loose_task_in_a_file_with_ends_is_named() -> None:
    end = '<endEvent id="Id_e2"'
    loose = BIZAGI.replace(end, f'<task id="Id_z" name="Lepas"/>{end}')
    (sop,) = read(loose)

    assert "“Lepas” tidak tercapai dari awal" in sop.unread


def test_process_that_cannot_be_read_is_named_beside_one_that_can() -> None:
    broken = SIGNAVIO.replace('targetRef="sid-ue"', 'targetRef="sid-none"')
    (sop,) = read(broken)

    assert sop.document["title"] == "Sekretariat"
    assert "Alur menunjuk “sid-none” yang tidak ada." in sop.unread[-1]


def test_note_that_is_too_long_is_named_whole() -> None:
    long = "Periksa " + "berkas dan lampirannya " * 20
    (sop,) = read(MODELER.replace("Paling lambat pukul 14.00", long))

    assert step(sop, 1)["note"] == "Dimulai oleh pesan “Surat datang”"
    assert f"Catatan langkah 1: {long.strip()}" in sop.unread


@pytest.mark.parametrize("content", [MODELER, BIZAGI, SIGNAVIO, VISIO])
def test_import_page_gets_what_was_read_and_the_rest_by_name(content: str) -> None:
    parsed = parse("alur.bpmn", content.encode())

    assert [len(sop.steps) for sop in parsed.sops] == [len(one.document["steps"]) for one in read(content)]
    for sop, one in zip(parsed.sops, read(content), strict=True):
        told = [entry.text for entry in sop.unread]
        assert told == [*(f"Catatan: {note}" for note in one.document["notes"]), *one.unread]


def test_nested_forks_end() -> None:
    deep = "".join(
        f'<parallelGateway id="g{n}"/><sequenceFlow sourceRef="g{n}" targetRef="g{n + 1}"/>'
        f'<sequenceFlow sourceRef="g{n}" targetRef="t{n}"/><task id="t{n}" name="T{n}"/>'
        for n in range(60)
    )
    head = f'<definitions xmlns="{OMG}"><process id="p">'
    start = '<startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="g0"/>'
    content = f'{head}{deep}<task id="g60"/>{start}</process></definitions>'
    with pytest.raises(BpmnRefused, match="terlalu dalam"):
        read_bpmn(content.encode())


TWO_EDGES = f"""<definitions xmlns="{OMG}"><process id="p" name="Layanan">
<startEvent id="s"/><task id="a" name="Menerima"/><task id="b" name="Menunggu jawaban"/><endEvent id="e"/>
<boundaryEvent id="x" name="Terlambat" attachedToRef="b"><timerEventDefinition/></boundaryEvent>
<boundaryEvent id="y" name="Ditolak" attachedToRef="b"><errorEventDefinition/></boundaryEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="e"/><sequenceFlow id="f4" sourceRef="x" targetRef="a"/>
<sequenceFlow id="f5" sourceRef="y" targetRef="a"/></process></definitions>"""


def test_two_events_at_the_edge_of_a_task_that_lead_to_one_step_are_one_return() -> None:
    (sop,) = read(TWO_EDGES)

    assert step(sop, 2)["return_to"] == [1]


def test_file_of_ours_in_which_a_step_was_damaged_is_refused_by_name() -> None:
    whole = write_bpmn(library_entry("s2")).decode()
    damaged = whole.replace('<sop:field name="performers"', '<sop:field name="lain"')

    with pytest.raises(Unreadable, match="Diagram BPMN ini tidak dapat menjadi SOP"):
        parse("sop.bpmn", damaged.encode())
