"""In whose name somebody may sign: who stands directly above, and one further, within the office."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word
from pypdf import PdfReader
from tests.cast import AT, TODAY, Cast

from runtut.documents.actions import (
    continue_document,
    hand_over_manuscript,
    open_manuscript,
    save_manuscript,
)
from runtut.documents.enums import DocumentKind
from runtut.documents.errors import DelegationNotAllowed
from runtut.documents.formulas.signing import By, by_of, role_line
from runtut.documents.models import Manuscript
from runtut.documents.queries import composed, delegations_for
from runtut.documents.rendering import render_docx, render_pdf

pytestmark = pytest.mark.django_db

SELF, BEHALF, ATTENTION = By.SELF, By.ON_BEHALF, By.FOR_THE_ATTENTION


def lines(cast: Cast, key: str, kind: DocumentKind = DocumentKind.NOTA_DINAS) -> dict[By, str]:
    found = delegations_for(position=cast.office.positions[key], kind=kind)
    return {by: role_line(one) for by, one in found.items()}


def note(cast: Cast, signer: str = "perencanaan") -> Manuscript:
    return open_manuscript(
        unit=cast.office.unit,
        kind=DocumentKind.NOTA_DINAS,
        title="Nota permintaan bahan",
        values={},
        signer=cast.office.positions[signer],
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )


def write(cast: Cast, manuscript: Manuscript, signs_as: str | None, text: str = "Mohon bahan.") -> Manuscript:
    return save_manuscript(
        manuscript=manuscript,
        revision=manuscript.revision,
        title=manuscript.title,
        heading="NOTA DINAS",
        text=text,
        signs_as=signs_as,
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )


def above(manuscript: Manuscript) -> str:
    (signature,) = composed(manuscript=manuscript, on=TODAY).content["signatures"]
    return str(signature["role_line"])


def test_names_follow_the_tree_of_the_office(cast: Cast) -> None:
    camat, sekcam = (cast.office.positions[key].title.upper() for key in ("camat", "sekcam"))

    assert lines(cast, "camat") == {SELF: ""}
    assert lines(cast, "sekcam") == {SELF: "", BEHALF: f"a.n. {camat}"}
    assert lines(cast, "kasi1") == {SELF: "", BEHALF: f"a.n. {camat}"}
    assert lines(cast, "perencanaan") == {
        SELF: "",
        BEHALF: f"a.n. {sekcam}",
        ATTENTION: f"a.n. {camat}\n{sekcam}\nu.b.",
    }


def test_staff_signs_for_nobody_and_minutes_are_signed_by_who_was_there(cast: Cast) -> None:
    assert lines(cast, "staf") == {SELF: ""}
    for kind in (DocumentKind.BERITA_ACARA, DocumentKind.NOTULEN, DocumentKind.RKT):
        assert lines(cast, "perencanaan", kind) == {SELF: ""}


@pytest.mark.parametrize("by", list(By))
def test_lines_tell_in_whose_name_they_sign(cast: Cast, by: By) -> None:
    assert by_of(lines(cast, "perencanaan")[by]) == by


def test_the_choice_stands_in_preview_pdf_and_word(cast: Cast) -> None:
    manuscript = write(cast, note(cast), ATTENTION)
    expected = lines(cast, "perencanaan")[ATTENTION]
    assert above(manuscript) == expected

    version = hand_over_manuscript(
        manuscript=manuscript, authority=cast.office.authority("perencanaan"), at=AT
    )
    pages = PdfReader(io.BytesIO(render_pdf(version.content, at=AT))).pages
    pdf = " ".join(" ".join(page.extract_text().split()) for page in pages)
    word = Word(io.BytesIO(render_docx(version.content)))
    written = "\n".join(
        [one.text for one in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    for line in expected.split("\n"):
        assert line in pdf
        assert line in written
    assert pdf.index("u.b.") < pdf.index(cast.office.positions["perencanaan"].title.upper())


def test_the_next_version_keeps_the_choice_until_it_is_changed(cast: Cast) -> None:
    given = {"authority": cast.office.authority("perencanaan"), "at": AT}
    version = hand_over_manuscript(manuscript=write(cast, note(cast), BEHALF), **given)
    following = continue_document(version=version, **given)

    assert (following.signs_as, above(following)) == (BEHALF, lines(cast, "perencanaan")[BEHALF])
    assert above(write(cast, following, None, "Mohon bahan segera.")) == lines(cast, "perencanaan")[BEHALF]
    assert above(write(cast, Manuscript.objects.get(pk=following.pk), SELF)) == ""


def test_a_name_that_is_not_above_the_signer_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    manuscript = note(cast, "sekcam")
    with pytest.raises(DelegationNotAllowed) as refusal:
        write(cast, manuscript, ATTENTION)

    assert refusal.value.field == "signs_as"
    assert Manuscript.objects.get(pk=manuscript.pk).revision == manuscript.revision
