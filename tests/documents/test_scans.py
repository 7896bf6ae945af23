"""Papers signed by hand: the scan comes back to the version that was printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import AT, TODAY, Cast
from tests.documents.factories import approve, make_docx, make_file, make_version, sakip_class
from tests.documents.signing import LATER, camat, signed_paper

from runtut.documents.actions import archive_version, choose_signing_way, keep_scan, new_version
from runtut.documents.errors import (
    AlreadySigned,
    ApprovalMissing,
    DateInFuture,
    FileOfAnotherOffice,
    NotNewestVersion,
    ScanNotReadable,
    SignedBeforeWritten,
)
from runtut.documents.models import DocumentVersion, Signature, StoredFile
from runtut.documents.queries import paper_of_file, read_file, signing_way, verify_archive
from runtut.organisations.errors import NotAdministrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast: Cast) -> DocumentVersion:
    version = make_version(cast)
    approve(version, camat(cast), LATER)
    return version


def scan(
    cast: Cast, version: DocumentVersion, *, on: date = TODAY, file: StoredFile | None = None
) -> Signature:
    return keep_scan(
        version=version,
        position=cast.office.positions["camat"],
        file=file or make_file(cast, key="umum"),
        signed_on=on,
        authority=cast.office.authority("umum"),
        at=LATER,
    )


def test_scan_is_bound_to_the_version_and_names_who_signed(cast: Cast, approved: DocumentVersion) -> None:
    signature = scan(cast, approved)

    assert signature.version_sha256 == approved.sha256
    assert (signature.way, signature.full_name) == ("basah", "Budi Hartono")
    assert signature.kept_by == cast.office.people["umum"]
    assert signature.certificate is None
    assert paper_of_file(content=read_file(file=signature.file)).code == signature.code
    assert list(verify_archive()) == []


def test_scan_comes_also_after_archiving(cast: Cast, approved: DocumentVersion) -> None:
    umum = cast.office.authority("umum")
    archive_version(version=approved, archive_class=sakip_class(), location="", authority=umum, at=LATER)

    assert scan(cast, approved).voided_at is None


def test_second_scan_voids_the_first_visibly(cast: Cast, approved: DocumentVersion) -> None:
    first = scan(cast, approved)
    second = scan(cast, approved)
    first.refresh_from_db()

    assert first.voided_at == LATER
    assert "Diganti pindaian lain" in first.void_reason
    assert second.code == first.code


def test_scan_needs_the_approval(cast: Cast) -> None:
    with pytest.raises(ApprovalMissing):
        scan(cast, make_version(cast))


def test_scan_of_an_older_version_is_refused(cast: Cast, approved: DocumentVersion) -> None:
    sari = cast.office.authority("perencanaan")
    content = {**approved.content, "place": "Sukasari"}
    new_version(document=approved.document, content=content, authority=sari, at=LATER)

    with pytest.raises(NotNewestVersion):
        scan(cast, approved)


def test_scan_of_an_electronically_signed_paper_is_refused(cast: Cast) -> None:
    signature = signed_paper(cast)
    with pytest.raises(AlreadySigned):
        scan(cast, signature.version)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(TODAY + timedelta(days=1), DateInFuture), (TODAY - timedelta(days=1), SignedBeforeWritten)],
)
def test_day_of_a_scan_is_possible(day: date, refusal: type, cast: Cast, approved: DocumentVersion) -> None:
    with pytest.raises(refusal):
        scan(cast, approved, on=day)


def test_scan_is_a_picture_or_pdf_of_this_office(cast: Cast, approved: DocumentVersion) -> None:
    word = make_file(cast, key="umum", name="naskah.docx", content=make_docx())
    with pytest.raises(ScanNotReadable):
        scan(cast, approved, file=word)
    foreign = make_file(cast, key="umum")
    foreign.unit = cast.other_office.unit
    foreign.save()
    with pytest.raises(FileOfAnotherOffice):
        scan(cast, approved, file=foreign)


def test_office_signs_by_hand_until_it_chooses(cast: Cast) -> None:
    admin = cast.authority(cast.admin)
    assert signing_way(unit=cast.office.unit) == "basah"
    choose_signing_way(unit=cast.kabupaten, way="elektronik", authority=admin, at=AT)
    choose_signing_way(unit=cast.other_office.unit, way="basah", authority=admin, at=AT)

    assert signing_way(unit=cast.office.units["umum"]) == "elektronik"
    assert signing_way(unit=cast.other_office.units["umum"]) == "basah"


def test_only_an_administrator_chooses_how_to_sign(cast: Cast) -> None:
    with pytest.raises(NotAdministrator):
        choose_signing_way(
            unit=cast.office.unit, way="elektronik", authority=cast.office.authority("umum"), at=AT
        )
