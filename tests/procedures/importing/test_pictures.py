"""Pictures within PDFs and pictures alone: none is unpacked that would fill the machine."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from tests.procedures.importing.test_limits import drawing, written

from runtut.procedures.importing import Unreadable, limits, parse
from runtut.procedures.importing.pictures import page_picture
from runtut.procedures.importing.readers import scans
from runtut.procedures.importing.readers.images import told_in

pytestmark = pytest.mark.slow

HUGE = 50_000


def jpeg(width: int, height: int) -> bytes:
    """The beginning of a JPEG that claims this size, behind a part that holds a smaller one."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    kept = b"\xff\xe1\x00\x12" + b"Exif\x00" + b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01"
    return b"\xff\xd8" + kept + frame + b"\xff\xd9"


def jpeg_2000(width: int, height: int) -> bytes:
    sides = struct.pack(">8I", width, height, 0, 0, width, height, 0, 0)
    return b"\xff\x4f\xff\x51\x00\x29\x00\x00" + sides + b"\x00\x01\x07\x01\x01\xff\xd9"


def jbig2(width: int, height: int) -> bytes:
    return (
        b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + struct.pack(">4I", width, height, 0, 0) + bytes(3)
    )


def page_with(picture: bytes, form: str, *, width: int = 8, height: int = 8, nested: bool = False) -> bytes:
    """A PDF page that shows nothing but a picture, perhaps within a form."""
    resources = b"/Resources<</XObject<</F 5 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]%s/Contents 4 0 R>>" % resources
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (width, height)
    image += b"/BitsPerComponent %d" % (1 if form == "JBIG2Decode" else 8)
    image += b"/Filter/%s/Length %d>>stream\n" % (form.encode(), len(picture))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        drawing(b"", 1),
        image + picture + b"\nendstream\n",
    ]
    if nested:
        inner = b"/Resources<</XObject<</F 6 0 R>>>>"
        objects.insert(4, drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]" + inner, 1))
    return written(objects)


PLAIN = zlib.compress(bytes(64))
PICTURES = {
    "claimed": (PLAIN, "FlateDecode", HUGE),
    "jpeg": (jpeg(HUGE, HUGE), "DCTDecode", 8),
    "jpeg 2000": (jpeg_2000(HUGE, HUGE), "JPXDecode", 8),
    "jbig2": (jbig2(HUGE, HUGE), "JBIG2Decode", 8),
}


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_too_large_to_unpack_is_refused_by_its_size(kind: str, nested: bool) -> None:
    content, form, claimed = PICTURES[kind]
    document = page_with(content, form, width=claimed, height=claimed, nested=nested)

    with pytest.raises(Unreadable, match="halaman 1 berukuran 50000 x 50000 piksel"):
        parse("besar.pdf", document)
    with pytest.raises(Unreadable):
        page_picture(document, 1)


def test_many_pictures_on_a_page_count_together() -> None:
    side = int(limits.MAX_PIXELS**0.5)
    document = page_with(PLAIN, "FlateDecode", width=side, height=side).replace(b"/F Do ", b"/F Do /F Do ")

    with pytest.raises(Unreadable, match="piksel"):
        parse("banyak.pdf", document)


def test_a_jpeg_kept_within_another_does_not_tell_its_size() -> None:
    assert told_in(jpeg(1240, 1754)) == (1240, 1754)


def as_file(kind: str, size: tuple[int, int] = (877, 620)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_alone_is_read_as_a_scan_and_shown(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    found = parse("foto", as_file(kind))

    assert "Halaman 1 berupa pindaian" in found.notes[0]
    assert found.source.sheets == 1
    assert page_picture(as_file(kind), 1)[8:12] == b"WEBP"


def test_a_page_on_which_nothing_is_seen_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: True)
    monkeypatch.setattr(scans, "_tesseract", lambda picture: "")

    assert any("Halaman 1 tampak kosong" in note for note in parse("kosong.png", as_file("PNG")).notes)


def test_a_photograph_lies_as_the_camera_was_held(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("L", (800, 400), 255).save(stream, "JPEG", exif=turned)

    with Image.open(io.BytesIO(page_picture(stream.getvalue(), 1))) as shown:
        assert shown.height > shown.width


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_a_scan_in_many_shades_of_grey_is_not_white(form: str) -> None:
    stream = io.BytesIO()
    row = struct.pack("<H", 16_384) * 400 + struct.pack("<H", 65_535) * 400
    Image.frombytes("I;16", (800, 400), row * 400).save(stream, form)

    with Image.open(io.BytesIO(page_picture(stream.getvalue(), 1))) as shown:
        grey = shown.convert("L")
        ink, paper = grey.getpixel((grey.width // 4, 100)), grey.getpixel((3 * grey.width // 4, 100))
    assert ink == pytest.approx(64, abs=6)
    assert paper == pytest.approx(255, abs=6)


@pytest.mark.parametrize("side", [HUGE, 12_000])
def test_a_png_too_large_to_unpack_is_refused(side: int) -> None:
    size = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    content = as_file("PNG")
    head = b"IHDR" + size
    bomb = content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]

    with pytest.raises(Unreadable, match="lebih dari 120 juta piksel"):
        parse("besar.png", bomb)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "rusak"),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
    ],
)
def test_pictures_that_cannot_be_read_name_the_way_out(name: str, content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=f"{why}.*lalu impor lagi"):
        parse(name, content)
