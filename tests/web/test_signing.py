"""Signing in the pages: the step, the document, the public check, the passphrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import Desk
from tests.cases.test_work import prepared
from tests.documents.factories import PDF, sakip_class
from tests.documents.signing import PASSPHRASE, PASSWORD, give_key
from tests.organisations.factories import make_oversight, make_user
from tests.web.conftest import Visit

from runtut.cases.models import Case, TaskDraft
from runtut.documents.actions import (
    DEMO_PASSPHRASE,
    ask_signers,
    create_document,
    load_archive_classes,
    submit_document,
)
from runtut.documents.contrib.own_authority import OwnAuthority
from runtut.documents.engine import Box
from runtut.documents.models import (
    Certificate,
    Document,
    DocumentVersion,
    OutgoingLetter,
    Signature,
    SigningChoice,
    SigningKey,
)
from runtut.documents.queries import read_file
from runtut.documents.registry import gateway, register_gateway
from runtut.organisations.enums import OversightKind

pytestmark = pytest.mark.django_db

Signing = tuple[Desk, Case, DocumentVersion]


@pytest.fixture(autouse=True)
def surroundings(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def signing(db: None) -> Signing:
    """An office that signs electronically, and a run whose document waits for its Camat."""
    desk, case, version = prepared()
    load_archive_classes()
    desk.complete(case, "sekcam", paraf=True)
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save(update_fields=["code"])
    SigningChoice.objects.create(unit=desk.office.unit, way="elektronik")
    give_key(desk.office.people["camat"], desk.who("camat"), desk.at)
    return desk, case, version


def address(case: Case) -> str:
    return f"/kerja/{case.uid}/{case.tasks.get(state=1).uid}/kerjakan/"


def form(case: Case, **typed: str) -> dict[str, str]:
    return {
        "isi": "1",
        "kunci": str(uuid4()),
        "versi": str(Case.objects.get().version),
        "kerjakan": "teruskan",
        "way": "elektronik",
        "archive_class": str(sakip_class().pk),
        **typed,
    }


def signed(signing: Signing, visit: Visit) -> Signature:
    desk, case, _ = signing
    answer = visit(desk.office.people["camat"]).post(address(case), form(case, passphrase=PASSPHRASE))
    assert answer.status_code == 302, answer.content.decode()
    return Signature.objects.get()


def test_step_asks_for_the_passphrase_and_signs(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    page = visit(desk.office.people["camat"]).get(f"/kerja/{case.uid}/").content.decode()

    assert 'name="passphrase"' in page
    assert "Tanda tangan elektronik." in page
    assert signed(signing, visit).full_name == "Hendra Gunawan"
    assert Document.objects.get().state == "disetujui"


@pytest.mark.parametrize(("kind", "asks"), [("laporan", True), ("notulen", False)])
def test_step_asks_a_class_only_for_a_paper_that_bears_a_number(
    kind: str, asks: bool, signing: Signing, at: datetime, visit: Visit
) -> None:
    desk, case, _ = signing
    Document.objects.update(kind=kind, number="")

    page = visit(desk.office.people["camat"]).get(f"/kerja/{case.uid}/").text

    assert 'name="passphrase"' in page
    assert ("Klasifikasi nomor" in page) == asks


def test_passphrase_is_in_no_draft_and_no_answer(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    camat = visit(desk.office.people["camat"])
    wrong = "bukan frasa yang benar"

    answer = camat.post(address(case), form(case, passphrase=wrong, note="Sudah dibaca."))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Frasa sandi tanda tangan keliru. Tersisa 4 percobaan" in page
    assert "Sudah dibaca." in page
    assert wrong not in page
    assert TaskDraft.objects.get().data["note"] == "Sudah dibaca."
    assert "passphrase" not in TaskDraft.objects.get().data


def test_saving_a_draft_signs_nothing(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    sent = form(case, passphrase=PASSPHRASE, kerjakan="simpan")
    visit(desk.office.people["camat"]).post(address(case), sent)

    assert Signature.objects.count() == 0
    assert Document.objects.get().number == ""


def test_pressing_twice_signs_once(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    camat, where, sent = visit(desk.office.people["camat"]), address(case), form(case, passphrase=PASSPHRASE)

    assert [camat.post(where, sent).status_code for _ in range(2)] == [302, 302]
    assert Signature.objects.count() == 1


def test_step_signed_by_hand_needs_no_passphrase(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    answer = visit(desk.office.people["camat"]).post(address(case), form(case, way="basah"))

    assert answer.status_code == 302
    assert Signature.objects.count() == 0


def test_made_up_person_is_told_the_passphrase(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, _ = signing
    camat = desk.office.people["camat"]
    SigningKey.objects.all().delete()
    camat.is_demo = True
    camat.save()
    client = visit(camat)

    assert DEMO_PASSPHRASE in client.get(f"/kerja/{case.uid}/").content.decode()
    assert client.post(address(case), form(case, passphrase=DEMO_PASSPHRASE)).status_code == 302
    assert Certificate.objects.count() == 1


def test_document_page_tells_everything_with_few_queries(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    signature = signed(signing, visit)
    desk = signing[0]
    client = visit(desk.office.people["staf"])
    where = f"/dokumen/{Document.objects.get().uid}/"
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(where).content.decode()

    for words in (
        "Laporan capaian",
        "000.8.6.3/1/KEC.SKM/",
        "Tanda tangan elektronik",
        "Hendra Gunawan",
        "Paraf",
    ):
        assert words in page
    assert signature.code in page
    assert len(queries) <= 25


def test_a_paper_signed_by_hand_is_numbered_afterwards(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, version = signing
    Document.objects.update(kind="laporan")
    umum, where = visit(desk.office.people["umum"]), f"/dokumen/{version.document.uid}/"
    early = umum.post(f"{where}nomor/", {"archive_class": sakip_class().pk})
    visit(desk.office.people["camat"]).post(address(case), form(case, way="basah"))
    offered = umum.get(where).text

    without = umum.post(f"{where}nomor/", {"archive_class": ""})
    stranger = visit(make_user("asing")).post(f"{where}nomor/", {"archive_class": sakip_class().pk})
    answer = umum.post(f"{where}nomor/", {"archive_class": sakip_class().pk, "recipient": "Bupati"})

    assert "Beri nomor naskah ini" in offered
    assert [one.status_code for one in (early, without, stranger, answer)] == [422, 422, 404, 302]
    line = OutgoingLetter.objects.get()
    assert (line.number, line.recipient) == (Document.objects.get().number, "Bupati")
    assert line.number.startswith("000.8.6.3/1/KEC.SKM/")
    assert "Beri nomor naskah ini" not in umum.get(where).text


def test_a_paper_that_goes_without_a_number_gets_none_afterwards(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    desk, case, version = signing
    visit(desk.office.people["camat"]).post(address(case), form(case, way="basah"))
    Document.objects.update(kind="notulen")

    answer = visit(desk.office.people["umum"]).post(
        f"/dokumen/{version.document.uid}/nomor/", {"archive_class": sakip_class().pk, "recipient": "Bupati"}
    )

    assert answer.status_code == 422
    assert "Notulen ini tidak diberi nomor" in answer.text
    assert not OutgoingLetter.objects.exists()


def test_scan_of_a_paper_signed_by_hand_is_kept(signing: Signing, at: datetime, visit: Visit) -> None:
    desk, case, version = signing
    visit(desk.office.people["camat"]).post(address(case), form(case, way="basah"))
    umum, where = visit(desk.office.people["umum"]), f"/dokumen/{version.document.uid}/"
    page = umum.get(where).content.decode()
    assert "Unggah pindaian bertanda tangan" in page

    sent = {
        "position": str(desk.position("camat").uid),
        "signed_on": "2026-03-02",
        "file": SimpleUploadedFile("pindaian.pdf", PDF),
    }
    late = umum.post(f"{where}pindaian/", {**sent, "signed_on": "2027-01-01"})
    answer = umum.post(f"{where}pindaian/", {**sent, "file": SimpleUploadedFile("pindaian.pdf", PDF)})

    assert late.status_code == 422
    assert "belum terjadi" in late.content.decode()
    assert answer.status_code == 302
    assert Signature.objects.get().way == "basah"
    shown = umum.get(where).content.decode()
    assert "Tanda tangan basah" in shown
    assert "Tanda tangan elektronik" not in shown


def asked_beside(signing: Signing, visit: Visit) -> tuple[Client, Signature]:
    """The Kasi, whom the paper that the Camat has signed electronically names too."""
    signature, desk = signed(signing, visit), signing[0]
    ask_signers(version=signature.version, positions=[desk.position("kasi1")], at=desk.at)
    give_key(desk.office.people["kasi1"], desk.who("kasi1"), desk.at)
    return visit(desk.office.people["kasi1"]), signature


def test_who_is_named_beside_signs_into_the_same_file(signing: Signing, at: datetime, visit: Visit) -> None:
    kasi, first = asked_beside(signing, visit)
    where = f"/dokumen/{first.version.document.uid}/"
    check = f"/periksa/{first.code}/"
    shown, before = kasi.get(where).text, Client().get(check).text

    refused = kasi.post(f"{where}tanda-tangani/", {"passphrase": "bukan ini frasanya"})
    answer = kasi.post(f"{where}tanda-tangani/", {"passphrase": PASSPHRASE})

    title = signing[0].position("kasi1").title
    assert "tanda tangan yang sudah ada tetap sah" in shown
    assert 'name="way"' not in shown
    assert f"Belum ditandatangani: {title}" in before
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert "Tersisa 4 percobaan" in refused.text
    assert "bukan ini frasanya" not in refused.text
    second = Signature.objects.exclude(pk=first.pk).get()
    assert (second.code, second.version.pdf) == (first.code, second.file)
    after = Client().get(check).text
    assert "Belum ditandatangani" not in after
    assert after.count("Tanda tangan elektronik") == 2
    older = Client().post(check, {"file": SimpleUploadedFile("lama.pdf", read_file(file=first.file))}).text
    assert f"{title} juga menandatanganinya" in older


def test_after_a_signature_the_next_paper_that_waits_is_named(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    kasi, first = asked_beside(signing, visit)
    desk = signing[0]
    other = create_document(
        unit=desk.office.unit,
        kind="notulen",
        title="Notulen rapat",
        content={"blocks": []},
        authority=desk.who("perencanaan"),
        at=desk.at,
    )
    submit_document(document=other.document, authority=desk.who("perencanaan"), at=desk.at)
    ask_signers(version=other, positions=[desk.position("kasi1")], at=desk.at)
    where = f"/dokumen/{first.version.document.uid}/"

    before = kasi.get(where).text
    after = kasi.post(f"{where}tanda-tangani/", {"passphrase": PASSPHRASE}, follow=True).text

    assert "Masih menunggu tanda tangan Anda" not in before
    assert f'Masih menunggu tanda tangan Anda: <a href="/dokumen/{other.document.uid}/">' in after


class Crowded(OwnAuthority):
    """A gateway that finds the first pages of every paper full."""

    def taken_rooms(self, *, pdf: bytes) -> Sequence[tuple[int, Box]]:
        """Return whole pages."""
        return [(number, (0, 0, 900, 1200)) for number in range(9)]


@pytest.fixture
def crowded() -> Iterator[None]:
    before = gateway()
    register_gateway(Crowded())
    yield
    register_gateway(before)


def test_who_signs_a_paper_without_room_is_told_where_the_signature_is(
    signing: Signing, at: datetime, visit: Visit, crowded: None
) -> None:
    kasi, first = asked_beside(signing, visit)

    told = kasi.post(
        f"/dokumen/{first.version.document.uid}/tanda-tangani/", {"passphrase": PASSPHRASE}, follow=True
    ).text

    second = Signature.objects.exclude(pk=first.pk).get()
    assert "tidak menyisakan tempat untuk cap Anda" in told
    assert [one.is_good for one in gateway().inspect(pdf=read_file(file=second.file))] == [True, True]


def test_a_named_signer_goes_through_the_queue_like_who_decides(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    kasi, first = asked_beside(signing, visit)
    where = f"/dokumen/{first.version.document.uid}/"
    assert "satu per satu (1 naskah)" in kasi.get("/").text
    assert f'href="{where}?antre=1"' in kasi.get("/tanda-tangan/").text
    assert 'name="antre"' in kasi.get(f"{where}?antre=1").text
    assert 'name="antre"' not in kasi.get(where).text

    answer = kasi.post(f"{where}tanda-tangani/", {"passphrase": PASSPHRASE, "antre": "1"}, follow=True)

    assert answer.request["PATH_INFO"] == "/tanda-tangan/"
    assert "ditandatangani." in answer.text
    assert "Tidak ada naskah yang menunggu Anda" in answer.text


def test_a_paper_signed_electronically_is_not_signed_by_a_mere_press(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    kasi, first = asked_beside(signing, visit)
    where = f"/dokumen/{first.version.document.uid}/"

    answer = kasi.post(f"{where}tanda-tangani/", {"way": "basah"})

    assert answer.status_code == 422
    assert "Frasa sandi tanda tangan belum diisi" in answer.text
    assert Signature.objects.count() == 1


def test_a_turn_that_passed_between_page_and_press_is_told_on_a_page(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    kasi, first = asked_beside(signing, visit)
    where = f"/dokumen/{first.version.document.uid}/"
    shown = kasi.get(where).text
    kasi.post(f"{where}tanda-tangani/", {"passphrase": PASSPHRASE})

    late = kasi.post(f"{where}tanda-tangani/", {"passphrase": PASSPHRASE})

    assert "Menunggu tanda tangan Anda" in shown
    assert late.status_code == 409
    assert "Naskah ini tidak sedang menunggu tanda tangan Anda" in late.text
    assert PASSPHRASE not in late.text
    assert Signature.objects.count() == 2


def test_anybody_checks_a_paper_and_learns_no_more_than_it_says(
    signing: Signing, at: datetime, visit: Visit
) -> None:
    signature = signed(signing, visit)
    anybody = Client()
    page = anybody.get(f"/periksa/{signature.code}/")
    words = page.content.decode()

    assert page.status_code == 200
    for told in (
        "Laporan capaian",
        "000.8.6.3/1/KEC.SKM/",
        "Hendra Gunawan",
        "masih berlaku",
        "Kec. Sukamaju",
    ):
        assert told in words
    for untold in ("Rina Wahyuni", desk_nip(signing), "/kerja/", "Disetujui", "camat@"):
        assert untold not in words
    assert (
        anybody.get(f"/periksa/?kode={signature.code.lower()}")
        .headers["Location"]
        .endswith(f"/periksa/{signature.code}/")
    )
    assert anybody.get("/periksa/000000000000/").status_code == 404


def desk_nip(signing: Signing) -> str:
    camat = signing[0].office.people["camat"]
    camat.nip = "197805122005011003"
    camat.save()
    return camat.nip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda pdf: pdf, "sama persis dengan yang ditandatangani"),
        (lambda pdf: pdf + b"\n% lampiran", "ditambahkan sesudah ditandatangani"),
        (lambda pdf: pdf[:900] + bytes([pdf[900] ^ 1]) + pdf[901:], "berbeda dari yang ditandatangani"),
        (lambda pdf: b"bukan PDF", "tidak ada tanda tangan elektronik yang terbaca"),
    ],
    ids=["same", "appended", "changed", "other"],
)
def test_file_is_held_against_the_paper(
    change: object, sentence: str, signing: Signing, at: datetime, visit: Visit
) -> None:
    signature = signed(signing, visit)
    content = change(read_file(file=signature.file))
    answer = Client().post(f"/periksa/{signature.code}/", {"file": SimpleUploadedFile("naskah.pdf", content)})

    assert sentence in answer.content.decode()


def test_file_alone_finds_its_paper(signing: Signing, at: datetime, visit: Visit) -> None:
    signature = signed(signing, visit)
    content = read_file(file=signature.file)
    known = Client().post("/periksa/", {"file": SimpleUploadedFile("a.pdf", content)})
    strange = Client().post("/periksa/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 lain")})

    assert "sama persis" in known.content.decode()
    assert "tidak dikenal di sini" in strange.content.decode()
    assert "Berkas belum diisi." in Client().post("/periksa/").content.decode()


def test_withdrawn_paper_is_told_as_such(signing: Signing, at: datetime, visit: Visit) -> None:
    signature = signed(signing, visit)
    Signature.objects.update(voided_at=at, void_reason="Dikembalikan Camat: rahasia dapur")
    page = Client().get(f"/periksa/{signature.code}/").content.decode()

    assert "tidak berlaku lagi" in page
    assert "rahasia dapur" not in page


def test_machines_are_slowed_down(signing: Signing, at: datetime) -> None:
    cache.clear()
    client = Client()
    answers = [client.get("/periksa/000000000000/").status_code for _ in range(61)]

    assert answers[:60] == [404] * 60
    assert answers[60] == 429


def test_passphrase_is_made_on_its_page(signing: Signing, at: datetime, visit: Visit) -> None:
    desk = signing[0]
    sekcam = desk.office.people["sekcam"]
    sekcam.set_password(PASSWORD)
    sekcam.save()
    client = visit(sekcam)
    typed = {"password": PASSWORD, "passphrase": PASSPHRASE, "again": PASSPHRASE}

    unequal = client.post("/saya/tanda-tangan/", {**typed, "again": "lain sekali"})
    refused = client.post("/saya/tanda-tangan/", {**typed, "password": "keliru"})
    assert "Tidak sama dengan frasa sandi" in unequal.content.decode()
    assert "Kata sandi masuk keliru" in refused.content.decode()
    assert not SigningKey.objects.filter(user=sekcam).exists()

    assert client.post("/saya/tanda-tangan/", typed).status_code == 302
    assert SigningKey.objects.filter(user=sekcam).exists()
    assert PASSPHRASE not in client.get("/saya/tanda-tangan/").content.decode()


def test_administrator_chooses_the_way_of_an_office(signing: Signing, at: datetime, visit: Visit) -> None:
    unit = signing[0].office.unit
    admin = make_user("tuan", "Tuan Rumah")
    make_oversight(admin, unit.parent, OversightKind.ADMINISTRATOR)
    where = f"/pengaturan/unit/{unit.uid}/tanda-tangan/"

    assert visit(admin).post(where, {"way": "basah"}).status_code == 302
    assert SigningChoice.objects.get(unit=unit).way == "basah"


@pytest.mark.parametrize(("way", "left"), [("basah", True), ("elektronik", False)])
def test_what_is_left_after_the_approval_is_told(
    way: str, left: bool, signing: Signing, at: datetime, visit: Visit
) -> None:
    desk, case, _ = signing
    camat = visit(desk.office.people["camat"])
    number = case.tasks.get(state=1).step_no
    became = "disetujui" if left else "ditandatangani"

    answer = camat.post(address(case), form(case, way=way, passphrase=PASSPHRASE), follow=True)

    told = "Tinggal tanda tangan basah: cetak PDF-nya, tanda tangani, lalu unggah pindaiannya."
    assert f"Langkah {number} selesai dan {became}." in answer.text
    assert (told in answer.text) == left
