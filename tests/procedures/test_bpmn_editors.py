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


def drawn(inside: str, around: str = "", attributes: str = "") -> str:
    """A file with one process."""
    head = f'<definitions xmlns="{OMG}" xmlns:lain="urn:program" {attributes}>'
    return f'{head}<process id="Process_1">{inside}</process>{around}</definitions>'


def flows(*ends: str) -> str:
    pairs = [one.split() for one in ends]
    return "".join(f'<sequenceFlow sourceRef="{first}" targetRef="{last}"/>' for first, last in pairs)


THREE = (
    '<startEvent id="s"/><task id="a" name="Menerima"/><task id="b" name="Memeriksa"/>'
    '<task id="c" name="Mencatat"/><endEvent id="e"/><endEvent id="f"/>'
)


def test_several_ways_out_of_a_task_are_work_side_by_side() -> None:
    (sop,) = read(drawn(THREE + flows("s a", "a b", "a c", "b e", "c f")))

    assert activities(sop) == ["Menerima", "Memeriksa", "Mencatat"]
    assert sop.unread == ("Kerja sejajar “Memeriksa”, “Mencatat”; dibaca berurutan",)


def test_branches_of_which_only_some_meet_are_read_once() -> None:
    (sop,) = read(
        drawn(THREE + '<task id="d" name="Arsip"/>' + flows("s a", "s b", "s c", "a d", "b d", "d e", "c f"))
    )

    assert activities(sop) == ["Menerima", "Arsip", "Memeriksa", "Mencatat"]
    assert [step(sop, no)["return_to"] for no in (1, 2, 3, 4)] == [[], [], [], []]


def test_way_back_out_of_a_task_is_a_return_without_a_gateway_too() -> None:
    (sop,) = read(drawn(THREE + flows("s a", "a b", "b a", "b c", "c e")))

    assert activities(sop) == ["Menerima", "Memeriksa", "Mencatat"]
    assert step(sop, 2)["return_to"] == [1]


def test_name_of_a_gateway_that_leads_back_is_a_note() -> None:
    gate = '<exclusiveGateway id="g" name="Lengkap?"/>'
    (sop,) = read(drawn(THREE + gate + flows("s a", "a b", "b g", "g a", "g c", "c e")))

    assert (step(sop, 2)["return_to"], step(sop, 2)["note"]) == ([1], "Keputusan: Lengkap?")


def test_repair_after_which_the_flow_may_also_end_is_a_return() -> None:
    gates = '<exclusiveGateway id="g"/><exclusiveGateway id="h"/><task id="d" name="Melengkapi"/>'
    ways = flows("s a", "a b", "b g", "g c", "g d", "d h", "h a", "h f", "c e")
    (sop,) = read(drawn(THREE + gates + ways))

    assert activities(sop) == ["Menerima", "Memeriksa", "Mencatat"]
    assert (step(sop, 2)["return_to"], step(sop, 2)["note"]) == ([1], "Bila tidak: Melengkapi")
    assert sop.unread == ("Cabang dari “g” berisi “Melengkapi”",)


def test_of_several_beginnings_the_one_with_most_work_is_read() -> None:
    other = '<startEvent id="s2" name="Telepon"/><task id="d" name="Menjawab"/>'
    (sop,) = read(drawn(THREE + other + flows("s a", "a b", "b e", "s2 d", "d f")))

    assert activities(sop) == ["Menerima", "Memeriksa"]
    assert sop.unread == ("Awal “Telepon” berisi “Menjawab”", "“Mencatat” tidak tercapai dari awal")


def test_drawing_without_flows_keeps_its_tasks() -> None:
    (sop,) = read(drawn(THREE))

    assert activities(sop) == ["Menerima", "Memeriksa", "Mencatat"]
    assert sop.unread == ("Alur: tidak ada satu pun; tugas dibaca menurut urutan di berkas",)


def test_lanes_without_a_name_are_counted_and_an_only_one_is_the_pool() -> None:
    def lanes(*sets: str) -> str:
        held = [f"<flowNodeRef>{key}</flowNodeRef>" for key in sets]
        return (
            "<laneSet>"
            + "".join(f'<lane id="L{n}">{one}</lane>' for n, one in enumerate(held))
            + "</laneSet>"
        )

    pool = '<participant id="p" name="Sekretariat" processRef="Process_1"/>'
    pool = f'<collaboration id="k">{pool}</collaboration>'
    (several,) = read(drawn(lanes("a", "b") + THREE + flows("s a", "a b", "b e"), pool))
    (only,) = read(drawn(lanes("a") + THREE + flows("s a", "a e"), pool))

    assert several.document["performers"] == ["Lajur 1", "Lajur 2"]
    assert [who(several, 1), who(several, 2)] == [["Lajur 1"], ["Lajur 2"]]
    assert "Lajur ke-2 tanpa nama; dibaca sebagai “Lajur 2”" in several.unread
    assert (only.document["performers"], who(only, 1)) == (["Sekretariat"], ["Sekretariat"])


def test_whom_the_settings_of_a_task_name_does_it_where_there_are_no_lanes() -> None:
    tasks = (
        '<startEvent id="s"/><userTask id="a" name="Menerima" lain:candidateGroups="Loket"/>'
        '<userTask id="b" name="Memeriksa"><extensionElements><lain:who assignee="Kasi"/></extensionElements>'
        '</userTask><userTask id="c" name="Menyetujui" lain:assignee="${atasan}"/>'
        '<userTask id="d" name="Mengirim" lain:candidateUsers="ani, budi"/><endEvent id="e"/>'
    )
    (sop,) = read(drawn(tasks + flows("s a", "a b", "b c", "c d", "d e")))

    assert sop.document["performers"] == ["Loket", "Kasi"]
    assert [who(sop, no) for no in (1, 2, 3, 4)] == [["Loket"], ["Kasi"], [], []]
    assert sop.unread == ("Pelaksana “ani”, “budi” pada “Mengirim”",)


def test_ids_with_the_prefix_of_their_namespace_are_found() -> None:
    inside = (
        THREE + '<boundaryEvent id="x" name="Batal" attachedToRef="p:b"/><textAnnotation id="n"><text>Lihat'
        ' lampiran</text></textAnnotation><association sourceRef="p:n" targetRef="p:a"/>'
    )
    (sop,) = read(
        drawn(inside + flows("s a", "a b", "b e", "x c", "c f"), attributes='xmlns:p="urn:a berspasi"')
    )

    assert step(sop, 1)["note"] == "Lihat lampiran"
    assert sop.unread == ("Peristiwa “Batal” di tepi “Memeriksa” menuju “Mencatat”",)


def test_beginning_and_end_with_a_name_are_notes() -> None:
    named = THREE.replace('id="s"', 'id="s" name="Surat datang"').replace('id="e"', 'id="e" name="Selesai"')
    (sop,) = read(drawn(named + flows("s a", "a e")))

    assert step(sop, 1)["note"] == "Dimulai oleh “Surat datang”"


def test_sop_is_called_as_its_diagram_or_its_file() -> None:
    inside = THREE + flows("s a", "a e")
    diagram = f'<BPMNDiagram xmlns="{OMG.replace("MODEL", "DI")}" name="Alur surat"/>'
    titles = [
        parse("surat-masuk.v2.bpmn", content.encode()).sops[0].title
        for content in (drawn(inside, diagram), drawn(inside, attributes='name="Surat"'), drawn(inside))
    ]

    assert titles == ["Alur surat", "Surat", "surat-masuk"]


def test_call_is_named_and_pools_without_work_are() -> None:
    inside = '<startEvent id="s"/><callActivity id="a" name="Rapat" calledElement="p:rpt"/>' + flows("s a")
    around = (
        '<globalUserTask id="rpt" name="SOP Rapat"/><collaboration id="k"><participant id="w" name="Warga"/>'
        '<participant id="p" name="Kantor" processRef="Process_1"/></collaboration>'
    )
    (sop,) = read(drawn(inside, around, 'xmlns:p="urn:p"'))

    assert step(sop, 1)["calls"] == "SOP Rapat"
    assert sop.unread == ("Kolam “Warga” tanpa tugas",)


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


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ('<sop:field name="performers"', '<sop:field name="lain"'),
        ('<sop:field name="no" kind="int">2<', '<sop:field name="no" kind="int">dua<'),
        ('<sop:field name="return_to" kind="list"', '<sop:field name="return_to" kind="object"'),
    ],
)
def test_file_of_ours_in_which_a_step_was_damaged_is_refused_by_name(part: str, instead: str) -> None:
    whole = write_bpmn(library_entry("s2")).decode()
    assert part in whole
    damaged = whole.replace(part, instead)

    with pytest.raises(Unreadable, match=r"Isian Runtut pada langkah “.+” ada yang hilang"):
        parse("sop.bpmn", damaged.encode())
