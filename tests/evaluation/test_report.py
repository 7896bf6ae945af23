"""What the report proposes from the results: in sentences, from what stands out."""

from __future__ import annotations

from runtut.evaluation.rendering import Finding, PaperFacts, ResultsFacts, proposed_words

PAPER = PaperFacts("Instrumen", "Kecamatan Sukamaju", "Tahun 2025", "Sukamaju", {}, ())


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
