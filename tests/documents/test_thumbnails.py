"""Small pictures of photos and PDFs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.cast import AT, Cast
from tests.documents.factories import make_file, make_version

from runtut.core import jobs
from runtut.core.models import OutboxMessage
from runtut.documents.actions import make_thumbnail, render_version
from runtut.documents.models import StoredFile, Thumbnail
from runtut.documents.queries import open_thumbnail, path_of, read_file
from runtut.documents.rendering.thumbnails import BOX, HEAVIEST, NoPicture, small_picture


def picture(width: int, height: int, form: str = "PNG", **options: object) -> bytes:
    """A picture as busy as a photo."""
    stream = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(stream, form, **options)
    return stream.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_small_picture_fits_its_box_and_its_weight(width: int, height: int, form: str) -> None:
    small = small_picture(picture(width, height, form), f"image/{form.lower()}")

    assert opened(small.content).size == (small.width, small.height)
    assert max(small.width, small.height) <= BOX
    assert len(small.content) <= HEAVIEST


def test_photo_is_turned_as_the_camera_says_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Kamera"
    small = small_picture(picture(400, 200, "JPEG", exif=exif), "image/jpeg")

    assert small.height > small.width
    assert len(opened(small.content).getexif()) == 0


def test_transparent_parts_are_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(stream, "PNG")

    red, green, blue = opened(small_picture(stream.getvalue(), "image/png").content).getpixel((20, 20))

    assert min(red, green, blue) > 250


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "image/png"),
        (b"%PDF-1.7 nothing more", "application/pdf"),
        (picture(90, 90)[:200], "image/png"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image/png"),
    ],
)
def test_damaged_content_has_no_picture(content: bytes, content_type: str) -> None:
    with pytest.raises(NoPicture):
        small_picture(content, content_type)


def test_picture_larger_than_any_camera_is_not_opened() -> None:
    stream = io.BytesIO()
    Image.new("1", (9_000, 8_000)).save(stream, "PNG")

    with pytest.raises(NoPicture, match="9000 x 8000"):
        small_picture(stream.getvalue(), "image/png")


def test_first_page_of_a_pdf_is_shown(cast: Cast, files_root: Path) -> None:
    version = make_version(cast)
    render_version(version=version, at=AT)
    version.refresh_from_db()
    assert version.pdf is not None

    small = small_picture(read_file(file=version.pdf), "application/pdf")

    assert (small.width, small.height) == (128, 91), "an A4 sheet that lies"
    assert len(opened(small.content).convert("L").getcolors() or ()) > 5, "with something on it"


def test_worker_makes_the_picture_of_a_stored_file_once(cast: Cast, files_root: Path) -> None:
    first = make_file(cast, name="foto.png", content=picture(300, 200))
    second = make_file(cast, name="foto lagi.png", content=read_file(file=first))
    assert OutboxMessage.objects.filter(topic="documents.thumbnail").count() == 1
    assert open_thumbnail(file=first) is None

    jobs.drain(at=AT)

    assert Thumbnail.objects.count() == 1
    for file in (first, second):
        shown = open_thumbnail(file=file)
        assert shown is not None
        with shown:
            assert opened(shown.read()).size == (128, 86)


def test_file_without_picture_is_no_failure(cast: Cast, files_root: Path) -> None:
    file = make_file(cast)
    jobs.drain(at=AT)

    assert make_thumbnail(file=file) is None
    assert not OutboxMessage.objects.filter(topic="documents.thumbnail", sent_at=None).exists()


def test_file_of_text_asks_for_no_picture(cast: Cast, files_root: Path) -> None:
    make_file(cast, name="catatan.txt", content=b"Catatan rapat")

    assert not OutboxMessage.objects.filter(topic="documents.thumbnail").exists()


def test_picture_that_is_gone_from_the_disk_is_none(cast: Cast, files_root: Path) -> None:
    file = make_file(cast, name="foto.png", content=picture(30, 20))
    jobs.drain(at=AT)
    path_of(Thumbnail.objects.get().sha256).unlink()

    assert open_thumbnail(file=StoredFile.objects.get(pk=file.pk)) is None
