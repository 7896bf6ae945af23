"""Figures by spreadsheet, the lock of a quarter, and the budget beside performance."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.cast import Cast
from tests.performance.factories import (
    Plan,
    make_indicator,
    make_objective,
    make_plan,
    make_realisation,
    make_renstra_target,
    make_targets,
)
from tests.performance.test_sheets import filled
from tests.web.conftest import Visit

from runtut.core.models import AuditEntry
from runtut.core.periods import Quarter
from runtut.organisations.enums import Role
from runtut.organisations.models import Appointment, Position
from runtut.performance.actions import lock_period
from runtut.performance.enums import RealisationState
from runtut.performance.models import BudgetFigure, Indicator, PeriodLock, Realisation, RktItem

pytestmark = pytest.mark.django_db

TW3 = Quarter(2026, 3)
HERE = "?tahun=2026&tw=3"


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    found = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])
    make_targets(found, "87", "84", "85", "86.5", "87")
    return found


def upload(content: bytes, name: str = "realisasi.xlsx") -> dict[str, object]:
    return {"berkas": SimpleUploadedFile(name, content)}


def locked(cast: Cast, indicator: Indicator, at: datetime) -> PeriodLock:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    return lock_period(
        unit=cast.office.unit,
        quarter=TW3,
        rule="Kalender Kinerja 2026",
        authority=cast.office.authority("pengelola"),
        at=at,
    )


def test_template_downloads_as_a_workbook_of_ones_office(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    answer = visit(cast.sari).get(f"/kinerja/templat/{HERE}")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "Realisasi TW III 2026" in answer.headers["Content-Disposition"]
    assert rows[4][0] == str(indicator.uid)


def test_preview_saves_nothing_and_confirming_saves_by_the_rules(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    sari = visit(cast.sari)
    before = AuditEntry.objects.count()
    content = filled(cast, [str(indicator.uid), "86,12", "Sesuai rencana"], ["salah", 1, None])

    shown = sari.post(f"/kinerja/unggah/{HERE}", upload(content))

    assert shown.status_code == 200
    assert "1 realisasi akan berubah" in shown.text
    assert "Baris 6, kolom A" in shown.text
    assert (Realisation.objects.count(), AuditEntry.objects.count()) == (0, before)
    fields = {
        f"versi-{indicator.uid}": "0",
        f"nilai-{indicator.uid}": "86,12",
        f"sebab-{indicator.uid}": "Sesuai rencana",
    }
    for name, value in fields.items():
        assert f'name="{name}" value="{value}"' in shown.text
    assert sari.post(f"/kinerja/{HERE}", fields).status_code == 302
    row = Realisation.objects.get()
    assert (str(row.value), row.cause) == ("86.1200", "Sesuai rencana")
    assert sari.post(f"/kinerja/{HERE}", {**fields, f"nilai-{indicator.uid}": "90"}).status_code == 422
    row.refresh_from_db()
    assert str(row.value) == "86.1200"


def test_source_and_note_are_typed_beside_the_figure(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    kasi, key = visit(cast.office.people["kasi1"]), indicator.uid
    assert f"bila kosong: {indicator.source}" in kasi.get(f"/kinerja/{HERE}").text
    typed = {f"nilai-{key}": "86", f"sumber-{key}": "Buku register", f"catatan-{key}": "x" * 501}

    refused = kasi.post(f"/kinerja/{HERE}", typed)

    assert refused.status_code == 422
    assert 'value="Buku register"' in refused.text and "x" * 501 in refused.text
    assert not Realisation.objects.exists()
    typed[f"catatan-{key}"] = "Tanpa hari libur."
    assert kasi.post(f"/kinerja/{HERE}", typed).status_code == 302
    kasi.post(f"/kinerja/{HERE}", {f"nilai-{key}": "87", f"versi-{key}": "1"})
    row = Realisation.objects.get()
    assert (row.value, row.source, row.note) == (87, "Buku register", "Tanpa hari libur.")
    Realisation.objects.update(state=RealisationState.SUBMITTED)
    shown = visit(cast.office.people["pengelola"]).get(f"/kinerja/periksa/{HERE}").text
    assert "Sumber data: Buku register" in shown and "Catatan: Tanpa hari libur." in shown


def test_a_refused_row_leaves_the_others_as_they_are_stored(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    other = make_indicator(indicator.objective, indicator.owner, sequence=2)
    make_realisation(other, TW3, "77.7")

    answer = visit(cast.sari).post(f"/kinerja/{HERE}", {f"nilai-{indicator.uid}": "abc"})

    assert answer.status_code == 422
    assert f'name="nilai-{other.uid}" value="77,70"' in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"bukan", "lembar kerja Excel (XLSX)"), (b"", "Berkas ini kosong"), (None, "Berkas isian belum diisi")],
)
def test_upload_refuses_at_the_control(
    content: bytes | None, sentence: str, cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    given = {} if content is None else upload(content, "a.xlsx")

    answer = visit(cast.sari).post(f"/kinerja/unggah/{HERE}", given)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'id="id_berkas_error"' in answer.text


def test_who_enters_no_figures_is_told_so(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    answer = visit(cast.wati).get(f"/kinerja/unggah/{HERE}&unit={cast.office.unit.uid}")

    assert "Anda tidak mengisi realisasi kantor ini" in answer.text
    assert 'type="file"' not in answer.text


@pytest.mark.parametrize("where", ["templat", "unggah", "kunci", "anggaran", "periksa"])
def test_a_stranger_sees_and_changes_only_the_own_office(
    where: str, cast: Cast, indicator: Indicator, visit: Visit, at: datetime
) -> None:
    lock = locked(cast, indicator, at)
    joko = visit(cast.joko)
    address = f"/kinerja/{where}/{HERE}&unit={cast.office.unit.uid}"

    answer = joko.get(address)
    joko.post(address, {"reason": "Coba", "rule": "Coba"})

    assert indicator.name not in answer.content.decode("latin-1")
    assert where == "templat" or "Kec. Sukamaju" not in answer.text
    assert list(PeriodLock.objects.all()) == [lock]
    assert PeriodLock.objects.get().opened_at is None


def test_lock_names_rule_date_and_person_and_is_opened_with_a_reason(
    cast: Cast, indicator: Indicator, visit: Visit, at: datetime
) -> None:
    locked(cast, indicator, at)
    sari = visit(cast.sari)
    shown = sari.get(f"/kinerja/{HERE}").text
    others = visit(cast.office.people["kasi2"]).get(f"/kinerja/{HERE}").text
    where = f"/kinerja/kunci/{HERE}"

    assert "Terkunci</b> sejak 2 Maret 2026 menurut Kalender Kinerja 2026." in shown
    assert "Terkunci</b> sejak 2 Maret 2026 menurut Kalender Kinerja 2026." in others
    assert ("hubungi Kasubbag Perencanaan" in others, "kinerja/kunci" in others) == (True, False)
    assert ("hubungi" in shown, "kinerja/kunci" in shown) == (False, True), (
        "the one who may open it asks nobody"
    )
    assert sari.post(where, {"reason": " "}).status_code == 422
    assert sari.post(where, {"reason": "Angka survei dikoreksi"}).status_code == 302
    row = Realisation.objects.get()
    assert (row.state, row.return_reason) == (RealisationState.RETURNED, "Angka survei dikoreksi")
    after = sari.get(f"/kinerja/{HERE}").text
    assert "Dibuka kembali" in after
    assert f'name="nilai-{indicator.uid}"' in after


def test_an_opened_quarter_is_locked_again_from_its_page(
    cast: Cast, indicator: Indicator, visit: Visit, at: datetime
) -> None:
    locked(cast, indicator, at)
    sari, where = visit(cast.sari), f"/kinerja/kunci/{HERE}"
    sari.post(where, {"reason": "Koreksi"})
    page = sari.get(where).text

    assert "Kalender Kinerja 2026, dikunci lagi setelah dibuka 2 Maret 2026" in page
    refused = sari.post(where, {"rule": "Kalender"})
    assert refused.status_code == 422
    assert "Belum semua realisasi" in refused.text
    Realisation.objects.update(state=RealisationState.SUBMITTED)
    assert "Belum semua realisasi TW III 2026 disetujui" in sari.post(where, {"rule": "Kalender"}).text
    Realisation.objects.update(state=RealisationState.APPROVED)
    assert sari.post(where, {"rule": "Kalender"}).status_code == 302
    assert PeriodLock.objects.filter(opened_at=None, rule="Kalender").count() == 1


def test_staff_is_shown_whom_to_ask_and_cannot_open(
    cast: Cast, indicator: Indicator, visit: Visit, at: datetime
) -> None:
    locked(cast, indicator, at)
    staff, where = visit(cast.office.people["staf"]), f"/kinerja/kunci/{HERE}"

    assert "Hanya pimpinan, perencana" in staff.get(where).text
    assert "Buka kunci" not in staff.get(f"/kinerja/{HERE}").text
    assert staff.post(where, {"reason": "Coba"}).status_code == 403
    assert PeriodLock.objects.get().opened_at is None


def test_a_quarter_that_was_never_locked_is_not_locked_here(cast: Cast, visit: Visit) -> None:
    sari, where = visit(cast.sari), f"/kinerja/kunci/{HERE}"

    assert "belum pernah dikunci" in sari.get(where).text
    assert sari.post(where, {"rule": "Coba"}).status_code == 409
    assert not PeriodLock.objects.exists()


def budget_fields(item: RktItem, planned: str, spent: str, seen: str = "|") -> dict[str, str]:
    return {f"planned-{item.uid}": planned, f"spent-{item.uid}": spent, f"lihat-{item.uid}": seen}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make_plan(cast.office, year=2026)


def test_budget_is_entered_beside_performance_and_never_averaged(
    cast: Cast, plan: Plan, visit: Visit
) -> None:
    sari, where = visit(cast.sari), f"/kinerja/anggaran/{HERE}"

    assert sari.post(where, budget_fields(plan.item, "4.000.000", "3.000.000")).status_code == 302
    page = sari.get(where).text

    assert "25,00 %" in page
    assert "tidak pernah dirata-rata" in page
    assert f'name="lihat-{plan.item.uid}" value="4000000.00|3000000.00"' in page


def test_the_locked_money_names_whom_to_ask_or_lets_them_open_it(
    cast: Cast, plan: Plan, visit: Visit, at: datetime
) -> None:
    locked(cast, plan.indicators[0], at)

    keeper = visit(cast.sari).get(f"/kinerja/anggaran/{HERE}").text
    reader = visit(cast.office.people["staf"]).get(f"/kinerja/anggaran/{HERE}").text

    assert ("hubungi" in keeper, "Buka kunci TW III 2026" in keeper) == (False, True)
    assert ("hubungi Kasubbag Perencanaan" in reader, "Buka kunci" in reader) == (True, False)


def test_a_quarter_without_spending_says_of_which_quarter_the_sum_is(
    cast: Cast, plan: Plan, visit: Visit
) -> None:
    sari, later = visit(cast.sari), "/kinerja/anggaran/?tahun=2026&tw=4"
    sari.post(f"/kinerja/anggaran/{HERE}", budget_fields(plan.item, "", "3.000.000"))

    assert "data TW III, TW IV 2026 belum diisi" in sari.get(later).text
    sari.post(later, budget_fields(plan.item, "", "0"))
    assert "data TW III" not in sari.get(later).text


def test_what_a_row_has_reached_stands_beside_its_money(cast: Cast, plan: Plan, visit: Visit) -> None:
    (reached,) = plan.indicators
    RktItem.objects.filter(pk=plan.item.pk).update(indicator=reached)
    make_targets(reached, "88", "85", "86", "80", "88")
    make_realisation(reached, TW3, "60")
    sari = visit(cast.sari)

    assert f">75,00<small>{reached.short_name}</small></td>" in sari.get(f"/kinerja/anggaran/{HERE}").text

    RktItem.objects.update(indicator=None, indicator_text="Laporan disusun", target_text="4 laporan")
    unlinked = sari.get(f"/kinerja/anggaran/{HERE}").text
    assert "Laporan disusun: target 4 laporan" in unlinked


def test_budget_keeps_what_was_typed_when_refused(cast: Cast, plan: Plan, visit: Visit) -> None:
    sari, where = visit(cast.sari), f"/kinerja/anggaran/{HERE}"

    answer = sari.post(where, budget_fields(plan.item, "4.000.000", "tiga juta"))

    assert answer.status_code == 422
    assert 'value="tiga juta"' in answer.text
    assert 'value="4.000.000"' in answer.text
    assert not BudgetFigure.objects.exists()


def test_budget_of_somebody_who_was_faster_is_not_overwritten(cast: Cast, plan: Plan, visit: Visit) -> None:
    sari, where = visit(cast.sari), f"/kinerja/anggaran/{HERE}"
    sari.post(where, budget_fields(plan.item, "", "1"))

    answer = sari.post(where, budget_fields(plan.item, "", "2"))

    assert answer.status_code == 422
    assert "Sudah diubah orang lain" in answer.text
    assert BudgetFigure.objects.get().spent == 1


def test_budget_is_text_for_who_does_not_keep_it(cast: Cast, plan: Plan, visit: Visit) -> None:
    staff, where = visit(cast.office.people["staf"]), f"/kinerja/anggaran/{HERE}"

    assert "<input class" not in staff.get(where).text.split("<main", 1)[1]
    staff.post(where, budget_fields(plan.item, "", "5"))
    assert not BudgetFigure.objects.exists()


@pytest.mark.parametrize(
    "where",
    ["/kinerja/", "/kinerja/anggaran/", "/kinerja/unggah/", "/kinerja/kunci/", "/kinerja/periksa/"],
)
def test_queries_do_not_grow_with_rows(
    where: str, cast: Cast, plan: Plan, visit: Visit, at: datetime
) -> None:
    sari = visit(cast.sari)
    sari.get(f"{where}{HERE}")
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as one:
            assert sari.get(f"{where}{HERE}").status_code == 200
        counts.append(len(one))
        more = make_indicator(plan.indicators[0].objective, plan.indicators[0].owner, sequence=number)
        make_realisation(more, TW3, "80")
        make_renstra_target(more, 2026, "80")
        RktItem.objects.create(
            region=plan.rkt.region,
            rkt=plan.rkt,
            code=f"7.01.01.2.01.000{number + 6}",
            level=plan.item.level,
            name="Baris",
            owner=plan.indicators[0].owner,
        )

    assert counts[0] == counts[1] == counts[2]


def test_whoever_collects_the_figures_hands_over_for_a_vacant_position(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    vacant, collecting = cast.office.positions["kasi1"], cast.office.positions["umum"]
    Appointment.objects.filter(position=vacant).delete()
    offer = f"Simpan dan ajukan realisasi {vacant.short_title}"
    before = visit(cast.office.people["umum"]).get(f"/kinerja/{HERE}").content.decode()
    Position.objects.filter(pk=collecting.pk).update(role=Role.SEKRETARIS_TIM_SAKIP)
    after = visit(cast.office.people["umum"]).get(f"/kinerja/{HERE}").content.decode()

    assert offer not in before
    assert offer in after
