from __future__ import annotations

import pytest
from tests.documents.factories import JPEG, PDF, PNG, WEBP, make_docx, make_zip

from runtut.core.errors import DomainError
from runtut.documents.errors import (
    EmptyFile,
    FileHasMacros,
    FileIsDamaged,
    FileNotWhatItSays,
    FileTooLarge,
    FileTypeNotAllowed,
)
from runtut.documents.formulas import sniffing
from runtut.documents.formulas.sniffing import SIZE_LIMIT, identify_file

ODT = b"application/vnd.oasis.opendocument.text"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("tanpa ekstensi", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.webp", WEBP, "image/webp"),
        ("a.docx", make_docx(), sniffing.DOCX.content_type),
        ("a.xlsx", make_zip(XLSX), sniffing.XLSX.content_type),
        ("a.odt", make_zip({"mimetype": ODT, "content.xml": b"<o/>"}), ODT.decode()),
        ("a.ods", make_zip({"mimetype": ODS, "content.xml": b"<o/>"}), ODS.decode()),
        ("a.txt", b"Capaian 99,56 %\r\n", "text/plain"),
        ("a.csv", "\ufeffIndikator;Target\n".encode(), "text/csv"),
    ],
)
def test_identify_file_tells_the_type_from_the_content(name: str, content: bytes, content_type: str) -> None:
    assert identify_file(name=name, content=content).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", EmptyFile),
        ("a.pdf", b"%PDF-" + b"x" * SIZE_LIMIT + b"%%EOF", FileTooLarge),
        ("a.pdf", PNG, FileNotWhatItSays),
        ("a.txt", PDF, FileNotWhatItSays),
        ("a.xlsx", make_docx(), FileNotWhatItSays),
        ("a.png", b"<svg onload='alert(1)'/>", FileNotWhatItSays),
        ("a.svg", b"<svg onload='alert(1)'/>", FileTypeNotAllowed),
        ("a.html", b"<html></html>", FileTypeNotAllowed),
        ("a.exe", b"MZ\x90\x00\x03" + b"\x00" * 100, FileTypeNotAllowed),
        ("a.docm", make_docx(), FileTypeNotAllowed),
        ("a.zip", make_zip({"a.txt": b"a"}), FileTypeNotAllowed),
        ("a.docx", make_zip({"a.txt": b"a"}), FileTypeNotAllowed),
        ("a.pdf", b"%PDF-1.7\n torn off", FileNotWhatItSays),
        ("a.docx", b"PK\x03\x04 torn off", FileIsDamaged),
        ("a.docx", make_docx(**{"word/vbaProject.bin": b"x"}), FileHasMacros),
        ("a.odt", make_zip({"mimetype": ODT, "Basic/Standard/script-lb.xml": b"x"}), FileHasMacros),
    ],
)
def test_identify_file_refuses(name: str, content: bytes, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal) as caught:
        identify_file(name=name, content=content)

    assert type(caught.value) is refusal
    assert caught.value.field == "file"
    assert name in caught.value.sentence


def test_identify_file_refuses_a_macro_hidden_behind_a_docx_name() -> None:
    types = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    content = make_zip({"[Content_Types].xml": types, "word/document.xml": b"<w/>"})

    with pytest.raises(FileHasMacros):
        identify_file(name="a.docx", content=content)


def test_identify_file_refuses_a_zip_bomb_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "UNPACKED_LIMIT", 1024 * 1024)
    content = make_docx(**{"word/media/a.bin": b"\x00" * (2 * 1024 * 1024)})

    assert len(content) < 10_000
    with pytest.raises(FileTypeNotAllowed):
        identify_file(name="a.docx", content=content)


def test_identify_file_refuses_a_locked_archive() -> None:
    content = bytearray(make_docx())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    with pytest.raises(FileIsDamaged):
        identify_file(name="a.docx", content=bytes(content))


def test_identify_file_names_what_an_unknown_content_is() -> None:
    with pytest.raises(FileTypeNotAllowed) as caught:
        identify_file(name="a.pdf", content=b"MZ\x90\x00\x03" + b"\x00" * 100)

    assert "isinya program komputer" in caught.value.sentence
