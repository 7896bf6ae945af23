from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.documents.formulas.names import NAME_LIMIT, clean_file_name, extension_of


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("laporan.pdf", "laporan.pdf"),
        ("C:\\Users\\sari\\Laporan  TW III.pdf", "Laporan TW III.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "berkas"),
        (".htaccess", "htaccess"),
        ("", "berkas"),
        ("foto\r\nX-Header: a.png", "foto X-Header a.png"),
        ("laporan\u202efdp.exe", "laporanfdp.exe"),
        ("a" * 300 + ".docx", "a" * (NAME_LIMIT - 5) + ".docx"),
    ],
)
def test_clean_file_name(given_name: str, kept: str) -> None:
    assert clean_file_name(given_name) == kept


@given(st.text(max_size=400))
def test_clean_file_name_is_safe_whatever_comes(name: str) -> None:
    cleaned = clean_file_name(name)

    assert 0 < len(cleaned) <= NAME_LIMIT
    assert not cleaned.startswith(".")
    assert not set(cleaned) & set('/\\\0\r\n"<>')
    assert clean_file_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.pdf", ".pdf"), ("a", ""), ("a.tar.gz", ".gz"), ("a.b c", ""), ("v.1.2026-03", "")],
)
def test_extension_of(name: str, extension: str) -> None:
    assert extension_of(name) == extension
