"""The page on which handed-over figures are verified, given back, and approved."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.cast import Cast
from tests.performance.factories import (
    make_indicator,
    make_objective,
    make_realisation,
    make_targets,
)
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.core.periods import Quarter
from runtut.performance.enums import RealisationState
from runtut.performance.models import Indicator, Realisation

pytestmark = pytest.mark.django_db

TW1 = Quarter(2026, 1)
HERE = "?tahun=2026&tw=1"
WHERE = f"/kinerja/periksa/{HERE}"


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    found = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])
    make_targets(found, "87", "84", "85", "86.5", "87")
    return found


@pytest.fixture
def figure(indicator: Indicator) -> Realisation:
    return make_realisation(indicator, TW1, "86", state=RealisationState.SUBMITTED)


def press(figure: Realisation, what: str, reason: str = "") -> dict[str, str]:
    return {
        "kerjakan": what,
        "pemilik": str(figure.indicator.owner.uid),
        "indikator": str(figure.indicator.uid),
        "alasan": reason,
    }


def test_somebody_else_verifies_and_the_grid_says_who(cast: Cast, figure: Realisation, visit: Visit) -> None:
    clerk = visit(cast.office.people["pengelola"])
    assert "belum diverifikasi" in clerk.get(WHERE).text

    assert clerk.post(WHERE, press(figure, "verifikasi")).status_code == 302

    figure.refresh_from_db()
    assert figure.verified_in == cast.office.positions["pengelola"]
    assert "diverifikasi Pengelola Data" in clerk.get(f"/kinerja/{HERE}").text
    assert "Verifikasi angka" not in clerk.get(WHERE).text


def test_giving_back_needs_a_reason_and_keeps_it_at_its_field(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    clerk = visit(cast.office.people["pengelola"])

    refused = clerk.post(WHERE, press(figure, "kembalikan", " "))
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert clerk.post(WHERE, press(figure, "kembalikan", "Bukti tidak terbaca.")).status_code == 302

    figure.refresh_from_db()
    assert (figure.state, figure.return_reason) == (RealisationState.RETURNED, "Bukti tidak terbaca.")
    owner = visit(cast.office.people["kasi1"])
    assert "Bukti tidak terbaca." in owner.get(f"/kinerja/{HERE}").text
    told = owner.get("/pemberitahuan/").text
    assert "<b>Realisasi dikembalikan</b>: TW I 2026: Indikator 1.1</a>" in told
    assert '<span class="kutip">Bukti tidak terbaca.</span>' in told
    where = told.split('<a href="/kinerja/')[1].split('"')[0].replace("&amp;", "&")
    assert "Indikator 1.1" in owner.get(f"/kinerja/{where}").text


def test_who_typed_a_figure_is_offered_no_judgement_of_it(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    Realisation.objects.update(entered_by=cast.office.people["perencanaan"])
    planner = visit(cast.office.people["perencanaan"])

    assert "Verifikasi angka" not in planner.get(WHERE).text
    assert planner.post(WHERE, press(figure, "verifikasi")).status_code == 403
    assert Realisation.objects.get().verified_at is None


def test_sections_read_and_judge_nothing(cast: Cast, figure: Realisation, visit: Visit) -> None:
    kasi = visit(cast.office.people["kasi2"])

    assert "Verifikasi dikerjakan" in kasi.get(WHERE).text
    assert kasi.post(WHERE, press(figure, "verifikasi")).status_code == 403
    assert kasi.post(WHERE, press(figure, "setujui")).status_code == 403
    assert Realisation.objects.get().state == RealisationState.SUBMITTED


def test_the_head_approves_what_is_handed_over(cast: Cast, figure: Realisation, visit: Visit) -> None:
    head = visit(cast.budi)
    assert "Setujui realisasi TW I 2026" in head.get(WHERE).text

    assert head.post(WHERE, {"kerjakan": "setujui"}).status_code == 302

    figure.refresh_from_db()
    assert figure.state == RealisationState.APPROVED
    assert figure.verified_by == cast.budi


def test_completeness_names_who_owes_what_since_when(cast: Cast, indicator: Indicator, visit: Visit) -> None:
    planner = visit(cast.office.people["perencanaan"])

    early = planner.get(f"/kinerja/{HERE}").text
    late = planner.get("/kinerja/?tahun=2025&tw=4").text

    assert "mulai ditunggu 1 April 2026" in early
    assert indicator.short_name in early
    assert "ditunggu sejak 1 Januari 2026" in late


def test_beranda_leads_to_figures_that_wait_for_verification(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    told = "1 angka menunggu verifikasi"

    assert told in visit(cast.office.people["pengelola"]).get("/").text
    assert told not in visit(cast.office.people["kasi1"]).get("/").text
    assert told not in visit(cast.joko).get("/").text
    Realisation.objects.update(entered_by=cast.office.people["pengelola"])
    assert told not in visit(cast.office.people["pengelola"]).get("/").text


def test_beranda_tells_the_owner_what_was_given_back_and_why(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    kasi = visit(cast.office.people["kasi1"])
    visit(cast.office.people["pengelola"]).post(WHERE, press(figure, "kembalikan", "Bukti tidak terbaca."))

    shown = kasi.get("/").text

    assert "Perbaiki realisasi TW I 2026" in shown
    assert "1 angka dikembalikan: Bukti tidak terbaca." in shown
    assert "Perbaiki realisasi" not in visit(cast.office.people["kasi2"]).get("/").text


def test_a_run_under_way_asks_for_verification_in_its_own_step(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    owner = stage.cast.office.positions["kasi1"]
    figure = make_realisation(
        make_indicator(make_objective(stage.cast.office.unit), owner),
        TW1,
        "86",
        state=RealisationState.SUBMITTED,
    )
    planner = visit(stage.cast.sari)
    assert "menunggu verifikasi" in planner.get("/").text
    start_run(stage, at)

    assert "menunggu verifikasi" not in planner.get("/").text
    assert figure.verified_at is None
