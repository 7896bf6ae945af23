"""Signing within a run: the paper before the act, the act whole or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from tests.cases.factories import Desk, complete
from tests.cases.test_work import prepared, unmet
from tests.documents.factories import sakip_class
from tests.documents.signing import PASSPHRASE, give_key

from runtut.cases.actions import prepare_task_signature
from runtut.cases.errors import AlreadyCompleted, GatesUnmet, NotYourTask
from runtut.cases.models import Case
from runtut.core.errors import DomainError
from runtut.documents.actions import PreparedSignature, load_archive_classes
from runtut.documents.errors import PassphraseWrong
from runtut.documents.models import Document, DocumentVersion, RegisterEntry, Signature
from runtut.documents.queries import signing_key_of

pytestmark = pytest.mark.django_db
ELECTRONIC = {"approve": True, "way": "elektronik"}


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def at_signing() -> tuple[Desk, Case, DocumentVersion]:
    """A run whose document waits for the Camat, who has a key."""
    desk, case, version = prepared()
    load_archive_classes()
    desk.complete(case, "sekcam", paraf=True)
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save(update_fields=["code"])
    give_key(desk.office.people["camat"], desk.who("camat"), desk.at)
    return desk, case, version


def sign(
    desk: Desk, case: Case, chair: str = "camat", passphrase: str = PASSPHRASE, **data: object
) -> PreparedSignature | None:
    return prepare_task_signature(
        task_uid=desk.open_task(case, "camat").uid,
        data={**ELECTRONIC, "archive_class": sakip_class(), **data},
        passphrase=passphrase,
        authority=desk.who(chair),
        at=desk.at,
    )


def test_signing_by_hand_asks_for_the_approval_only(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing

    desk.complete(case, "camat", approve=True, way="basah")

    assert Document.objects.get().state == "disetujui"
    assert Signature.objects.count() == 0


def test_electronic_way_wants_the_signature(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing

    assert unmet(desk, case, "camat", **ELECTRONIC) == ["Tanda tangan elektronik"]
    with pytest.raises(GatesUnmet):
        desk.complete(case, "camat", **ELECTRONIC)


def test_signature_and_approval_come_with_the_act(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, version = at_signing
    press = uuid4()
    signature = sign(desk, case)
    assert Signature.objects.count() == 0

    desk.complete(case, "camat", press=press, **ELECTRONIC, signature=signature)

    kept = Signature.objects.get()
    assert (kept.version, kept.way, kept.full_name) == (version, "elektronik", "Hendra Gunawan")
    assert Document.objects.get().number.startswith("000.8.6.3/1/KEC.SKM/")
    assert desk.open_task(case, "umum")


def test_second_press_keeps_one_signature(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing
    first, second, task = sign(desk, case), sign(desk, case), desk.open_task(case, "camat")
    desk.complete(case, "camat", **ELECTRONIC, signature=first)

    with pytest.raises(AlreadyCompleted):
        complete(task, desk.who("camat"), desk.at, data={**ELECTRONIC, "signature": second})

    assert Signature.objects.count() == 1
    assert RegisterEntry.objects.filter(register__kind="keluar").count() == 1


def test_other_gates_come_before_the_passphrase(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing
    with pytest.raises(GatesUnmet):
        sign(desk, case, checks={"Angka sudah benar": False}, passphrase="keliru sama sekali")

    assert signing_key_of(user=desk.office.people["camat"]).failures == 0
    assert Document.objects.get().number == ""


def test_wrong_passphrase_leaves_no_number(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing
    with pytest.raises(PassphraseWrong):
        sign(desk, case, passphrase="keliru sama sekali")

    assert RegisterEntry.objects.count() == 0
    assert desk.open_task(case, "camat")


def test_signing_is_closed_to_others(at_signing: tuple[Desk, Case, DocumentVersion]) -> None:
    desk, case, _ = at_signing
    with pytest.raises(NotYourTask):
        sign(desk, case, chair="sekcam")


def test_a_refused_act_leaves_the_paper_unsigned(
    at_signing: tuple[Desk, Case, DocumentVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, case, _ = at_signing
    signature = sign(desk, case)

    def refuse(**given: object) -> None:
        raise DomainError

    monkeypatch.setattr("runtut.cases.actions.complete.perform", refuse)
    with pytest.raises(DomainError):
        desk.complete(case, "camat", **ELECTRONIC, signature=signature)

    assert Signature.objects.count() == 0
    assert Document.objects.get().state == "menunggu"
