"""Pages that were photographed or painted: laid flat, shaded headings made readable, filled cells told."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from runtut.procedures.importing.readers.shades import lightened
from runtut.procedures.importing.readers.unwarp import Corner, flattened, projection

SCALE = 72 / 300
WIDTH, HEIGHT = 900, 640
FLAT = ((0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT))
ASIDE = ((120.0, 90.0), (980.0, 60.0), (1030.0, 800.0), (70.0, 760.0))


def sheet() -> Image.Image:
    """A page whose border and black corner tell how it lies."""
    page = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, WIDTH - 60, HEIGHT - 60), outline=0, width=6)
    draw.rectangle((80, 80, 140, 110), fill=0)
    return page


def photographed(corners: tuple[Corner, ...], *, dusk: bool = False) -> Image.Image:
    """The page on a dark table, with its corners at these places, clockwise from the upper left."""
    table = Image.new("L", (1100, 860), 70)
    mask = Image.new("L", table.size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    laid = sheet().transform(table.size, Image.Transform.PERSPECTIVE, projection(corners, FLAT))
    table.paste(laid, (0, 0), mask)
    if not dusk:
        return table
    shade = Image.linear_gradient("L").resize(table.size).point([150 + at * 105 // 255 for at in range(256)])
    return ImageChops.multiply(table, shade)


@pytest.mark.parametrize("dusk", [False, True])
def test_a_sheet_seen_from_aside_is_laid_flat(dusk: bool) -> None:
    flat = flattened(photographed(ASIDE, dusk=dusk))

    wide = flat.width / WIDTH
    high = flat.height / HEIGHT
    corner = flat.crop((round(85 * wide), round(85 * high), round(135 * wide), round(105 * high)))
    assert flat.width > flat.height
    assert ImageStat.Stat(corner).mean[0] < 60
    for at in range(100, WIDTH - 100, 50):
        top = flat.crop((round(at * wide), round(50 * high), round(at * wide) + 2, round(76 * high)))
        assert top.getextrema()[0] < 100, at


def shadowed() -> Image.Image:
    shade = (
        Image.linear_gradient("L").resize((WIDTH, HEIGHT)).point([140 + at * 115 // 255 for at in range(256)])
    )
    return ImageChops.multiply(sheet(), shade)


@pytest.mark.parametrize(
    "page", [sheet(), shadowed(), Image.new("L", (800, 600), 40), Image.new("L", (800, 600), 255)]
)
def test_a_page_that_fills_its_picture_is_left_as_it_is(page: Image.Image) -> None:
    assert flattened(page) is page


def painted(shade: int, ink: int) -> Image.Image:
    """A page with an area of this shade in which a word is written."""
    page = Image.new("L", (800, 400), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((80, 80, 600, 160), fill=shade)
    draw.text((120, 97), "KEGIATAN", fill=ink, font_size=40)
    return page


@pytest.mark.parametrize(("shade", "ink"), [(160, 0), (190, 20), (140, 0), (40, 255), (90, 250)])
def test_letters_on_a_shaded_heading_become_black_on_white(shade: int, ink: int) -> None:
    even, fills = lightened(painted(shade, ink), SCALE)

    inside = even.crop((96, 88, 592, 152))
    histogram = inside.histogram()
    assert sum(histogram[200:]) > 0.7 * inside.width * inside.height
    assert sum(histogram[:100]) > 400
    (fill,) = fills
    assert abs(fill.box.left - 80 * SCALE) < 3
    assert abs(fill.box.bottom - 160 * SCALE) < 3


def test_a_black_cell_is_told_and_keeps_its_border() -> None:
    page = Image.new("L", (800, 400), 255)
    ImageDraw.Draw(page).rectangle((200, 100, 320, 180), fill=0)

    even, (fill,) = lightened(page, SCALE)

    assert fill.tint == "000000"
    assert even.getpixel((260, 140)) == 255
    assert even.getpixel((201, 140)) == 0
    assert even.getpixel((260, 179)) == 0


def test_lines_letters_and_the_dark_around_a_sheet_are_no_areas() -> None:
    page = sheet()
    ImageDraw.Draw(page).rectangle((80, 80, 140, 110), fill=250)
    ImageDraw.Draw(page).text((200, 200), "Menyusun konsep laporan", fill=0, font_size=32)

    even, fills = lightened(page, SCALE)

    assert fills == []
    assert even.tobytes() == page.tobytes()
    assert lightened(Image.new("L", (600, 400), 30), SCALE)[1] == []
