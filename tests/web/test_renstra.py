"""The Renstra as one table: what is typed into it, what is refused at its cell, and who is told what is
missing."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.cases.factories import Row, make_calendar, make_procedure
from tests.cast import Cast
from tests.performance.factories import Plan, make_indicator, make_plan, make_renstra_target
from tests.web.conftest import Visit

from runtut.cases.actions import start_case
from runtut.performance.enums import Variant
from runtut.performance.models import Goal, Indicator, Objective, Renstra, RenstraTarget, Rkt, RktTarget
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

HERE = "/kinerja/renstra/?tahun=2026"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make_plan(cast.office)


@pytest.fixture
def indicator(plan: Plan) -> Indicator:
    return plan.indicators[0]


def cell(indicator: Indicator, column: object, text: str, seen: str = "") -> dict[str, str]:
    key = f"{indicator.uid}-{column}"
    return {f"nilai-{key}": text, f"versi-{key}": seen}


def in_force() -> dict[int, str]:
    rows = RenstraTarget.objects.filter(superseded_at__isnull=True)
    return {row.year: f"{row.value.normalize():f}" for row in rows}


def box(page: str, name: str) -> str:
    """The control of a name, as it stands in the page."""
    found = re.search(f'<input[^>]*id="{name}"[^>]*>', page)
    assert found, name
    return found.group()


def test_the_table_has_a_cell_for_every_year_and_the_base(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    shown = visit(cast.sari).get(HERE).text

    for column in ("awal", 2025, 2026, 2027, 2028, 2029):
        assert f'id="nilai-{indicator.uid}-{column}"' in shown
    assert 'value="88,00"' in box(shown, f"nilai-{indicator.uid}-2027")
    assert "Tujuan 1. Layanan dipercaya" in shown and "Sasaran 1. Meningkatnya mutu layanan" in shown
    read = visit(cast.office.people["kasi1"]).get(HERE).text
    assert "88,00" in read and "nilai-" not in read and "Tambah sasaran" not in read


def test_the_table_goes_out_as_a_workbook_with_figures_to_reckon_with(
    cast: Cast, plan: Plan, indicator: Indicator, visit: Visit
) -> None:
    ranged = make_indicator(indicator.objective, indicator.owner, sequence=2, variant=Variant.RANGE)
    RenstraTarget.objects.filter(pk=make_renstra_target(ranged, 2026, "80").pk).update(upper=90)
    where = f"/kinerja/renstra/{plan.renstra.uid}/xlsx/"

    answer = visit(cast.office.people["kasi1"]).get(where)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[2][3:8] == ["Indikator", "Satuan", "Penanggung jawab", "Kondisi awal", "Target 2025"]
    assert rows[3][:4] == ["Layanan dipercaya", "Meningkatnya mutu layanan", "1.1", "Indikator 1.1"]
    assert rows[3][6:] == ["", "", "", 88.0, "", ""]
    assert rows[4][8] == "80,00 – 90,00"
    assert visit(cast.joko).get(where).status_code == 404


def test_figures_are_saved_each_on_its_own_and_blank_is_not_zero(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    sari = visit(cast.sari)
    typed = {
        **cell(indicator, "awal", "84,25"),
        **cell(indicator, 2025, "85"),
        **cell(indicator, 2026, "delapan"),
        **cell(indicator, 2027, "88,00", "88,00"),
        **cell(indicator, 2028, "0"),
        **cell(indicator, 2029, ""),
    }

    refused = sari.post(HERE, typed)

    assert refused.status_code == 422
    wrong = box(refused.text, f"nilai-{indicator.uid}-2026")
    assert 'value="delapan"' in wrong and 'aria-invalid="true"' in wrong
    assert "“delapan” bukan angka" in refused.text
    assert in_force() == {2025: "85", 2027: "88", 2028: "0"}
    indicator.refresh_from_db()
    assert f"{indicator.base_value}" == "84.2500"
    assert RenstraTarget.objects.count() == 3, "what was not touched has no other version"
    assert sari.post(HERE, {**typed, **cell(indicator, 2026, "86")}).status_code == 302
    assert in_force()[2026] == "86"


def test_saving_in_passing_answers_with_what_the_page_now_shows(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    sari = visit(cast.sari)
    typed = {**cell(indicator, 2025, "85,5"), **cell(indicator, 2026, "x"), "otomatis": "1"}

    news = sari.post(HERE, typed).json()

    assert news["versi"] == {f"versi-{indicator.uid}-2025": "85,50"}
    assert list(news["galat"]) == [f"nilai-{indicator.uid}-2026"]
    again = sari.post(HERE, {**cell(indicator, 2025, "86", "85,50"), "otomatis": "1"}).json()
    assert again["galat"] == {} and in_force()[2025] == "86"


def test_what_somebody_else_has_set_meanwhile_stays(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    sari = visit(cast.sari)
    RenstraTarget.objects.update(value=89)

    assert sari.post(HERE, cell(indicator, 2027, "88,00", "88,00")).status_code == 302
    assert in_force() == {2027: "89"}
    refused = sari.post(HERE, cell(indicator, 2027, "90", "88,00"))

    assert refused.status_code == 422 and "Sudah diubah orang lain" in refused.text
    assert 'value="90"' in box(refused.text, f"nilai-{indicator.uid}-2027")
    assert in_force() == {2027: "89"}


def test_a_renstra_with_a_decree_asks_for_the_reason_once(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    Renstra.objects.update(decree="Peraturan Bupati Nomor 18 Tahun 2025")
    sari = visit(cast.sari)
    assert 'name="alasan"' in sari.get(HERE).text
    typed = {**cell(indicator, 2027, "90", "88,00"), **cell(indicator, 2028, "91")}

    refused = sari.post(HERE, typed)

    assert refused.status_code == 422 and "Tulis alasan perubahannya" in refused.text
    assert in_force() == {2027: "88", 2028: "91"}
    assert sari.post(HERE, {**typed, "alasan": "Hasil reviu Bappeda."}).status_code == 302
    changed = RenstraTarget.objects.get(year=2027, superseded_at__isnull=True)
    assert (changed.value, changed.version, changed.reason) == (90, 2, "Hasil reviu Bappeda.")
    told = sari.get(f"/kinerja/indikator/{indicator.uid}/").text
    assert "2027 versi 2: 90,00" in told and "Hasil reviu Bappeda." in told


def test_a_range_has_two_boxes(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    Indicator.objects.update(variant=Variant.RANGE)
    sari = visit(cast.sari)
    name = f"nilai-{indicator.uid}-2028"
    assert f'name="{name}-atas"' in sari.get(HERE).text

    refused = sari.post(HERE, {**cell(indicator, 2028, "80"), f"{name}-atas": "70"})
    assert "Isi batas bawah dan batas atas" in refused.text
    sari.post(HERE, {**cell(indicator, 2028, "80"), f"{name}-atas": "90"})

    made = RenstraTarget.objects.get(year=2028)
    assert (made.value, made.upper) == (80, 90)
    assert 'value="80,00 – 90,00"' in sari.get(HERE).text


def test_others_change_nothing(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    refused = visit(cast.office.people["kasi1"]).post(HERE, cell(indicator, 2027, "1", "88,00"))

    assert refused.status_code == 403
    assert "disusun oleh Kasubbag Perencanaan" in refused.text
    assert in_force() == {2027: "88"}


def test_several_objectives_are_added_from_the_table(cast: Cast, plan: Plan, visit: Visit) -> None:
    sari = visit(cast.sari)
    shown = sari.get(HERE).text
    assert f'action="/kinerja/tujuan/{plan.goal.uid}/sasaran/"' in shown
    where = f"/kinerja/tujuan/{plan.goal.uid}/sasaran/"

    assert sari.post(where, {"text": "Desa tertib\r\n\r\n  Desa   maju "}).status_code == 302
    assert sari.post(where, {"text": " \r\n "}).status_code == 422
    sari.get("/kinerja/renstra/?tahun=2027")
    added = sari.post(f"/kinerja/renstra/{plan.renstra.uid}/tujuan/", {"text": "Satu\nDua"})

    assert added.headers["Location"].endswith("&tahun=2027")
    texts = Objective.objects.order_by("sequence").values_list("text", flat=True)
    assert list(texts) == ["Meningkatnya mutu layanan", "Desa tertib", "Desa maju"]
    assert Goal.objects.count() == 3


def test_queries_do_not_grow_with_rows(cast: Cast, plan: Plan, visit: Visit) -> None:
    sari = visit(cast.sari)
    sari.get(HERE)
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as one:
            assert sari.get(HERE).status_code == 200
        counts.append(len(one))
        more = make_indicator(plan.indicators[0].objective, plan.indicators[0].owner, sequence=number)
        make_renstra_target(more, 2027, "5")

    assert counts[0] == counts[1] == counts[2]


LACKS = "belum memiliki Renstra yang meliputi tahun 2026."


@pytest.mark.parametrize("where", ["/kinerja/", "/kinerja/rkt/", "/kinerja/renstra/"])
def test_a_year_without_renstra_is_told_with_the_way_out(where: str, cast: Cast, visit: Visit) -> None:
    address = f"{where}?tahun=2026&tw=2"

    planner = visit(cast.sari).get(address).text
    staff = visit(cast.office.people["kasi1"]).get(address).text

    assert LACKS in planner and "/kinerja/renstra/baru/?" in planner
    assert LACKS in staff and "/kinerja/renstra/baru/" not in staff
    assert f"Kasubbag Perencanaan dan Keuangan ({cast.sari.full_name})" in staff


def test_a_renstra_without_targets_of_the_year_leads_to_its_table(
    cast: Cast, plan: Plan, visit: Visit
) -> None:
    shown = visit(cast.sari).get("/kinerja/?tahun=2026&tw=2").text

    assert "Target tahun 2026 dalam Renstra belum diisi untuk 1 indikator." in shown
    assert re.search(r'href="/kinerja/renstra/\?[^"]*">Isi targetnya di Renstra', shown)
    full = visit(cast.sari).get("/kinerja/?tahun=2027&tw=2").text
    assert "dalam Renstra belum diisi" not in full and "belum memiliki Renstra" not in full


@pytest.mark.parametrize("topic", ["rkt", "ekt"])
@pytest.mark.parametrize(
    ("chair", "way"), [("perencanaan", "/kinerja/renstra/baru/?"), ("staf", "Pengelola Data (")]
)
def test_the_step_of_a_year_without_renstra_says_who_writes_it(
    topic: str, chair: str, way: str, cast: Cast, at: datetime, visit: Visit
) -> None:
    make_calendar(cast.kabupaten)
    steps = (Row((chair,), work=Work.PREPARE), Row(("camat",), work=Work.SIGN))
    version = make_procedure(cast.office, steps)
    Step.objects.filter(version=version, no=1).update(topic=topic)
    case = start_case(
        procedure_version=version,
        title="Kerja setahun",
        year=2026,
        quarter=None,
        letter=None,
        authority=cast.office.authority("sekcam"),
        at=at,
    )

    shown = visit(cast.office.people[chair]).get(f"/kerja/{case.uid}/").text

    assert LACKS in shown and way in shown


def test_the_plan_of_a_year_is_typed_in_the_same_way(cast: Cast, plan: Plan, visit: Visit) -> None:
    indicator, sari = plan.indicators[0], visit(cast.sari)
    where = "/kinerja/rkt/?tahun=2027"
    assert f'id="nilai-{indicator.uid}-tw1"' in sari.get(where).text
    typed = {**cell(indicator, "tw1", "84", "85,00"), **cell(indicator, "tw2", "86,00", "86,00")}

    news = sari.post(where, {**typed, "otomatis": "1"}).json()

    assert news["versi"] == {f"versi-{indicator.uid}-tw1": "84,00"} and news["galat"] == {}
    refused = sari.post(where, cell(indicator, "tw3", "abc", "87,00"))
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in box(refused.text, f"nilai-{indicator.uid}-tw3")
    rows = RktTarget.objects.filter(rkt=plan.rkt).order_by("quarter").values_list("quarter", "value")
    assert {number: int(value) for number, value in rows} == {None: 88, 1: 84, 2: 86, 3: 87, 4: 88}


def test_a_target_that_somebody_else_has_changed_meanwhile_is_not_overwritten(
    cast: Cast, plan: Plan, visit: Visit
) -> None:
    indicator, sari = plan.indicators[0], visit(cast.sari)
    where = "/kinerja/rkt/?tahun=2027"
    sari.post(where, cell(indicator, "tw1", "84", "85,00"))

    late = sari.post(
        where, {**cell(indicator, "tw1", "80", "85,00"), **cell(indicator, "tw2", "83", "86,00")}
    )

    assert late.status_code == 422
    assert "Sudah diubah orang lain." in late.text
    assert 'value="80"' in box(late.text, f"nilai-{indicator.uid}-tw1")
    rows = RktTarget.objects.filter(rkt=plan.rkt, indicator=indicator).values_list("quarter", "value")
    assert {number: int(value) for number, value in rows} == {None: 88, 1: 84, 2: 83, 3: 87, 4: 88}


def test_a_closed_plan_is_not_typed_into(cast: Cast, plan: Plan, visit: Visit) -> None:
    Rkt.objects.update(state="menunggu")
    sari: Client = visit(cast.sari)

    assert (
        sari.post("/kinerja/rkt/?tahun=2027", cell(plan.indicators[0], "tw1", "1", "85,00")).status_code
        == 409
    )
    assert not RktTarget.objects.filter(value=1).exists()
