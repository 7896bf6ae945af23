"""The words inside letters and attachments that came as files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Q
from PIL import Image
from tests.cast import AT, Cast
from tests.documents.factories import make_file, make_letter

from runtut.core import jobs, recognition, search
from runtut.core.models import SearchEntry
from runtut.documents.actions import read_missing_texts
from runtut.documents.models import FileText, IncomingLetter
from runtut.documents.rendering import render_pdf
from runtut.documents.rendering.file_text import words_in_file

READ = "Rehabilitasi jembatan gantung Desa Karangwangi"
FAKE = f"""#!/bin/sh
if [ "$1" = "--list-langs" ]; then echo ind; exit 0; fi
cat > /dev/null
echo "{READ}"
"""


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine without Tesseract; a programme put into the folder is found."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    recognition.is_installed.cache_clear()
    monkeypatch.setattr(recognition.shutil, "which", lambda name: found(tmp_path / name))
    yield tmp_path
    recognition.is_installed.cache_clear()


def found(place: Path) -> str | None:
    return str(place) if place.is_file() else None


def install(place: Path) -> None:
    (place / "tesseract").write_text(FAKE)
    (place / "tesseract").chmod(0o755)
    recognition.is_installed.cache_clear()


def scan(form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("L", (400, 200), 255).save(stream, form)
    return stream.getvalue()


def typed_pdf() -> bytes:
    block = {"type": "paragraph", "text": "Permohonan pembangunan posyandu di Dusun Krajan."}
    return render_pdf({"kind": "laporan", "title": ["SURAT"], "blocks": [block]}, at=AT)


def test_text_of_a_pdf_is_its_own(no_tesseract: Path) -> None:
    words = words_in_file(typed_pdf(), "application/pdf")

    assert "posyandu di Dusun Krajan" in words.text
    assert words.is_whole


@pytest.mark.parametrize(("form", "kind"), [("PNG", "image/png"), ("PDF", "application/pdf")])
def test_picture_is_read_where_tesseract_is(no_tesseract: Path, form: str, kind: str) -> None:
    assert words_in_file(scan(form), kind) == ("", False)

    install(no_tesseract)

    assert words_in_file(scan(form), kind) == (READ, True)


def test_damaged_file_has_no_words(no_tesseract: Path) -> None:
    assert words_in_file(b"%PDF-1.7 rusak", "application/pdf") == ("", True)


@pytest.mark.django_db
def test_letter_is_found_by_the_words_of_its_scan(cast: Cast, no_tesseract: Path) -> None:
    install(no_tesseract)
    make_letter(cast, file=make_file(cast, name="surat.png", content=scan(), key="umum"))

    jobs.drain(at=AT)
    jobs.drain(at=AT)

    letter = IncomingLetter.objects.get()
    (entry,) = SearchEntry.objects.filter(uid=letter.uid)
    assert READ in entry.body
    (answer,) = search.answers(search.wanted("jembatan"), Q(pk__gt=0))
    assert answer.uid == letter.uid


@pytest.mark.django_db
def test_scan_is_read_once_tesseract_has_come(cast: Cast, no_tesseract: Path) -> None:
    make_letter(cast, file=make_file(cast, name="surat.png", content=scan(), key="umum"))
    jobs.drain(at=AT)
    assert not FileText.objects.get().is_whole

    install(no_tesseract)

    assert read_missing_texts() == 1
    assert FileText.objects.get().text == READ
    assert read_missing_texts() == 0
