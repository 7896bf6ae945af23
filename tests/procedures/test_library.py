from __future__ import annotations

import pytest

from runtut.procedures.errors import LibraryKeyUnknown
from runtut.procedures.queries import library, library_entry


def test_library_lists_the_seven_first():
    assert [data["key"] for data in library()] == ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S-RAPAT"]


def test_library_hands_out_copies():
    library()[0]["title"] = "diubah"
    assert library()[0]["title"] == "Penyusunan Evaluasi Kinerja"


@pytest.mark.parametrize("key", ["s2", "S2", " s2 "])
def test_library_entry_in_any_case(key):
    assert library_entry(key)["title"] == "Pengukuran Data Kinerja"


def test_library_entry_unknown():
    with pytest.raises(LibraryKeyUnknown, match="Pustaka tidak memuat SOP s9"):
        library_entry("s9")
