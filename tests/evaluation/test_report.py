"""What the report proposes from the results: in sentences, from what stands out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents.factories import make_template
from tests.evaluation.office import Room
from tests.performance.factories import (
    make_indicator,
    make_objective,
    make_realisation,
    make_targets,
)

from runtut.core.periods import Quarter
from runtut.evaluation.queries import report_facts
from runtut.evaluation.rendering import (
    Finding,
    PaperFacts,
    Reached,
    ResultsFacts,
    compose_report,
    proposed_words,
)

PAPER = PaperFacts("Instrumen", "Kecamatan Sukamaju", "Tahun 2025", 2025, "Sukamaju", {}, ())


def facts_with(*weaknesses: Finding) -> ResultsFacts:
    return ResultsFacts(PAPER, ("Kasi 1",), (), (), "70,00", "", (), (), weaknesses)


def test_each_weakness_gets_its_remedy_in_a_sentence() -> None:
    named = Finding("1.2", "Kelengkapan bukti", "Seberapa lengkap bukti?", "60,00")
    unnamed = Finding("2.1", "", "Apakah hasilnya dibahas?", "50,00")

    words = proposed_words(facts_with(named, unnamed))

    assert words.follow_up.splitlines() == [
        "1. Memperbaiki kelengkapan bukti.",
        "2. Menindaklanjuti butir 2.1: Apakah hasilnya dibahas.",
    ]
    assert words.weaknesses.splitlines() == [
        "1. Kelengkapan bukti (butir 1.2, nilai 60,00).",
        "2. Apakah hasilnya dibahas (butir 2.1, nilai 50,00).",
    ]


def test_without_a_weakness_the_work_goes_on() -> None:
    assert proposed_words(facts_with()).follow_up == "Mempertahankan kinerja pada semua bagian."


def test_what_was_achieved_stands_in_the_report_and_is_left_out_where_nothing_was_measured() -> None:
    measured = replace(facts_with(), reached=(Reached("1.1", "Indeks Kepuasan", "85,00", "85,95", "101,12"),))
    words = proposed_words(measured)

    told = str(compose_report(measured, words)["blocks"])

    assert "['1.1', 'Indeks Kepuasan', '85,00', '85,95', '101,12']" in told
    assert "Capaian kinerja yang dievaluasi" not in str(compose_report(facts_with(), words)["blocks"])


@pytest.mark.django_db
def test_the_report_reads_the_figures_of_its_period_up_to_the_end() -> None:
    room = Room.make()
    instrument = room.in_use()
    office, period = room.desk.office, Quarter(room.case.year, room.case.quarter or 4)
    objective, owner = make_objective(office.unit), office.positions["kasi1"]
    indicator = make_indicator(objective, owner)
    make_indicator(objective, owner, sequence=2)
    make_targets(indicator, "80", "80", "80", "80", "80")
    make_realisation(indicator, period, "60")
    make_template(
        office.unit,
        "laporan_evaluasi",
        "HASIL\n{{periode}}",
        "{{responden}} menjawab.\n{{isi}}\nSekian, {{tempat}}.",
    )

    facts = report_facts(instrument=instrument, on=office.unit.local_date(room.desk.at))

    assert facts.reached == (Reached("1.1", indicator.name, "80,00", "60,00", "75,00"),)
    words = proposed_words(facts)
    answered = f"{len(facts.answered)} dari {len(facts.answered) + len(facts.missing)}"
    assert (words.intro, words.closing) == (f"{answered} menjawab.", f"Sekian, {facts.paper.place}.")
    assert compose_report(facts, words)["title"] == ["HASIL", facts.paper.period.upper()]
