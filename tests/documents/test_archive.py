from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.cast import AT, TODAY, Cast
from tests.documents.factories import PNG, approve, make_file, make_outgoing, make_version, sakip_class
from tests.documents.signing import give_code

from runtut.core.models import AuditEntry
from runtut.documents.actions import (
    archive_version,
    ask_signers,
    endorse,
    load_archive_classes,
    new_version,
    number_document,
    void_number,
)
from runtut.documents.errors import (
    AlreadyArchived,
    AlreadyNumbered,
    ArchiveClassNotInForce,
    ArchiveClassUnknown,
    DocumentIsLocked,
    NotApproved,
    SegmentMissing,
    SignaturesAwaited,
)
from runtut.documents.models import (
    ArchiveClass,
    ArchiveRecord,
    DocumentVersion,
    OutgoingLetter,
    RegisterEntry,
)
from runtut.documents.queries import (
    archive_class_of,
    archive_classes,
    excused_turns,
    missing_signers,
    open_turns,
)
from runtut.documents.queries.books import outgoing_book
from runtut.organisations.errors import UnitNotOpen
from runtut.organisations.models import Authority

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def camat(cast: Cast) -> Authority:
    return cast.authority(cast.budi, "plt")


def approved(cast: Cast) -> DocumentVersion:
    version = make_version(cast)
    approve(version, camat(cast), AT)
    return version


def file_away(cast: Cast, version: DocumentVersion, **fields: object) -> ArchiveRecord:
    arguments = {
        "archive_class": sakip_class(),
        "location": "Lemari 2, rak 3",
        "authority": cast.office.authority("umum"),
        "at": LATER,
    }
    return archive_version(version=version, **arguments | fields)


def test_files_are_kept_with_the_archived_version(cast: Cast) -> None:
    photo = make_file(cast, name="layar.png", content=PNG)

    record = file_away(cast, approved(cast), enclosures=[("Bukti isian", photo)])

    (kept,) = record.enclosures.all()
    assert (kept.title, kept.file) == ("Bukti isian", photo)
    assert photo.sha256 in AuditEntry.objects.get(action="documents.document.archived").data


def test_archive_version_takes_number_and_class_and_locks(cast: Cast) -> None:
    version = approved(cast)

    record = file_away(cast, version)

    assert record.number == "000.8.6.3/1/2026"
    assert (record.archive_class.code, record.sha256) == ("000.8.6.3", version.sha256)
    version.document.refresh_from_db()
    assert version.document.state == "terkunci"
    with pytest.raises(DocumentIsLocked):
        endorse(version=version, kind="paraf", note="", authority=camat(cast), at=LATER)


def test_archive_version_refuses_a_draft_and_takes_no_number(cast: Cast) -> None:
    with pytest.raises(NotApproved):
        file_away(cast, make_version(cast))

    assert RegisterEntry.objects.count() == 0


def test_archive_version_twice_names_the_first(cast: Cast) -> None:
    version = approved(cast)
    file_away(cast, version)

    with pytest.raises(AlreadyArchived, match=r"000\.8\.6\.3/1/2026"):
        file_away(cast, version)
    assert RegisterEntry.objects.count() == 1


def named_two(cast: Cast) -> DocumentVersion:
    """A paper approved by the Camat, which the Sekcam has still to sign."""
    version = make_version(cast)
    positions = [cast.office.positions[key] for key in ("sekcam", "camat")]
    ask_signers(version=version, positions=positions, at=AT)
    approve(version, camat(cast), AT)
    return version


def test_archive_version_waits_for_who_has_still_to_sign(cast: Cast) -> None:
    version = named_two(cast)
    title = cast.office.positions["sekcam"].short_title

    with pytest.raises(SignaturesAwaited, match=title):
        file_away(cast, version)
    assert RegisterEntry.objects.count() == 0
    assert [turn.position.short_title for turn in open_turns()] == [title]


def test_archive_version_keeps_why_somebody_has_not_signed(cast: Cast) -> None:
    version = named_two(cast)

    file_away(cast, version, unsigned_reason=" Pensiun sejak 1 Maret. ")

    (turn,) = excused_turns(version=version)
    assert (turn.position, turn.excuse) == (cast.office.positions["sekcam"], "Pensiun sejak 1 Maret.")
    assert [one.position for one in missing_signers(version=version)] == [turn.position]
    assert list(open_turns()) == []
    assert "Pensiun sejak 1 Maret." in AuditEntry.objects.get(action="documents.document.archived").data


def test_archive_version_refuses_a_legacy_class_and_a_stranger(cast: Cast) -> None:
    version = approved(cast)

    with pytest.raises(ArchiveClassNotInForce, match="067"):
        file_away(cast, version, archive_class=ArchiveClass.objects.get(code="067"))
    with pytest.raises(UnitNotOpen):
        file_away(cast, version, authority=cast.authority(cast.joko))


def test_number_document_needs_the_office_code(cast: Cast) -> None:
    version = approved(cast)
    arguments = {"archive_class": sakip_class(), "authority": cast.office.authority("umum"), "at": LATER}

    with pytest.raises(SegmentMissing, match="kode surat unit"):
        number_document(document=version.document, **arguments)
    cast.office.unit.code = "KEC.SKM"
    cast.office.unit.save()
    numbered = number_document(document=version.document, **arguments)

    assert (numbered.number, numbered.number_date) == ("000.8.6.3/1/KEC.SKM/2026", TODAY)
    with pytest.raises(AlreadyNumbered, match=r"KEC\.SKM"):
        number_document(document=version.document, **arguments)


def test_a_voided_number_leaves_its_document_until_that_is_closed(cast: Cast) -> None:
    cast.office.unit.code = "KEC.SKM"
    cast.office.unit.save()
    version = approved(cast)
    umum = cast.office.authority("umum")

    def number() -> str:
        return number_document(
            document=version.document, archive_class=sakip_class(), authority=umum, at=LATER
        ).number

    number()
    void_number(entry=RegisterEntry.objects.get(), reason="Salah klasifikasi.", authority=umum, at=LATER)

    assert number() == "000.8.6.3/2/KEC.SKM/2026"
    file_away(cast, version)
    bearing = RegisterEntry.objects.get(register__kind="keluar", sequence=2)
    with pytest.raises(DocumentIsLocked):
        void_number(entry=bearing, reason="Terlambat.", authority=umum, at=LATER)
    bearing.refresh_from_db()
    assert bearing.voided_at is None


def test_papers_signed_and_sent_share_one_series(cast: Cast) -> None:
    cast.office.unit.code = "KEC.SKM"
    cast.office.unit.save()
    numbered = number_document(
        document=make_version(cast).document,
        archive_class=sakip_class(),
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )

    line = make_outgoing(cast, archive_class=sakip_class())

    assert (numbered.number.split("/")[1], line.number.split("/")[1]) == ("1", "2")


def test_archive_classes_are_there_and_loading_again_adds_none(db: None) -> None:
    assert load_archive_classes() == 0
    offered = [one.code for one in archive_classes(on=TODAY)]

    assert "000.8.6.3" in offered
    assert "067" not in offered
    assert offered == sorted(offered)
    assert all(one.citation for one in ArchiveClass.objects.all())
    assert list(archive_classes(on=date(2022, 6, 1))) == []


@pytest.mark.parametrize(
    ("code", "found", "legacy"),
    [
        ("000.8.6.3", "000.8.6.3", False),
        (" 000.8.3.3.7 ", "000.8.3.3", False),
        ("067", "067", True),
        ("061.1.2", "061.1", True),
    ],
)
def test_archive_class_of_recognises_old_and_finer_codes(
    db: None, code: str, found: str, legacy: bool
) -> None:
    row = archive_class_of(code=code, on=TODAY)

    assert (row.code, row.is_legacy) == (found, legacy)


@pytest.mark.parametrize("code", ["", "abc", "999", "0008.6"])
def test_archive_class_of_refuses_what_no_list_knows(db: None, code: str) -> None:
    with pytest.raises(ArchiveClassUnknown):
        archive_class_of(code=code, on=TODAY)


def test_a_paper_entered_on_its_own_takes_what_its_errand_says(cast: Cast) -> None:
    version = make_version(cast)
    alone = make_outgoing(cast, version=version, copies=1, is_stamped=False, recipient="")

    sent = make_outgoing(
        cast, version=version, errand=uuid4(), copies=3, note="Lewat kurir", recipient="Bupati"
    )

    assert (sent.pk, OutgoingLetter.objects.count()) == (alone.pk, 1)
    sent.refresh_from_db()
    assert (sent.copies, sent.is_stamped, sent.note, sent.recipient) == (3, True, "Lewat kurir", "Bupati")
    assert AuditEntry.objects.filter(subject=sent.uid, action="documents.outgoing.taken_over").count() == 1


def test_every_number_of_a_paper_stands_in_the_agenda(cast: Cast) -> None:
    give_code(cast)
    version, planner = make_version(cast), cast.office.authority("perencanaan")
    numbered = number_document(
        document=version.document, archive_class=sakip_class(), authority=planner, at=AT
    )
    make_outgoing(cast, subject="Surat tanpa naskah")
    changed = new_version(
        document=numbered,
        content={**version.content, "place": "Tempat lain"},
        authority=planner,
        at=AT,
    )

    book = outgoing_book(unit=cast.office.unit, year=AT.year, authorities=[])
    sent = make_outgoing(cast, version=changed, errand=uuid4(), recipient="Bupati")

    numbers = [row[0] for row in book.rows]
    assert numbers == list(RegisterEntry.objects.order_by("sequence").values_list("text", flat=True))
    assert (book.rows[0][0], book.rows[0][3]) == (numbered.number, numbered.title)
    assert (sent.number, sent.version, sent.recipient) == (numbered.number, changed, "Bupati")
    assert OutgoingLetter.objects.count() == 2
