"""Electronic signatures, held against two readers not ours: pyHanko's validator and poppler's pdfsig."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509
from django.apps import apps
from django.conf import LazySettings
from docx import Document as WordFile
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from tests.cast import AT, Cast
from tests.documents.factories import make_version
from tests.documents.signing import (
    LATER,
    PASSPHRASE,
    PASSWORD,
    camat,
    give_code,
    give_key,
    keep,
    prepare,
    signed_paper,
)

from runtut.documents.actions import (
    ask_signers,
    endorse,
    keep_signature,
    new_version,
    prepare_signature,
    render_version,
    reseal_keys,
    return_document,
    revoke_lapsed,
    set_passphrase,
    void_number,
)
from runtut.documents.actions.stamps import rooms_beside
from runtut.documents.errors import (
    AlreadySigned,
    ApprovalMissing,
    NoSigningKey,
    NumberClassMissing,
    PaperHasChanged,
    PassphraseHeld,
    PassphraseIsPassword,
    PassphraseMissing,
    PassphraseTooShort,
    PassphraseWrong,
    PasswordNotRight,
    SignedElectronically,
    SigningKeysSealed,
)
from runtut.documents.models import (
    Certificate,
    Document,
    DocumentVersion,
    RegisterEntry,
    Signature,
    SigningKey,
    StoredFile,
)
from runtut.documents.queries import (
    Presentation,
    Verdict,
    authority_certificates,
    check_file,
    paper_of_file,
    public_paper,
    read_file,
    signature_block,
)
from runtut.documents.rendering import check_content, render_look, signing_rooms
from runtut.organisations.actions import end_mandate

pytestmark = pytest.mark.django_db

needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")


@pytest.fixture(autouse=True)
def office_code(cast: Cast) -> None:
    give_code(cast)


def content_of(signature: Signature) -> bytes:
    return read_file(file=signature.file)


def pyhanko_says(pdf: bytes, at: datetime = LATER) -> tuple[bool, bool]:
    """Whether an independent validator finds every signature intact and trusted, and the file as signed."""
    roots = [x509.Certificate.load(one) for one in authority_certificates()]
    found = [
        validate_pdf_signature(one, ValidationContext(trust_roots=roots, moment=at, allow_fetching=False))
        for one in PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    ]
    assert found
    return all(one.intact and one.valid and one.trusted for one in found), all(
        one.bottom_line for one in found
    )


def pdfsig_says(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdfsig", "-nocert", str(folder / "paper.pdf")], capture_output=True, text=True, check=False
    )
    return done.stdout


def one_byte_changed(pdf: bytes) -> bytes:
    where = len(pdf) // 3
    return pdf[:where] + bytes([pdf[where] ^ 1]) + pdf[where + 1 :]


def appended_to(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Tambahan"] = NameObject("/Diam-diam")
    writer.update_root()
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_library_that_does_not_load_everywhere_is_never_imported() -> None:
    """oscrypto, which pyHanko names among its needs, cannot be imported beside some versions of OpenSSL 3."""
    script = "import sys, runtut.documents.engine; sys.exit('oscrypto' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, env={"PYTHONPATH": os.pathsep.join(sys.path)}
    )

    assert done.returncode == 0


def test_signed_paper_is_valid_for_an_independent_reader(cast: Cast) -> None:
    assert pyhanko_says(content_of(signed_paper(cast))) == (True, True)


@needs_pdfsig
def test_signed_paper_is_valid_for_pdfsig(cast: Cast, tmp_path: Path) -> None:
    said = pdfsig_says(content_of(signed_paper(cast)), tmp_path)

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Signer Certificate Common Name: Budi Hartono" in said
    assert "ETSI.CAdES.detached" in said


def test_one_changed_byte_is_found(cast: Cast) -> None:
    pdf = one_byte_changed(content_of(signed_paper(cast)))

    assert pyhanko_says(pdf) == (False, False)


@needs_pdfsig
def test_one_changed_byte_is_found_by_pdfsig(cast: Cast, tmp_path: Path) -> None:
    pdf = one_byte_changed(content_of(signed_paper(cast)))

    assert "Digest Mismatch" in pdfsig_says(pdf, tmp_path)


def test_what_was_appended_is_told(cast: Cast, tmp_path: Path) -> None:
    signature = signed_paper(cast)
    pdf = appended_to(content_of(signature))
    paper = public_paper(code=signature.code)

    check = check_file(paper=paper, content=pdf)

    assert pyhanko_says(pdf) == (True, False)
    assert check.verdict == Verdict.EXTENDED
    assert [(part.intact, part.covers_file, part.unchanged) for part in check.parts] == [(True, False, False)]


def test_signed_paper_shows_number_date_stamp_and_code(cast: Cast) -> None:
    signature = signed_paper(cast)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content_of(signature))).pages)
    document = Document.objects.get()

    assert document.number in words
    assert "Ditandatangani secara elektronik" in words
    assert "2 Maret 2026 pukul 10.00 WIB" in words
    assert f"{signature.code[:4]}-{signature.code[4:8]}-{signature.code[8:]}" in words
    assert "bukan sertifikat PSrE" in words
    assert "KONSEP" not in words
    assert "Disetujui 2 Maret" not in words


def test_signature_is_bound_to_version_file_and_certificate(cast: Cast) -> None:
    signature = signed_paper(cast)
    certificate = signature.certificate

    assert signature.version_sha256 == signature.version.sha256
    assert signature.file.sha256 == signature.sha256
    assert signature.version.pdf == signature.file
    assert certificate is not None
    assert certificate.position == cast.office.positions["camat"]
    assert certificate.valid_until.date() == cast.mandate.valid_until


def test_worker_never_replaces_a_signed_file(cast: Cast) -> None:
    signature = signed_paper(cast)

    again = render_version(version=signature.version, at=LATER + timedelta(hours=1))

    assert again.pdf_id == signature.file_id


def test_signing_takes_the_number_once_whatever_fails_in_between(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    prepare(version, authority)

    version.document.refresh_from_db()
    signature = keep(prepare(version, authority), version, authority)

    assert RegisterEntry.objects.filter(register__kind="keluar").count() == 1
    assert Signature.objects.get() == signature


def test_signing_without_number_asks_for_its_class(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    with pytest.raises(NumberClassMissing):
        prepare_signature(
            version=version, archive_class=None, passphrase=PASSPHRASE, authority=authority, at=LATER
        )


def test_prepared_paper_is_nothing_until_it_is_kept(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    before = StoredFile.objects.count()

    prepare(version, authority)

    assert (Signature.objects.count(), StoredFile.objects.count()) == (0, before)
    assert Document.objects.get().state == "draf"


def test_keep_signature_refuses_a_paper_that_changed_meanwhile(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    prepared = prepare(version, authority)
    sekcam = cast.office.authority("sekcam")
    endorse(version=version, kind="paraf", note="", authority=sekcam, at=LATER)

    with pytest.raises(PaperHasChanged):
        keep(prepared, version, authority)

    assert Signature.objects.count() == 0
    assert not version.endorsements.filter(kind="persetujuan").exists()


def test_keep_signature_wants_the_approval(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    with pytest.raises(ApprovalMissing):
        keep_signature(prepared=prepare(version, authority), authority=authority, at=LATER)


def test_signing_twice_is_refused(cast: Cast) -> None:
    signature = signed_paper(cast)
    with pytest.raises(AlreadySigned):
        prepare(signature.version, camat(cast))


def test_second_signer_leaves_the_first_signature_whole(cast: Cast) -> None:
    first = signed_paper(cast)
    sekcam = cast.office.authority("sekcam")
    second = keep(prepare(first.version, sekcam), first.version, sekcam)
    pdf = content_of(second)

    assert pdf.startswith(content_of(first))
    assert second.code == first.code
    assert pyhanko_says(pdf) == (True, True)
    assert len(check_file(paper=public_paper(code=first.code), content=pdf).parts) == 2


def two_signers(cast: Cast) -> tuple[Signature, Signature]:
    """A paper that names Camat and Sekcam, signed by the one and then by the other."""
    version, camat_now, sekcam = make_version(cast), camat(cast), cast.office.authority("sekcam")
    blocks = [
        signature_block(position=cast.office.positions[key], on=AT.date(), role_line="Mengetahui,")
        for key in ("camat", "sekcam")
    ]
    version = new_version(
        document=version.document,
        content={**version.content, "signatures": blocks},
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )
    for user, authority in ((cast.budi, camat_now), (cast.office.people["sekcam"], sekcam)):
        if not SigningKey.objects.filter(user=user).exists():
            give_key(user, authority)
    first = keep(prepare(version, camat_now), version, camat_now)
    second_at = LATER + timedelta(hours=2)
    second = keep(prepare(version, sekcam, second_at), version, sekcam, second_at)
    return first, second


def test_second_signer_is_drawn_in_the_room_kept_for_them(cast: Cast) -> None:
    first, second = two_signers(cast)
    before, after = (PdfReader(io.BytesIO(content_of(one))) for one in (first, second))
    field = f"Runtut{second.position_id}"

    drawn = [
        note.get_object()
        for page in after.pages
        for note in page.get("/Annots", [])
        if note.get_object().get("/T") == field
    ]

    assert [name for name, one in before.get_fields().items() if "/V" not in one] == [field]
    assert len(drawn) == 1
    left, low, right, high = (float(side) for side in drawn[0]["/Rect"])
    assert (right - left, high - low) == pytest.approx((345, 55), abs=2)
    assert list(drawn[0]["/AP"]["/N"]["/Resources"]["/XObject"]) == ["/Stamp"]


def test_stamp_of_a_second_signer_says_who_when_and_where_to_check() -> None:
    look = render_look(
        lines=["Ditandatangani secara elektronik", "oleh Plh. Sari", "2 Maret 2026 pukul 12.00 WIB"],
        code="ABCD-EFGH-JKLM",
        address="https://runtut.example/periksa/ABCDEFGHJKLM/",
        size=(216, 55),
        at=AT,
    )
    (page,) = PdfReader(io.BytesIO(look)).pages
    words = page.extract_text()

    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((216, 55), abs=0.1)
    assert "oleh Plh. Sari" in words
    assert "Kode periksa ABCD-EFGH-JKLM" in words


def test_second_signature_leaves_the_first_valid_for_all_readers(cast: Cast, tmp_path: Path) -> None:
    first, second = two_signers(cast)
    pdf = content_of(second)
    parts = check_file(paper=public_paper(code=first.code), content=pdf).parts

    assert pdf.startswith(content_of(first))
    assert pyhanko_says(pdf, LATER + timedelta(hours=3)) == (True, True)
    assert [(part.is_good, part.covers_file) for part in parts] == [(True, False), (True, True)]
    if shutil.which("pdfsig"):
        assert pdfsig_says(pdf, tmp_path).count("Signature is Valid") == 2


def test_file_of_the_first_signer_is_told_to_be_older(cast: Cast) -> None:
    first, second = two_signers(cast)
    paper = public_paper(code=first.code)

    older = check_file(paper=paper, content=content_of(first))
    newest = check_file(paper=paper, content=content_of(second))

    assert (older.verdict, list(older.later)) == (Verdict.SAME, [second])
    assert (newest.verdict, list(newest.later)) == (Verdict.SAME, [])


def test_word_copy_bears_the_stamps_of_both(cast: Cast) -> None:
    _, second = two_signers(cast)
    second.version.refresh_from_db()
    word = WordFile(io.BytesIO(read_file(file=second.version.docx)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]

    assert sum("Ditandatangani secara elektronik" in text for text in cells) == 2


def unnamed_signers(cast: Cast) -> tuple[DocumentVersion, Signature, Signature]:
    """A paper without any name on it: signed by the Camat while the Sekcam is asked for it too, then by the
    Sekcam."""
    give_code(cast)
    version, camat_now, sekcam = make_version(cast), camat(cast), cast.office.authority("sekcam")
    ask_signers(version=version, positions=[cast.office.positions["sekcam"]], at=AT, last_decides=False)
    for user, authority in ((cast.budi, camat_now), (cast.office.people["sekcam"], sekcam)):
        give_key(user, authority)
    first = keep(prepare(version, camat_now), version, camat_now)
    second_at = LATER + timedelta(hours=2)
    return version, first, keep(prepare(version, sekcam, second_at), version, sekcam, second_at)


def test_who_is_asked_but_not_named_has_a_room_and_a_place_in_every_copy(cast: Cast) -> None:
    version, first, second = unnamed_signers(cast)
    field = f"Runtut{second.position_id}"
    before = PdfReader(io.BytesIO(content_of(first))).get_fields() or {}
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content_of(first))).pages)
    version.refresh_from_db()
    word = WordFile(io.BytesIO(read_file(file=version.docx)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]

    assert [name for name, one in before.items() if "/V" not in one] == [field]
    assert "SEKRETARIS KECAMATAN" in words
    assert sum("Ditandatangani secara elektronik" in text for text in cells) == 2


def test_a_position_that_stands_twice_under_a_paper_signs_in_the_first_of_its_places(cast: Cast) -> None:
    version, sekcam = make_version(cast), cast.office.positions["sekcam"]
    twice = [
        signature_block(position=sekcam, on=AT.date(), role_line=line) for line in ("Pelapor", "Mengetahui,")
    ]
    shown = Presentation(check_content({**version.content, "signatures": twice}), AT)

    every = signing_rooms(shown.content, at=AT)
    kept = rooms_beside(shown, {})

    assert len(every) == 2
    assert [(one.field, one.page, one.box) for one in kept] == [
        (f"Runtut{sekcam.pk}", every[0].page, every[0].box)
    ]


@pytest.mark.parametrize("how", ["return", "change"])
def test_signature_is_voided_visibly(how: str, cast: Cast) -> None:
    signature = signed_paper(cast)
    sari = cast.office.authority("perencanaan")
    if how == "return":
        return_document(version=signature.version, reason="Angka keliru.", authority=sari, at=LATER)
    else:
        content = {**signature.version.content, "place": "Sukasari"}
        new_version(document=signature.version.document, content=content, authority=sari, at=LATER)

    signature.refresh_from_db()
    paper = public_paper(code=signature.code)

    assert signature.voided_at == LATER
    assert paper.is_withdrawn
    assert content_of(signature)


def test_number_of_a_signed_paper_is_not_voided(cast: Cast) -> None:
    signed_paper(cast)
    with pytest.raises(SignedElectronically):
        void_number(
            entry=RegisterEntry.objects.get(register__kind="keluar"),
            reason="Salah.",
            authority=cast.office.authority("umum"),
            at=LATER,
        )


def test_passphrase_is_asked_and_counted(cast: Cast) -> None:
    version, authority = make_version(cast), camat(cast)
    with pytest.raises(NoSigningKey):
        prepare(version, authority)
    give_key(cast.budi, authority)
    with pytest.raises(PassphraseMissing):
        prepare(version, authority, passphrase="")
    for _ in range(4):
        with pytest.raises(PassphraseWrong):
            prepare(version, authority, passphrase="bukan ini orangnya")
    with pytest.raises(PassphraseHeld):
        prepare(version, authority, passphrase="bukan ini orangnya")
    with pytest.raises(PassphraseHeld):
        prepare(version, authority)

    assert prepare(version, authority, at=LATER + timedelta(minutes=16)).code
    assert SigningKey.objects.get().failures == 0


def test_passphrase_is_nowhere_in_the_database(cast: Cast) -> None:
    signed_paper(cast)
    kept = "".join(
        repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
        for model in apps.get_models()
        for row in model._default_manager.values_list()
    )

    assert "Budi Hartono" in kept
    assert PASSPHRASE not in kept


@pytest.mark.parametrize(
    ("passphrase", "password", "refusal"),
    [
        ("pendek", PASSWORD, PassphraseTooShort),
        (PASSWORD, PASSWORD, PassphraseIsPassword),
        (PASSPHRASE, "keliru", PasswordNotRight),
    ],
)
def test_set_passphrase_refuses(passphrase: str, password: str, refusal: type, cast: Cast) -> None:
    cast.budi.set_password(PASSWORD)
    with pytest.raises(refusal):
        set_passphrase(user=cast.budi, passphrase=passphrase, password=password, authority=camat(cast), at=AT)


def test_new_passphrase_gives_the_old_key_up(cast: Cast) -> None:
    signature = signed_paper(cast)
    give_key(cast.budi, camat(cast), LATER)
    old = SigningKey.objects.get(given_up_at__isnull=False)

    assert bytes(old.sealed_key) == b""
    assert Certificate.objects.get(key=old).revoked_at == LATER
    assert pyhanko_says(content_of(signature)) == (True, True)


def test_keys_of_another_installation_stay_shut(cast: Cast, settings: LazySettings) -> None:
    version, authority = make_version(cast), camat(cast)
    give_key(cast.budi, authority)
    settings.SIGNING_SECRET = "another installation"
    with pytest.raises(SigningKeysSealed):
        prepare(version, authority)


def test_reseal_keys_moves_everything_to_the_new_secret(cast: Cast, settings: LazySettings) -> None:
    signature = signed_paper(cast)
    before = settings.SIGNING_SECRET
    settings.SIGNING_SECRET = "the next one"
    with pytest.raises(SigningKeysSealed):
        reseal_keys(before="something else")

    assert reseal_keys(before=before) == 2
    sekcam = cast.office.authority("sekcam")
    assert keep(prepare(signature.version, sekcam), signature.version, sekcam)


def test_certificate_is_revoked_when_the_mandate_ends(cast: Cast) -> None:
    signature = signed_paper(cast)
    end_mandate(
        mandate=cast.mandate,
        valid_until=cast.mandate.valid_from.replace(month=3, day=2),
        authority=cast.authority(cast.admin),
        at=LATER,
    )
    signature.certificate.refresh_from_db()

    assert signature.certificate.revoked_at == LATER
    assert pyhanko_says(content_of(signature)) == (True, True)


def test_revoke_lapsed_leaves_those_who_still_hold_their_position(cast: Cast) -> None:
    signed_paper(cast)
    assert revoke_lapsed(at=LATER) == 0
    cast.mandate.valid_until = LATER.date()
    cast.mandate.save()

    assert revoke_lapsed(at=LATER) == 1
    assert revoke_lapsed(at=LATER) == 0


def test_public_paper_is_found_by_code_as_typed_and_by_file(cast: Cast) -> None:
    signature = signed_paper(cast)
    typed = f" {signature.code[:4]}-{signature.code[4:8]} {signature.code[8:]}".lower()

    assert public_paper(code=typed).code == signature.code
    assert public_paper(code="0" * 12) is None
    assert public_paper(code="' or 1=1") is None
    assert paper_of_file(content=content_of(signature)).code == signature.code
    assert paper_of_file(content=b"%PDF-1.7 other") is None


def test_check_file_tells_same_different_and_strange(cast: Cast) -> None:
    signature = signed_paper(cast)
    pdf, paper = content_of(signature), public_paper(code=signature.code)

    same = check_file(paper=paper, content=pdf)
    changed = check_file(paper=paper, content=one_byte_changed(pdf))
    junk = check_file(paper=paper, content=b"%PDF-1.7\nrubbish")

    assert (same.verdict, same.parts[0].is_good) == (Verdict.SAME, True)
    assert (changed.verdict, changed.parts[0].intact) == (Verdict.DIFFERENT, False)
    assert (junk.verdict, junk.parts) == (Verdict.DIFFERENT, ())
