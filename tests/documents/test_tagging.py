"""Signature fields in the structure of a tagged paper: PDF/UA-1 (ISO 14289-1), 7.18.1 and 7.18.4."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from tests.cast import Cast
from tests.documents.factories import make_version
from tests.documents.signing import give_code
from tests.documents.test_late_signatures import late_signers
from tests.documents.test_signatures import content_of, two_signers

from runtut.documents.queries import check_file, public_paper

pytestmark = pytest.mark.django_db


def forms_under(node: DictionaryObject) -> list[DictionaryObject]:
    """Every Form of a structure, wherever it is."""
    kids = node.get("/K", [])
    below = [one.get_object() for one in (kids if isinstance(kids, list) else [kids])]
    inner = [one for one in below if isinstance(one, DictionaryObject) and one.get("/Type") != "/OBJR"]
    return [found for one in inner for found in ([one] if one.get("/S") == "/Form" else forms_under(one))]


def widgets_in(reader: PdfReader) -> list[DictionaryObject]:
    return [ref.get_object() for page in reader.pages for ref in page.get("/Annots", [])]


def test_every_signature_a_paper_asks_for_has_a_name_and_stands_in_its_structure(cast: Cast) -> None:
    give_code(cast)
    first, second = two_signers(cast)

    for pdf in (content_of(first), content_of(second)):
        reader = PdfReader(io.BytesIO(pdf))
        widgets, tree = widgets_in(reader), reader.trailer["/Root"]["/StructTreeRoot"]
        numbers = tree["/ParentTree"]["/Nums"]
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        forms = forms_under(tree)

        assert {one["/T"] for one in widgets} == {f"Runtut{one.position_id}" for one in (first, second)}
        assert {one["/K"]["/Obj"]["/T"] for one in forms} == {one["/T"] for one in widgets}
        assert all(one["/TU"] for one in widgets)
        for one in widgets:
            assert parents[one["/StructParent"]].get_object()["/K"]["/Obj"]["/T"] == one["/T"]
            assert one["/StructParent"] < tree["/ParentTreeNextKey"]
    assert all(part.is_good for part in check_file(paper=public_paper(code=first.code), content=pdf).parts)


def test_structure_stays_as_it_was_signed_when_somebody_signs_unasked(cast: Cast) -> None:
    first, second = late_signers(cast, make_version(cast), "sekcam")
    trees = [
        PdfReader(io.BytesIO(content_of(one))).trailer["/Root"]["/StructTreeRoot"] for one in (first, second)
    ]

    assert len(forms_under(trees[0])) == 1
    assert trees[0]["/ParentTreeNextKey"] == trees[1]["/ParentTreeNextKey"]
    assert len(forms_under(trees[1])) == 1
