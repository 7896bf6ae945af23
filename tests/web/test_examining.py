"""The page on which handed-over figures are verified, given back, and approved."""

from __future__ import annotations

import re
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
from runtut.performance.enums import RealisationState, Variant
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
        f"versi-{figure.indicator.uid}": str(figure.version),
        "alasan": reason,
    }


def test_somebody_else_verifies_and_the_grid_says_who(cast: Cast, figure: Realisation, visit: Visit) -> None:
    clerk = visit(cast.office.people["pengelola"])
    assert "belum diverifikasi" in clerk.get(WHERE).text

    assert clerk.post(WHERE, press(figure, "verifikasi")).status_code == 302

    figure.refresh_from_db()
    assert figure.verified_in == cast.office.positions["pengelola"]
    assert "diverifikasi Pengelola Data" in clerk.get(f"/kinerja/{HERE}").text
    assert "Verifikasi 1 angka" not in clerk.get(WHERE).text


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


def test_giving_back_names_its_figures_and_nothing_is_chosen_beforehand(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    other = make_indicator(figure.indicator.objective, figure.indicator.owner, sequence=2)
    kept = make_realisation(other, TW1, "3", state=RealisationState.SUBMITTED)
    clerk = visit(cast.office.people["pengelola"])
    shown = clerk.get(WHERE).text
    assert shown.count('type="checkbox"') == 2
    assert " checked" not in shown
    asked = {
        "kerjakan": "kembalikan",
        "pemilik": str(figure.indicator.owner.uid),
        "alasan": "Buktinya keliru.",
    }

    refused = clerk.post(WHERE, asked)

    assert refused.status_code == 422
    assert "Pilih dahulu angka yang dikembalikan" in refused.text
    assert f'aria-describedby="galat-{figure.indicator.owner.uid}"' in refused.text
    assert "Buktinya keliru.</textarea>" in refused.text
    assert set(Realisation.objects.values_list("state", flat=True)) == {RealisationState.SUBMITTED}
    assert clerk.post(WHERE, {**asked, "indikator": str(figure.indicator.uid)}).status_code == 302
    figure.refresh_from_db()
    kept.refresh_from_db()
    assert (figure.state, kept.state) == (RealisationState.RETURNED, RealisationState.SUBMITTED)


def test_a_return_without_reason_keeps_what_was_ticked(cast: Cast, figure: Realisation, visit: Visit) -> None:
    refused = visit(cast.office.people["pengelola"]).post(WHERE, press(figure, "kembalikan", " "))

    assert f'value="{figure.indicator.uid}" checked' in refused.text


def test_a_refused_verification_ticks_nothing_to_be_given_back(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    visit(cast.sari).post(WHERE, press(figure, "verifikasi"))

    again = visit(cast.sari).post(WHERE, press(figure, "verifikasi"))

    assert again.status_code >= 400
    assert f'id="angka-{figure.indicator.uid}"' in again.text
    assert not re.search(r'name="indikator" value="[^"]+" checked', again.text)


def test_one_press_verifies_every_figure_that_was_shown(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    other = make_indicator(figure.indicator.objective, figure.indicator.owner, sequence=2)
    make_realisation(other, TW1, "3", state=RealisationState.SUBMITTED)
    clerk = visit(cast.office.people["pengelola"])
    shown = clerk.get(WHERE).text
    assert "Verifikasi 2 angka" in shown
    sent = re.findall('type="hidden" name="indikator" value="([^"]+)"', shown)
    seen = dict(re.findall('type="hidden" name="(versi-[^"]+)" value="([0-9]+)"', shown))
    later = make_indicator(figure.indicator.objective, figure.indicator.owner, sequence=3)
    unseen = make_realisation(later, TW1, "9", state=RealisationState.SUBMITTED)

    clerk.post(WHERE, {**press(figure, "verifikasi"), "indikator": sent, **seen})

    assert Realisation.objects.filter(verified_at__isnull=False).count() == 2
    unseen.refresh_from_db()
    assert unseen.verified_at is None


def test_a_figure_that_changed_after_it_was_read_is_not_verified_unseen(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    clerk = visit(cast.office.people["pengelola"])
    read = press(figure, "verifikasi")
    Realisation.objects.update(value="68", version=figure.version + 2)

    answer = clerk.post(WHERE, read)

    figure.refresh_from_db()
    assert (answer.status_code, figure.verified_at) == (409, None)
    assert "berubah sejak halaman ini dibuka" in answer.text
    assert clerk.post(WHERE, press(figure, "verifikasi")).status_code == 302


def test_who_typed_a_figure_is_offered_no_judgement_of_it(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    Realisation.objects.update(entered_by=cast.office.people["perencanaan"])
    planner = visit(cast.office.people["perencanaan"])

    assert 'value="verifikasi"' not in planner.get(WHERE).text
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
    assert "dikembalikan: Bukti tidak terbaca." in shown
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


def test_who_examines_sees_a_jump_and_both_bounds_of_a_target(
    cast: Cast, figure: Realisation, visit: Visit
) -> None:
    ranged = make_indicator(
        figure.indicator.objective, figure.indicator.owner, sequence=2, variant=Variant.RANGE, decimals=0
    )
    make_targets(ranged, "80", "80", "80", "80", "80", upper="90")
    make_realisation(figure.indicator, Quarter(2025, 1), "50")

    shown = visit(cast.office.people["pengelola"]).get(WHERE).text

    assert "Berubah 72,00 % dari TW I 2025 (50,00 menjadi 86,00)." in shown
    assert "80 – 90" in shown


def test_the_table_warns_whoever_types_and_keeps_the_figure(
    cast: Cast, indicator: Indicator, visit: Visit
) -> None:
    make_realisation(indicator, Quarter(2025, 1), "33")
    owner, key = visit(cast.office.people["kasi1"]), indicator.uid
    typed = {f"nilai-{key}": "171", f"versi-{key}": "0", f"sebab-{key}": ""}

    told = owner.post(f"/kinerja/{HERE}", typed | {"otomatis": "1"}).json()

    warning = "Berubah 418,18 % dari TW I 2025 (33,00 menjadi 171,00). Periksa lagi angkanya"
    assert told["galat"] == {}
    assert told["sel"][f"lonjakan-{key}"].startswith(warning)
    assert "171,00 ÷ 84,00 × 100" in told["sel"][f"capaian-{key}"]
    assert warning in owner.get(f"/kinerja/{HERE}").text
    assert Realisation.objects.get(year=2026).value == 171
    typed = {f"nilai-{key}": "34", f"versi-{key}": told["versi"][f"versi-{key}"], "otomatis": "1"}
    assert owner.post(f"/kinerja/{HERE}", typed).json()["sel"][f"lonjakan-{key}"] == ""
