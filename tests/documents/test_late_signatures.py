"""Whoever is asked to sign after the first electronic signature: drawn where the paper is empty."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from tests.cast import AT, Cast
from tests.documents.factories import make_version
from tests.documents.signing import LATER, camat, give_code, give_key, keep, prepare
from tests.documents.test_signatures import content_of, pdfsig_says

from runtut.documents.actions import ask_signers
from runtut.documents.models import DocumentVersion, Signature
from runtut.documents.queries import check_file, public_paper
from runtut.documents.rendering import check_content, render_pdf
from runtut.documents.rendering.free_room import free_room

Box = tuple[float, ...]


def late_signers(cast: Cast, version: DocumentVersion, *keys: str) -> list[Signature]:
    """A paper signed by the Camat, who asks others for their signatures only afterwards."""
    give_code(cast)
    camat_now = camat(cast)
    give_key(cast.budi, camat_now)
    made = [keep(prepare(version, camat_now), version, camat_now)]
    for hour, key in enumerate(keys, start=2):
        position, authority = cast.office.positions[key], cast.office.authority(key)
        ask_signers(version=version, positions=[position], at=LATER, last_decides=False)
        give_key(cast.office.people[key], authority)
        at = LATER + timedelta(hours=hour)
        version.refresh_from_db()
        made.append(keep(prepare(version, authority, at), version, authority, at))
    return made


def drawn_boxes(pdf: bytes) -> dict[str, tuple[int, Box]]:
    """Page and box of every signature that is drawn in a room of its own."""
    return {
        str(note["/T"]): (number, tuple(float(side) for side in note["/Rect"]))
        for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages)
        for reference in page.get("/Annots", [])
        if (note := reference.get_object()).get("/FT") == "/Sig" and any(map(float, note["/Rect"]))
    }


def words_at(pdf: bytes, page: int, box: Box) -> str:
    """What is printed in a box, stamps included."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    document[page].flatten()
    left, low, right, high = box
    return str(document[page].get_textpage().get_text_bounded(left - 1, low - 1, right + 1, high + 1))


@cache
def full_page() -> bytes:
    """A page without an empty line."""
    lines = [{"type": "paragraph", "text": f"Baris {number}. " + "Isi naskah. " * 40} for number in range(40)]
    whole = PdfReader(io.BytesIO(render_pdf(check_content({"blocks": lines}), at=AT)))
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_page(whole.pages[0])
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.django_db
def test_late_signer_is_drawn_where_the_page_is_empty(cast: Cast, tmp_path: Path) -> None:
    first, *later = late_signers(cast, make_version(cast), "sekcam", "perencanaan")
    before, pdf = content_of(first), content_of(later[-1])
    boxes = drawn_boxes(pdf)

    assert drawn_boxes(before) == {}
    assert set(boxes) == {f"Runtut{one.position_id}" for one in later}
    assert len(set(boxes.values())) == 2
    last = len(PdfReader(io.BytesIO(before)).pages) - 1
    assert [page for page, _ in boxes.values()] == [last, last]
    assert [words_at(before, page, box).strip() for page, box in boxes.values()] == ["", ""]
    page, box = boxes[f"Runtut{later[0].position_id}"]
    said = words_at(pdf, page, box)
    assert "Ditandatangani secara elektronik" in said
    assert cast.office.positions["sekcam"].title in said
    assert cast.office.people["sekcam"].full_name in said


@pytest.mark.django_db
def test_late_signature_leaves_the_earlier_ones_valid(cast: Cast, tmp_path: Path) -> None:
    first, *later = late_signers(cast, make_version(cast), "sekcam", "perencanaan")
    pdf = content_of(later[-1])
    parts = check_file(paper=public_paper(code=first.code), content=pdf).parts

    assert pdf.startswith(content_of(later[0]))
    assert pdf.startswith(content_of(first))
    assert [part.is_good for part in parts] == [True] * 3
    if shutil.which("pdfsig"):
        assert pdfsig_says(pdf, tmp_path).count("Signature is Valid") == 3


@pytest.mark.django_db
def test_later_stamps_keep_what_pdf_a_asks_for(cast: Cast) -> None:
    """No validator is at hand: what the stamps bring in is held against the rules that they could break:
    fonts and colours (ISO 19005-3, 6.2), annotations (6.3), metadata (6.6), marks of a structure (6.7)."""
    first, second = late_signers(cast, make_version(cast), "sekcam")
    before, after = (PdfReader(io.BytesIO(content_of(one))) for one in (first, second))
    said = [one.trailer["/Root"]["/Metadata"].get_data() for one in (before, after)]
    notes = [ref.get_object() for page in after.pages for ref in page.get("/Annots", [])]
    (note,) = [one for one in notes if one["/T"] == f"Runtut{second.position_id}"]
    drawn = note["/AP"]["/N"]
    stamp = drawn["/Resources"]["/XObject"]["/Stamp"]

    assert said[0] == said[1]
    assert b"<pdfaid:part>3" in said[1]
    assert before.trailer["/Info"] == after.trailer["/Info"]
    assert note["/F"] & 0b100100111 == 0b100
    assert list(note["/AP"]) == ["/N"]
    for content in (drawn, stamp):
        assert b"/MCID" not in content.get_data()
        assert not {"/Group", "/StructParents", "/Ref", "/OPI"} & set(content)
    for font in stamp["/Resources"]["/Font"].values():
        (inner,) = font["/DescendantFonts"]
        assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font.get_object()
    assert {space[0] for space in stamp["/Resources"]["/ColorSpace"].values()} == {"/ICCBased"}
    assert all(gs["/ca"] == 1 for gs in drawn["/Resources"]["/ExtGState"].values())


def test_paper_without_an_empty_foot_is_signed_along_its_edge() -> None:
    found = free_room(full_page(), taken=[])
    assert found is not None
    beside = free_room(full_page(), taken=[(0, found.box)])

    assert found.turned
    assert found.box[2] < 71
    assert beside is not None
    assert beside.box[1] >= found.box[3]
    assert free_room(full_page(), taken=[(0, (0, 0, 71, 842))]) is None
