from __future__ import annotations

import io
import zipfile

import pytest

from runtut.procedures.importing import Unreadable, limits, parse
from runtut.procedures.importing.readers.cells import read_page
from runtut.procedures.importing.readers.figures import CROWDED, Figure, take
from runtut.procedures.importing.readers.geometry import Box, Sheet, Word

pytestmark = pytest.mark.slow

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def package(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def test_zip_bomb_is_refused() -> None:
    bomb = package(word__document_xml=b"0" * (limits.MAX_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(Unreadable, match="membengkak"):
        parse("bom.docx", bomb)


def test_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(package(word__document_xml=WORD.format("x" * 500).encode()))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        parse("bohong.docx", bytes(content))


def test_entities_are_refused() -> None:
    lol = (
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
        + WORD.format("&b;").encode()
    )
    with pytest.raises(Unreadable, match="ditolak"):
        parse("entitas.docx", package(word__document_xml=lol))


def test_tags_too_deep_to_be_read_to_the_end_are_said() -> None:
    with pytest.raises(Unreadable, match="bersarang terlalu dalam"):
        parse("dalam.html", b"<html>" + b"<div>" * 200_000 + b"isi")


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(Unreadable, match="halaman"):
        parse("tebal.pdf", pages(limits.MAX_PAGES + 1))


def test_large_file_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="paling besar"):
        parse("besar.txt", bytes(limits.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("kosong.txt", b"  \n", "kosong"),
        ("rusak.pdf", b"%PDF-1.7 bukan", "rusak"),
        ("rusak.docx", b"PK\x03\x04 bukan", "ZIP"),
        ("lama.ppt", b"\xd0\xcf\x11\xe0" + b"x" * 600, "Office lama"),
        ("acak.bin", bytes(range(256)) * 4, "tidak dikenal"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refusal:
        parse(name, content)
    assert str(refusal.value).endswith(".")


def test_text_without_an_sop_is_all_unread() -> None:
    found = parse("surat.txt", b"Yth. Kepala\nDengan hormat\n")
    assert found.sops == ()
    assert [entry.text for entry in found.unread] == ["Yth. Kepala", "Dengan hormat"]


def pages(count: int) -> bytes:
    """The smallest PDF with this many empty pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"] * count
    return written(objects)


def multiplying_forms(depth: int) -> bytes:
    """A page with a form that holds ten forms that hold ten forms, and so on."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        drawing(b"", 1),
    ]
    for level in range(depth):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        objects.append(drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + inner, 10))
    objects.append(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 14>>stream\n0 0 m 9 9 l S \nendstream\n"
    )
    return written(objects)


def drawing(about: bytes, times: int) -> bytes:
    content = b"/F Do " * times
    return b"<<%s/Length %d>>stream\n%s\nendstream\n" % (about, len(content), content)


def written(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + tail


def test_a_row_of_cells_without_end_is_no_head_of_a_table() -> None:
    row = "<tr><th>No</th><th>Kegiatan</th><th>Waktu</th><th>Output</th>" + "<th>x</th>" * 2000 + "</tr>"
    step = "<tr><td>1</td><td>Menulis</td><td>5 menit</td><td>Surat</td></tr>"
    found = parse(
        "lebar.html", f"<!doctype html><html><body><table>{row}{step}</table></body></html>".encode()
    )
    assert found.sops == ()
    assert any("Menulis" in entry.text for entry in found.unread)


def test_a_page_crowded_with_boxes_keeps_only_its_words() -> None:
    sheet = Sheet(800, 600, words=[Word("Kegiatan", Box(5, 5, 50, 12))])
    corners = ((0.0, 0.0), (30.0, 0.0), (30.0, 12.0), (0.0, 12.0), (0.0, 0.0))
    boxes = [
        Figure(tuple((x + at % 80 * 9, y + at // 80 * 7) for x, y in corners), True, False, False, True)
        for at in range(CROWDED + 1)
    ]
    take(boxes, sheet)
    page = read_page(sheet, 1)
    assert sheet.crowded
    assert [row.text for row in page.rows] == ["Kegiatan"]
