"""Event logs hold every act of every run, in forms that others' programs read."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import Desk
from tests.reports.test_standards import finished_run

from runtut import cli
from runtut.cases.actions import cancel_case, pause_case
from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent
from runtut.reports.queries import event_log
from runtut.reports.queries.event_log import TRANSITIONS
from runtut.reports.rendering import LoggedEvent, LoggedRun, ocel, xes

NAMESPACE = "{http://www.xes-standard.org/}"
BEGUN, DUE = "2026-03-02T02:00:00+00:00", "2026-03-09T02:00:00+00:00"
TITLE = 'Judul <b> & "kutip" \x00'
RUN = LoggedRun("0190", TITLE, "SOP", "Kec. Sukamaju", "Selesai", 2026, None, BEGUN, DUE, None)
EVENT = LoggedEvent(1, "Isi data & bukti", "complete", BEGUN, "P7", "Kasi", 4, 1)


def values(node: ET.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in node if "key" in one.attrib}


def traces(text: str) -> list[ET.Element]:
    return ET.fromstring(text).findall(f"{NAMESPACE}trace")


@pytest.fixture
def desk(db: None) -> Desk:
    """A run done with a return, one cancelled while it was paused, one under way."""
    desk = Desk.make()
    finished_run(desk, 30, sent_back="Angka seksi belum lengkap")
    cancelled = desk.start(title="Dibatalkan")
    camat = desk.who("camat")
    pause_case(case_uid=cancelled.uid, reason="Menunggu surat edaran", authority=camat, at=desk.at)
    cancel_case(case_uid=cancelled.uid, reason="Tidak jadi dikerjakan", authority=camat, at=desk.at)
    desk.start(title="Berjalan", year=2027)
    return desk


def test_xes_tells_every_act_of_every_run_in_order(desk: Desk) -> None:
    found = traces("".join(xes(event_log())))

    told = [[values(event) for event in trace.findall(f"{NAMESPACE}event")] for trace in found]
    assert sum(map(len, told)) == CaseEvent.objects.count()
    assert [values(trace)["concept:name"] for trace in found] == [
        str(uid) for uid in Case.objects.order_by("id").values_list("uid", flat=True)
    ]
    for events in told:
        moments = [datetime.fromisoformat(event["time:timestamp"]) for event in events]
        assert moments == sorted(moments)
    first, second, *_ = told[0]
    assert (first["concept:name"], first["lifecycle:transition"]) == ("Dimulai", "start")
    assert (second["concept:name"], second["org:role"], second["langkah"]) == ("Langkah 1", "Camat", "1")
    assert (second["menit_kerja"], second["terlambat"]) == ("30", "true")
    assert "Dikembalikan: Langkah 6" in {event["concept:name"] for event in told[0]}
    assert [event["lifecycle:transition"] for event in told[1]] == ["start", "suspend", "pi_abort"]


def test_ocel_relates_every_act_to_its_run_and_position(desk: Desk) -> None:
    log = json.loads("".join(ocel(event_log())))

    assert len(log["events"]) == CaseEvent.objects.count()
    objects = {one["id"]: one["type"] for one in log["objects"]}
    assert list(objects.values()).count("kerja") == 3
    named = {one["objectId"] for thing in (*log["events"], *log["objects"]) for one in thing["relationships"]}
    assert named <= set(objects)
    check_types(log)
    assert len({event["id"] for event in log["events"]}) == len(log["events"])


def check_types(log: dict[str, Any]) -> None:
    """Every kind is declared with the attributes that its things bear, of the type that they have."""
    python = {"string": str, "integer": int, "boolean": bool}
    for things, kinds in (("events", "eventTypes"), ("objects", "objectTypes")):
        known = {
            kind["name"]: {one["name"]: python[one["type"]] for one in kind["attributes"]}
            for kind in log[kinds]
        }
        for thing in log[things]:
            for one in thing["attributes"]:
                assert type(one["value"]) is known[thing["type"]][one["name"]], (thing["id"], one)


def test_an_empty_log_is_still_a_log() -> None:
    assert traces("".join(xes([]))) == []
    assert json.loads("".join(ocel([])))["events"] == []


@pytest.mark.parametrize("form", [xes, ocel])
def test_hostile_words_stay_words(form: Any) -> None:
    text = "".join(form([(RUN, [EVENT])]))

    if form is xes:
        (trace,) = traces(text)
        assert values(trace)["judul"] == 'Judul <b> & "kutip" '
        assert values(trace[-1])["concept:name"] == EVENT.activity
    else:
        log = json.loads(text)
        assert log["objects"][0]["attributes"][0]["value"] == RUN.title
        assert log["events"][0]["type"] == EVENT.activity


def test_people_are_numbers_unless_they_are_asked_for_by_name(desk: Desk) -> None:
    person = desk.office.people["camat"]

    numbered, named = "".join(xes(event_log())), "".join(xes(event_log(with_names=True)))

    assert person.full_name not in numbered and f'"P{person.pk}"' in numbered
    assert person.full_name in named


def test_log_of_one_office_and_year_leaves_the_others_out(desk: Desk) -> None:
    other = Desk.make(name="Sukasari")
    other.start()

    assert len(list(event_log(unit=other.office.unit))) == 1
    assert len(list(event_log(unit=desk.office.unit))) == 3
    assert [run.title for run, _ in event_log(year=2027)] == ["Berjalan"]


@pytest.mark.django_db
def test_reading_costs_the_same_for_one_run_and_for_three() -> None:
    desk = Desk.make()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            desk.start()
        with CaptureQueriesContext(connection) as found:
            list(event_log())
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_command_writes_what_the_name_of_the_file_says(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed, plain = tmp_path / "runtut.xes.gz", tmp_path / "runtut.json"
    count = CaseEvent.objects.count()

    assert cli.main(["cases", "export", str(packed)]) == 0
    assert cli.main(["cases", "export", str(plain), "--office", desk.office.unit.short_name]) == 0

    assert capsys.readouterr().out == f"3 runs, {count} events.\n" * 2
    assert len(traces(gzip.decompress(packed.read_bytes()).decode())) == 3
    assert len(json.loads(plain.read_text(encoding="utf-8"))["events"]) == count
    assert sorted(one.name for one in tmp_path.iterdir()) == ["runtut.json", "runtut.xes.gz"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["runtut.csv"], "name it .xes"),
        (["ada.xes"], "exists already"),
        (["baru.xes", "--office", "Kec. Entah"], "no office has"),
    ],
)
def test_command_refuses_and_touches_nothing(
    arguments: list[str], said: str, db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ada.xes").write_text("lama")

    assert cli.main(["cases", "export", str(tmp_path / arguments[0]), *arguments[1:]]) == 1

    assert said in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["ada.xes"]
    assert (tmp_path / "ada.xes").read_text() == "lama"


def test_pm4py_reads_as_many_events(desk: Desk, tmp_path: Path) -> None:
    """Where pm4py happens to be installed: it is no dependency."""
    pm4py = pytest.importorskip("pm4py")
    one, other = tmp_path / "runtut.xes", tmp_path / "runtut.json"
    one.write_text("".join(xes(event_log())), encoding="utf-8")
    other.write_text("".join(ocel(event_log())), encoding="utf-8")

    found = (len(pm4py.read_xes(str(one))), len(pm4py.read_ocel2_json(str(other)).events))

    assert found == (CaseEvent.objects.count(),) * 2


def test_every_kind_of_act_is_something_in_the_lifecycle() -> None:
    assert set(TRANSITIONS) == set(EventKind)
