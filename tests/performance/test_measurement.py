from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import TODAY, Cast
from tests.documents.factories import make_template
from tests.organisations.factories import make_unit
from tests.performance.factories import TW3, make_indicator, make_objective, make_realisation, make_targets

from runtut.documents.rendering.content import check_content
from runtut.organisations.enums import UnitKind
from runtut.performance import queries
from runtut.performance.enums import Accumulation
from runtut.performance.models import Indicator
from runtut.performance.rendering import (
    Drafted,
    Measurement,
    closing_proposed_for,
    compose_measurement,
    departures,
    drafted_in,
    measurement_wording,
)
from runtut.performance.rendering.measurement import conclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(cast: Cast, indicator: Indicator) -> Measurement:
    """An index just under its target, villages above theirs, a yearly figure that is not due."""
    make_realisation(indicator, TW3, "86.12", cause="Satu loket ditutup.")
    villages = make_indicator(
        make_objective(cast.office.unit, sequence=2, text="Meningkatnya tata kelola desa"),
        cast.office.positions["kasi2"],
        accumulation=Accumulation.SUM,
        decimals=0,
        measure="desa",
    )
    make_targets(villages, "12", "3", "3", "3", "3")
    for number, value in enumerate(("4", "4", "2"), 1):
        make_realisation(villages, replace(TW3, number=number), value)
    make_indicator(
        villages.objective,
        cast.office.positions["perencanaan"],
        sequence=2,
        accumulation=Accumulation.ANNUAL,
    )
    return queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=TODAY)


def test_the_office_words_opening_and_closing(facts: Measurement, cast: Cast) -> None:
    make_template(
        cast.office.unit,
        "pengukuran",
        "UKURAN {{tahun}}",
        "Awal {{periode}}.\n\n{{isi}}\n\n{{simpulan}} Tamat.",
    )
    earlier = compose(facts)

    worded = queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=TODAY)
    content = compose(worded)

    assert content["title"] == ["UKURAN 2026"]
    assert content["blocks"][1]["text"] == "Awal Triwulan III Tahun 2026."
    assert content["blocks"][-1]["text"].endswith(" Tamat.")
    assert drafted_in(earlier, worded).intro == measurement_wording(facts).opening


def drafted(facts: Measurement, **more: Any) -> Drafted:
    proposed = measurement_wording(facts)
    return Drafted(intro=proposed.opening, closing=proposed.closing, **more)


def compose(facts: Measurement, **more: Any) -> dict[str, Any]:
    return compose_measurement(facts, drafted(facts, **more))


def texts(content: dict[str, Any], kind: str) -> list[str]:
    return [block["text"] for block in content["blocks"] if block["type"] == kind]


def after(heading: str, content: dict[str, Any]) -> list[str]:
    """The texts that follow a heading."""
    blocks = content["blocks"]
    place = next(number for number, block in enumerate(blocks) if block.get("text") == heading)
    return [block["text"] for block in blocks[place + 1 :]]


def test_content_is_of_the_documents_format(facts: Measurement) -> None:
    checked = check_content(compose(facts))

    assert checked["title"] == [
        "DOKUMEN PENGUKURAN KINERJA",
        facts.office.upper(),
        "TRIWULAN III TAHUN 2026",
    ]
    assert checked["draft"] is True


def test_content_has_one_table_per_objective_in_official_order(facts: Measurement) -> None:
    first, second = (block for block in compose(facts)["blocks"] if block["type"] == "table")

    assert [column["label"] for column in first["columns"]] == [
        "No",
        "Indikator kinerja",
        "Satuan",
        "Target s.d.\nTW III",
        "Realisasi s.d.\nTW III",
        "Capaian (%)",
        "Predikat",
        "Penyebab dan rencana perbaikan",
    ]
    assert first["rows"] == [
        [
            "1.1",
            "Indikator 1.1",
            "nilai",
            "86,50",
            "86,12",
            "99,56",
            "Sangat Tinggi",
            "Lihat bagian D",
        ]
    ]
    assert second["rows"] == [
        ["2.1", "Indikator 2.1", "desa", "9", "10", "111,11", "Sangat Tinggi", "–"],
        ["2.2", "Indikator 2.2", "nilai", "–", "–", "dihitung pada TW IV", "–", "–"],
    ]
    assert second["footer"][0][5:7] == ["111,11", "Sangat Tinggi"]


def test_content_shows_every_sum_and_both_achievements(facts: Measurement) -> None:
    items = next(block["items"] for block in compose(facts)["blocks"] if block["type"] == "list")
    worked = ["".join(run["text"] for run in item) for item in items]

    assert worked[1].startswith("2.1 Indikator 2.1. (8 + 2) ÷ 9 × 100 = 111,11 %. Dijumlahkan: 8 desa")
    assert worked[1].endswith("Terhadap target tahun 2026 (12): 83,33 %.")
    assert worked[2] == "2.2 Indikator 2.2. Indikator tahunan: capaian dihitung pada TW IV."


def test_content_sums_up_the_office_and_says_what_is_left_out(facts: Measurement) -> None:
    mean = (Decimal("86.12") / Decimal("86.5") + Decimal(10) / 9) * 50

    assert (
        f"Rata-rata capaian 2 indikator yang dihitung adalah {mean:.2f} %".replace(".", ",")
        + ", dengan predikat Sangat Tinggi menurut Peraturan Menteri Dalam Negeri "
        "Nomor 86 Tahun 2017." + " Tidak ikut dirata-rata: Indikator 2.2: dihitung pada TW IV."
    ) in texts(compose(facts), "paragraph")


def test_content_analyses_what_is_under_target(facts: Measurement) -> None:
    key = facts.lines[0].key

    own = after("1.1 Indikator 1.1 (99,56 %)", compose(facts))
    edited = after(
        "1.1 Indikator 1.1 (99,56 %)",
        compose(facts, analysis={key: "Loket dibuka lagi.\n\nPetugas ditambah."}),
    )

    assert [line.number for line in facts.under_target] == ["1.1"]
    assert own[0] == "Satu loket ditutup."
    assert edited[:2] == ["Loket dibuka lagi.", "Petugas ditambah."]


def test_content_marks_a_figure_that_stands_in_for_a_blank_quarter(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, replace(TW3, number=2), "86.67")
    make_realisation(indicator, TW3, None, cause="Survei ditunda ke TW IV.")

    facts = queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=TODAY)
    content = compose(facts)

    (table,) = (block for block in content["blocks"] if block["type"] == "table")
    assert "86,67\n(s.d. TW II)" in table["rows"][0]
    assert any(
        "Belum ada angka TW III: 1.1 Indikator 1.1 (memakai data TW II)." in text
        for text in texts(content, "paragraph")
    )
    found = queries.summary(unit=cast.office.unit, quarter=TW3)
    assert (found.due, found.filled, found.explained) == (1, 0, 1)


def test_the_next_version_begins_with_the_paragraphs_of_the_last(facts: Measurement) -> None:
    key = facts.lines[0].key
    written = Drafted(
        intro="Pembukaan baru.\nDua paragraf.",
        closing="Penutup baru.",
        analysis={key: "Loket dibuka lagi.\nPetugas ditambah."},
    )

    nothing_kept = replace(facts.objectives[0].lines[0], cause="")
    now = replace(
        facts, objectives=(replace(facts.objectives[0], lines=(nothing_kept,)), facts.objectives[1])
    )
    assert drafted_in(compose_measurement(facts, written), now) == written
    assert drafted_in(compose_measurement(facts, written), facts).analysis == {key: "Satu loket ditutup."}


def test_the_next_version_takes_the_owners_cause_where_nothing_was_analysed(facts: Measurement) -> None:
    fallen = replace(facts.objectives[1].lines[0], is_under_target=True, cause="Desa belum siap.")
    now = replace(facts, objectives=(facts.objectives[0], replace(facts.objectives[1], lines=(fallen,))))

    assert drafted_in(compose(facts), now).analysis[fallen.key] == "Desa belum siap."


def test_content_without_shortfall_has_no_analysis(facts: Measurement) -> None:
    content = compose(replace(facts, objectives=facts.objectives[1:]))

    assert texts(content, "heading")[-1] == "D. Penutup"
    assert "mencapai targetnya" in texts(content, "paragraph")[-1]


def test_content_is_signed_by_whoever_acts_for_the_head(cast: Cast, facts: Measurement) -> None:
    later = queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=date(2026, 8, 1))

    (block,) = compose(facts)["signatures"]
    assert (block["position"], block["acting"], block["name"]) == ("CAMAT", "Plt.", "Budi Hartono")
    assert block["position_uid"] == str(cast.office.positions["camat"].uid)
    assert later.signature["name"] == ""


def test_place_is_the_kecamatan_or_the_kabupaten(cast: Cast, facts: Measurement) -> None:
    units = (cast.office.units["kasi1"], make_unit("Dinas Sosial", UnitKind.DINAS, cast.kabupaten))
    elsewhere = [queries.measurement_of(unit=unit, quarter=TW3, on=TODAY).place for unit in units]

    assert [facts.place, *elsewhere] == ["Sukamaju", "Sukamaju", "Contoh"]


def test_typed_markup_stays_text(facts: Measurement) -> None:
    content = compose_measurement(facts, Drafted(intro='#image("x") <b>&', closing="$x$"))

    assert texts(content, "paragraph")[0] == '#image("x") <b>&'


def test_a_closing_left_as_proposed_follows_the_figures_that_changed(facts: Measurement) -> None:
    fallen = replace(facts.objectives[1].lines[0], is_under_target=True, cause="Desa belum siap.")
    now = replace(facts, objectives=(facts.objectives[0], replace(facts.objectives[1], lines=(fallen,))))
    earlier = compose(facts)

    assert closing_proposed_for(earlier, now) == measurement_wording(facts).closing
    assert drafted_in(earlier, now).closing == measurement_wording(now).closing
    assert fallen.name in drafted_in(earlier, now).closing
    own = compose_measurement(facts, replace(drafted(facts), closing="Catatan: ditulis sendiri."))
    assert drafted_in(own, now).closing == "Catatan: ditulis sendiri."


def test_a_proposed_closing_is_known_again_however_the_office_has_set_it(
    facts: Measurement, cast: Cast
) -> None:
    make_template(
        cast.office.unit, "pengukuran", "UKURAN", "Awal.\n\n{{isi}}\n\nSimpulan: {{simpulan}}\n* Tamat."
    )
    earlier = queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=TODAY)
    risen = replace(earlier.objectives[0].lines[0], is_under_target=False)
    now = replace(earlier, objectives=(replace(earlier.objectives[0], lines=(risen,)), earlier.objectives[1]))

    closing = drafted_in(compose(earlier), now).closing

    assert closing == measurement_wording(now).closing
    assert closing.startswith("Simpulan: Semua indikator")


def test_a_document_that_was_written_on_is_compared_by_its_words_alone(facts: Measurement) -> None:
    content = compose(facts)
    for block in content["blocks"]:
        block["rows"] = [[[{"text": cell, "bold": True}] for cell in row] for row in block.get("rows", ())]
    own = {"type": "table", "columns": [{"label": "No"}, {"label": "Hal"}], "rows": [["1.1", "Catatan"]]}
    content["blocks"].append(own)

    assert departures(content, facts) == departures(compose(facts), facts)


@pytest.mark.parametrize(("through", "following"), [("TW III", "triwulan"), ("TW IV", "tahun")])
def test_the_conclusion_looks_ahead_to_the_next_quarter_or_year(through: str, following: str) -> None:
    assert conclusion(through, ["Waktu layanan"]).endswith(f"pemilik indikator pada {following} berikutnya.")
    assert conclusion(through, []).endswith(f"dipertahankan pada {following} berikutnya.")
