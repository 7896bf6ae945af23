from __future__ import annotations

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import measurement

from runtut.documents.formulas.comparison import compare_contents


def changed(change) -> dict:
    content = deepcopy(measurement())
    change(content)
    return content


def test_compare_counts_figures_and_remarks() -> None:
    def mend(content: dict) -> None:
        rows = content["blocks"][1]["rows"]
        rows[0][5], rows[0][6] = "86,52", "100,02"
        rows[3][7] = "Sudah ditetapkan 2 Oktober"

    found = compare_contents(measurement(), changed(mend))

    assert found.summary == "Dua angka dan satu keterangan berubah."
    assert [difference.sentence for difference in found.differences] == [
        "Baris 1 (Meningkatnya mutu pelayanan kecamatan), Realisasi: “86,12” menjadi “86,52”",
        "Baris 1 (Meningkatnya mutu pelayanan kecamatan), Capaian %: “99,56” menjadi “100,02”",
        "Baris 4 (Meningkatnya tata kelola pemerintahan desa), Keterangan: “Satu desa menunggu evaluasi "
        "rancangan perubahan” menjadi “Sudah ditetapkan 2 Oktober”",
    ]


def test_compare_says_when_nothing_changed() -> None:
    found = compare_contents(measurement(), measurement())

    assert found.differences == ()
    assert found.summary == "Tidak ada yang berubah."


def test_compare_reports_a_row_that_came_and_leaves_the_others_alone() -> None:
    row = ["7", "Sasaran baru", "Indikator baru", "persen", "10", "9", "90,00", ""]
    found = compare_contents(measurement(), changed(lambda c: c["blocks"][1]["rows"].insert(2, row)))

    assert [(one.kind, one.before) for one in found.differences] == [("baris", "")]
    assert found.summary == "Satu baris berubah."


def test_compare_reports_one_paragraph_put_between_others() -> None:
    added = {"type": "paragraph", "text": "Kalimat baru."}
    found = compare_contents(measurement(), changed(lambda c: c["blocks"].insert(0, added)))

    assert [(one.kind, one.before, one.after) for one in found.differences] == [
        ("paragraf", "", "Kalimat baru.")
    ]


def test_compare_reports_text_title_date_and_list() -> None:
    def mend(content: dict) -> None:
        content["title"] = ["PENGUKURAN KINERJA", "TRIWULAN IV TAHUN 2026"]
        content["date"] = "2026-10-15"
        content["blocks"][3]["text"] = "Semua indikator mencapai target."
        content["blocks"][4]["items"].append("Butir ketiga.")

    found = compare_contents(measurement(), changed(mend))

    assert [one.kind for one in found.differences] == ["judul", "identitas", "paragraf", "bagian"]
    assert found.summary == "Satu paragraf, satu bagian, satu judul, dan satu identitas berubah."


def test_compare_takes_bold_words_as_the_same_words() -> None:
    def embolden(content: dict) -> None:
        text = content["blocks"][3]["text"]
        content["blocks"][3]["text"] = [{"text": text[:5], "bold": True}, {"text": text[5:]}]

    assert compare_contents(measurement(), changed(embolden)).differences == ()


def test_compare_of_other_columns_reports_the_table() -> None:
    def rename(content: dict) -> None:
        content["blocks"][1]["columns"][7]["label"] = "Sebab"

    found = compare_contents(measurement(), changed(rename))

    assert {one.kind for one in found.differences} == {"bagian"}


blocks = st.lists(
    st.one_of(
        st.builds(lambda t: {"type": "paragraph", "text": t}, st.text(max_size=5)),
        st.builds(lambda t: {"type": "list", "items": t}, st.lists(st.text(max_size=3), max_size=3)),
        st.builds(
            lambda r: {"type": "table", "columns": [{"label": "A"}, {"label": "B"}], "rows": r},
            st.lists(st.lists(st.sampled_from(["1", "2,5", "x", ""]), min_size=2, max_size=2), max_size=4),
        ),
    ),
    max_size=5,
)


@given(blocks, blocks)
def test_compare_finds_nothing_exactly_when_the_words_are_the_same(older: list, newer: list) -> None:
    found = compare_contents({"blocks": older}, {"blocks": newer})

    assert compare_contents({"blocks": older}, {"blocks": older}).differences == ()
    if older == newer:
        assert not found.differences
