"""Returns that a note tells in words, as offices put them."""

from __future__ import annotations

import pytest
from tests.procedures.importing.pages import HEAD, page, plain

from runtut.procedures.importing import ReadSop


def noted(note: str) -> ReadSop:
    """Four steps, the last with a note."""
    steps = ("Menyerahkan berkas", "Mencatat berkas", "Menyusun konsep", "Memeriksa konsep")
    marks = (("v", ""), ("v", ""), ("", "v"), ("", "v"))
    return page(
        plain("No", "Kegiatan", "Warga", "Kepala Seksi", *HEAD[4:]),
        *(
            (str(no), activity, *mark, "Berkas", "5 menit", "Berkas", note if no == 4 else "")
            for no, (activity, mark) in enumerate(zip(steps, marks, strict=True), start=1)
        ),
    )


@pytest.mark.parametrize(
    ("note", "target"),
    [
        ("Tidak lengkap → kembali ke 1", 1),
        ("Tidak -> 2", 2),
        ("Tidak: ke langkah 2", 2),
        ("Ya: lanjut; Tidak: ke 3", 3),
        ("Jika belum memenuhi syarat, ulangi langkah 3", 3),
        ("Revisi: kembali ke langkah ke-2", 2),
        ("Ditolak, proses diulang dari tahap 1", 1),
        ("Jika ditolak kembali ke langkah nomor 2", 2),
        ("If not complete, return to step 1", 1),
    ],
)
def test_a_note_that_leads_to_an_earlier_step_is_a_return(note: str, target: int) -> None:
    step = noted(note).steps[3]
    assert (step.return_to, step.return_confidence) == ([target], "high")


@pytest.mark.parametrize(
    ("note", "target"),
    [
        ("Tidak lengkap: kembali ke warga", 2),
        ("Bila kurang lengkap, dikembalikan kepada Warga", 2),
        ("Ya: lanjut; Tidak: dikembalikan ke Warga", 2),
        ("Bila terdapat kesalahan ketik dikembalikan ke Kepala Seksi", 3),
    ],
)
def test_a_note_that_leads_back_to_a_performer_is_a_return(note: str, target: int) -> None:
    step = noted(note).steps[3]
    assert (step.return_to, step.return_confidence) == ([target], "medium")


@pytest.mark.parametrize(
    "note",
    [
        "Berkas asli dikembalikan kepada Warga",
        "Tidak ada: 3 lembar",
        "Ya: ke langkah 5",
        "Mengacu ke langkah 2",
        "Dibahas kembali 2 hari kemudian",
        "Paling lambat 3 hari, tidak dipungut biaya",
    ],
)
def test_a_note_that_leads_nowhere_back_is_none(note: str) -> None:
    assert noted(note).steps[3].return_to == []
