from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.cast import AT, Cast, make_cast
from tests.documents.factories import approve, make_version, plain_measurement, put_away

from runtut.core.models import AuditEntry, OutboxMessage
from runtut.documents.actions import (
    create_document,
    endorse,
    new_version,
    return_document,
    submit_document,
)
from runtut.documents.errors import (
    ActsWithoutPosition,
    AlreadyApproved,
    AlreadyEndorsed,
    ContentRefused,
    DocumentIsLocked,
    NotApproved,
    NotNewestVersion,
    ReturnReasonMissing,
    UnknownDocumentKind,
)
from runtut.documents.models import Document, DocumentVersion, Endorsement
from runtut.documents.queries import (
    compare_versions,
    document_view,
    newest_version,
    presentation_of,
    signature_block,
)
from runtut.organisations.errors import NameMissing, UnitNotOpen
from runtut.organisations.models import Authority

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def sekcam(cast: Cast) -> Authority:
    return cast.office.authority("sekcam")


def camat(cast: Cast) -> Authority:
    return cast.authority(cast.budi, "plt")


def state(version: DocumentVersion) -> str:
    return Document.objects.get(pk=version.document_id).state


def give(version: DocumentVersion, kind: str, authority: Authority, **fields: object) -> Endorsement:
    return endorse(version=version, kind=kind, authority=authority, **{"note": "", "at": LATER} | fields)


def mended(cast: Cast, version: DocumentVersion) -> DocumentVersion:
    return new_version(
        document=version.document,
        content=plain_measurement(place="Sukamaju Barat"),
        authority=cast.office.authority("pengelola"),
        at=LATER,
    )


def test_create_document_fills_letterhead_and_title_from_the_office(cast: Cast) -> None:
    version = make_version(cast, content=plain_measurement(title=[]))

    assert version.number == 1
    assert version.content["letterhead"]["government"] == "PEMERINTAH KABUPATEN CONTOH"
    assert version.content["letterhead"]["office"] == "KEC. SUKAMAJU"
    assert version.content["title"] == ["PENGUKURAN KINERJA TRIWULAN III 2026"]
    assert state(version) == "draf"
    assert AuditEntry.objects.filter(action="documents.document.created").count() == 1
    assert OutboxMessage.objects.filter(topic="documents.render").count() == 1


def test_create_document_refuses_bad_input_and_strangers(cast: Cast) -> None:
    def create(**changes: object) -> None:
        create_document(
            **{
                "unit": cast.office.unit,
                "kind": "laporan",
                "title": "Laporan",
                "content": plain_measurement(),
                "authority": cast.office.authority("pengelola"),
                "at": AT,
            }
            | changes
        )

    with pytest.raises(UnknownDocumentKind):
        create(kind="puisi")
    with pytest.raises(NameMissing):
        create(title=" ")
    with pytest.raises(ContentRefused):
        create(content={"blocks": [{"type": "html"}]})
    with pytest.raises(UnitNotOpen):
        create(authority=cast.authority(cast.joko))
    with pytest.raises(ActsWithoutPosition):
        create(authority=cast.authority(cast.wati))
    assert Document.objects.count() == 0


def test_a_document_goes_from_draft_to_locked(cast: Cast) -> None:
    version = make_version(cast)
    pengelola = cast.office.authority("pengelola")
    seen = [state(version)]

    submit_document(document=version.document, authority=pengelola, at=AT)
    seen.append(state(version))
    give(version, "paraf", sekcam(cast))
    seen.append(state(version))
    approve(version, camat(cast), LATER)
    seen.append(state(version))
    put_away(version, camat(cast), LATER)

    assert [*seen, state(version)] == ["draf", "menunggu", "menunggu", "disetujui", "terkunci"]
    acts = AuditEntry.objects.filter(subject=version.document.uid).order_by("sequence")
    assert [one.action.rpartition(".")[2] for one in acts] == [
        "created",
        "submitted",
        "paraf_given",
        "approved",
        "archived",
    ]


def test_endorse_keeps_who_signed_as_they_were_that_day(cast: Cast) -> None:
    version = make_version(cast)
    cast.budi.title_suffix, cast.budi.nip = "S.IP.", "197805122005011003"
    cast.budi.save()
    paraf = give(version, "paraf", sekcam(cast), note="Sudah sesuai")
    cast.budi.full_name = "Nama Lain"
    cast.budi.save()

    paraf.refresh_from_db()
    assert (paraf.full_name, paraf.nip, paraf.note) == (
        "Budi Hartono, S.IP.",
        "197805122005011003",
        "Sudah sesuai",
    )
    assert (paraf.capacity, paraf.position_title) == ("definitif", "Sekretaris Kecamatan")


def test_endorse_twice_names_who_and_when(cast: Cast) -> None:
    version = make_version(cast)
    give(version, "paraf", sekcam(cast))

    with pytest.raises(AlreadyEndorsed, match=r"Budi Hartono pada 2 Maret 2026 pukul 10\.00 WIB"):
        give(version, "paraf", sekcam(cast))
    assert Endorsement.objects.count() == 1


def test_endorse_refuses_an_older_version_and_a_late_paraf(cast: Cast) -> None:
    older = make_version(cast)
    newer = mended(cast, older)

    with pytest.raises(NotNewestVersion, match="versi 2"):
        give(older, "paraf", sekcam(cast))
    approve(newer, camat(cast), LATER)
    with pytest.raises(AlreadyApproved):
        give(newer, "paraf", sekcam(cast))


def test_endorse_refuses_strangers_and_overseers(cast: Cast) -> None:
    version = make_version(cast)

    with pytest.raises(UnitNotOpen):
        give(version, "persetujuan", cast.authority(cast.joko))
    with pytest.raises(ActsWithoutPosition):
        give(version, "persetujuan", cast.authority(cast.wati))
    assert state(version) == "draf"


def test_new_version_voids_the_paraf_visibly(cast: Cast) -> None:
    first = make_version(cast)
    give(first, "paraf", sekcam(cast))

    second = mended(cast, first)

    view = document_view(document=first.document)
    assert (view.newest, state(first)) == (second, "draf")
    assert view.standing == ()
    (voided,) = view.voided
    assert voided.voided_at == LATER
    assert voided.void_reason.startswith("Isi diubah menjadi versi 2 oleh Pengelola Data ·")


def test_new_version_with_the_same_text_keeps_version_and_paraf(cast: Cast) -> None:
    first = make_version(cast)
    give(first, "paraf", sekcam(cast))

    again = new_version(
        document=first.document,
        content=plain_measurement(),
        authority=cast.office.authority("pengelola"),
        at=LATER,
    )

    assert again == first
    assert len(document_view(document=first.document).standing) == 1


def test_return_document_voids_the_paraf_and_keeps_the_reason(cast: Cast) -> None:
    version = make_version(cast)
    give(version, "paraf", sekcam(cast))

    returned = return_document(
        version=version, reason="Angka baris 4 keliru.", authority=camat(cast), at=LATER
    )

    view = document_view(document=version.document)
    assert (state(version), list(view.versions[0].returns.all())) == ("dikembalikan", [returned])
    assert view.voided[0].void_reason == ("Dikembalikan Camat · (Plt.) Budi Hartono: Angka baris 4 keliru.")


def test_a_returned_document_takes_a_new_paraf_on_the_same_text(cast: Cast) -> None:
    version = make_version(cast)
    give(version, "paraf", sekcam(cast))
    return_document(version=version, reason="Periksa lagi.", authority=camat(cast), at=LATER)

    give(version, "paraf", sekcam(cast))

    assert state(version) == "menunggu"
    assert Endorsement.objects.filter(version=version).count() == 2


def test_a_returned_document_handed_in_unchanged_is_a_draft_again(cast: Cast) -> None:
    version = make_version(cast)
    return_document(version=version, reason="Periksa lagi.", authority=camat(cast), at=LATER)

    new_version(
        document=version.document,
        content=plain_measurement(),
        authority=cast.office.authority("pengelola"),
        at=LATER,
    )

    assert (state(version), newest_version(document=version.document)) == ("draf", version)


def test_return_document_needs_a_reason(cast: Cast) -> None:
    version = make_version(cast)

    with pytest.raises(ReturnReasonMissing) as caught:
        return_document(version=version, reason=" \n", authority=camat(cast), at=LATER)

    assert (caught.value.field, state(version)) == ("reason", "draf")


def test_a_locked_document_refuses_every_change(cast: Cast) -> None:
    version = make_version(cast)
    with pytest.raises(NotApproved, match="Draf"):
        put_away(version, camat(cast), LATER)
    approve(version, camat(cast), LATER)
    put_away(version, camat(cast), LATER)

    for act in (
        lambda: mended(cast, version),
        lambda: give(version, "paraf", sekcam(cast)),
        lambda: return_document(version=version, reason="Salah.", authority=camat(cast), at=LATER),
        lambda: submit_document(document=version.document, authority=camat(cast), at=LATER),
    ):
        with pytest.raises(DocumentIsLocked):
            act()
    assert DocumentVersion.objects.count() == 1


def test_compare_versions_tells_what_changed(cast: Cast) -> None:
    first = make_version(cast)

    found = compare_versions(older=first, newer=mended(cast, first))

    assert [one.sentence for one in found.differences] == ["Tempat: “Sukamaju” menjadi “Sukamaju Barat”"]


def test_presentation_shows_paraf_then_approval_without_the_draft_mark(cast: Cast) -> None:
    block = signature_block(position=cast.office.positions["camat"], on=AT.date())
    version = make_version(cast, content=plain_measurement() | {"signatures": [block]})
    give(version, "paraf", sekcam(cast))
    waiting = presentation_of(version=version)
    approve(version, camat(cast), LATER + timedelta(minutes=5))
    approved = presentation_of(version=version)

    assert block["acting"] == "Plt."
    assert (waiting.content["draft"], waiting.at) == (True, LATER)
    assert waiting.content["parafs"] == [
        {
            "position": "Sekretaris Kecamatan",
            "name": "Budi Hartono",
            "given_at": "2 Maret 2026 pukul 10.00 WIB",
        }
    ]
    assert waiting.content["signatures"][0]["endorsed_at"] == ""
    assert approved.content["draft"] is False
    (signature,) = approved.content["signatures"]
    assert (signature["position"], signature["acting"], signature["name"], signature["endorsed_at"]) == (
        "CAMAT",
        "Plt.",
        "Budi Hartono",
        "2 Maret 2026 pukul 10.05 WIB",
    )
    assert waiting.sha256 != approved.sha256


@pytest.mark.parametrize(("written", "shown"), [("", "2026-03-02"), ("2026-02-27", "2026-02-27")])
def test_presentation_dates_a_paper_without_a_date_by_its_approval(
    cast: Cast, written: str, shown: str
) -> None:
    version = make_version(cast, content=plain_measurement() | {"date": written})
    waiting = presentation_of(version=version)
    approve(version, camat(cast), LATER)

    assert waiting.content["date"] == written
    assert presentation_of(version=version).content["date"] == shown


def test_presentation_adds_a_signature_that_the_text_did_not_foresee(cast: Cast) -> None:
    version = make_version(cast)
    approve(version, camat(cast), LATER)

    (signature,) = presentation_of(version=version).content["signatures"]

    assert (signature["position"], signature["acting"]) == ("CAMAT", "Plt.")


def test_presentation_of_a_superseded_approval_is_a_draft(cast: Cast) -> None:
    older = make_version(cast)
    approve(older, camat(cast), LATER)
    newer = mended(cast, older)
    approve(newer, camat(cast), LATER)

    assert presentation_of(version=older).content["draft"] is True
    assert presentation_of(version=newer).content["draft"] is False


@pytest.mark.parametrize("rows", [1, 3])
def test_document_pages_cost_the_same_queries_whatever_the_rows(cast: Cast, rows: int) -> None:
    for _ in range(rows):
        version = make_version(cast)
        for number in range(rows):
            give(version, "paraf", sekcam(cast))
            return_document(version=version, reason="Salah.", authority=camat(cast), at=LATER)
            version = new_version(
                document=version.document,
                content=plain_measurement(place=str(number)),
                authority=cast.office.authority("pengelola"),
                at=LATER,
            )

    with CaptureQueriesContext(connection) as single:
        view = document_view(document=version.document)
        people = [str(one.given_by) for one in view.voided]
        people += [str(one.returned_by) for version in view.versions for one in version.returns.all()]

    assert (len(people), len(single)) == (2 * rows, 4)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_wins_and_the_other_learns_who() -> None:
    cast = make_cast()
    version, authority = make_version(cast), camat(cast)
    start = threading.Barrier(2)

    def press(_: int) -> str:
        try:
            start.wait(30)
            approve(version, authority, LATER)
            return "given"
        except AlreadyEndorsed as refusal:
            return refusal.sentence
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(press, range(2)))

    assert answers[1] == "given"
    assert "Budi Hartono" in answers[0]
    assert Endorsement.objects.count() == 1
