"""Numbering, sending and proving: the last steps of a paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cases.factories import Desk, Row
from tests.cast import make_office
from tests.documents.factories import PNG, sakip_class

from runtut.cases.actions import send_task_paper
from runtut.cases.enums import CaseState
from runtut.cases.errors import AlreadyCompleted, GatesUnmet, NotYourTask
from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries import (
    documents_of,
    gates_of,
    meant_for,
    paper_of,
    received_since,
    task_by_uid,
    verify_events,
    warnings_for,
)
from runtut.core.audit import verify_streams
from runtut.documents.actions import (
    accept_delivery,
    ask_signers,
    create_document,
    keep_scan,
    number_signed,
    prove_delivery,
    store_file,
    void_number,
)
from runtut.documents.enums import DocumentKind, DocumentState, SigningWay
from runtut.documents.errors import DelegationNotAllowed, SignaturesAwaited
from runtut.documents.formulas.signing import By
from runtut.documents.models import (
    ArchiveRecord,
    Delivery,
    Document,
    DocumentVersion,
    OutgoingLetter,
    SignerTurn,
    SigningChoice,
)
from runtut.documents.queries import sent_with
from runtut.documents.queries.books import outgoing_book
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

SENT_OUT = (
    Row(("perencanaan",), work=Work.PREPARE, outputs=("Konsep RKT",)),
    Row(("camat",), work=Work.SIGN, outputs=("RKT bertanda tangan",)),
    Row(("staf",), work=Work.REGISTER, outputs=("Nomor surat", "Bukti pengiriman", "Arsip")),
)
COVERED = (
    *SENT_OUT[:2],
    Row(("perencanaan",), work=Work.REGISTER, outputs=("Surat pengantar bernomor",)),
    Row(("staf",), work=Work.DISTRIBUTE, outputs=("Salinan dokumen",)),
    Row(("staf",), work=Work.ARCHIVE, outputs=("Arsip",)),
)


def make_desk(rows: tuple[Row, ...], topics: dict[int, str]) -> Desk:
    desk = Desk.make(rows)
    desk.office.unit.code = "Kec.Skm"
    desk.office.unit.save(update_fields=["code"])
    for no, topic in topics.items():
        Step.objects.filter(version=desk.version, no=no).update(topic=topic)
    return desk


def signed_run(desk: Desk) -> tuple[Case, DocumentVersion]:
    """A run whose document has just been approved."""
    case = desk.start("perencanaan")
    version = create_document(
        unit=desk.office.unit,
        kind="rkt",
        title="RKT 2027",
        content={"blocks": []},
        authority=desk.who("perencanaan"),
        at=desk.at,
    )
    desk.later(minutes=5)
    desk.complete(case, "perencanaan", outputs={"Konsep RKT": {"document_version": version}})
    desk.complete(case, "camat", approve=True)
    return case, version


def send(desk: Desk, task: Task, key: str = "staf", **data: Any) -> list[Delivery]:
    given = {"archive_class": sakip_class(), "copies": 2, "stamped": True} | data
    return send_task_paper(task_uid=task.uid, data=given, numbers=True, authority=desk.who(key), at=desk.at)


def prove(desk: Desk, delivery: Delivery) -> Delivery:
    photo = store_file(
        unit=desk.office.unit, name="terima.png", content=PNG, authority=desk.who("staf"), at=desk.at
    )
    return prove_delivery(
        delivery=delivery,
        received_by="Ibu Ratna",
        proof=photo,
        receipt="foto",
        authority=desk.who("staf"),
        at=desk.at,
    )


def rows_of(receipt: DocumentVersion) -> list[list[str]]:
    return [row for block in receipt.content["blocks"] for row in block.get("rows", ())]


def test_paper_is_numbered_sent_proven_and_archived() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    case, version = signed_run(desk)
    task = desk.open_task(case, "staf")

    (sent,) = send(desk, task, recipients=[{"addressee": "Bupati Contoh", "means": "diantar"}])
    with pytest.raises(GatesUnmet, match="Bukti terima Bupati Contoh"):
        desk.complete(case, "staf", location="Lemari 2")
    prove(desk, sent)
    desk.complete(case, "staf", location="Lemari 2")

    version.document.refresh_from_db()
    line, record = OutgoingLetter.objects.get(), ArchiveRecord.objects.earliest("id")
    assert line.number == version.document.number == "000.8.6.3/1/Kec.Skm/2026"
    assert (line.copies, line.is_stamped, line.version) == (2, True, version)
    assert sent.paper_number == line.number
    assert (record.version, record.location, version.document.state) == (
        version,
        "Lemari 2",
        DocumentState.LOCKED,
    )
    outputs = {one.name: one for one in TaskOutput.objects.filter(task=task)}
    assert outputs["Nomor surat"].text == line.number
    assert "Bupati Contoh (diantar), diterima Ibu Ratna" in outputs["Bukti pengiriman"].text
    assert outputs["Bukti pengiriman"].file is not None
    receipt = outputs["Bukti pengiriman"].document_version
    assert receipt is not None and receipt.document.state == DocumentState.LOCKED
    (row,) = rows_of(receipt)
    assert row[:-1] == ["1", sent.number, "Bupati Contoh", "Diantar", "1", "2 Maret 2026"]
    assert row[-1].startswith("Ibu Ratna, 2 Maret 2026 pukul") and row[-1].endswith("(foto tanda terima)")
    assert receipt.content["title"][0] == "TANDA TERIMA"
    assert outputs["Arsip"].archive_record == record
    assert Case.objects.get(pk=case.pk).state == CaseState.DONE
    assert verify_events() == []


def test_proof_of_sending_is_no_receipt_before_somebody_received_and_takes_it_on_when_archived() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    units = [desk.office.units["kasi1"], desk.office.units["kasi2"]]
    desk.complete(case, "staf", recipients=[{"to_unit": unit} for unit in units])

    output = TaskOutput.objects.get(task__case=case, name="Salinan dokumen")
    sent = output.document_version
    assert sent is not None and sent.content["title"] == ["BUKTI KIRIM", "RKT 2027"]
    assert sent.document.title == "Bukti kirim RKT 2027"
    assert {row[-1] for row in rows_of(sent)} == {"belum diterima"}

    for delivery, key in zip(Delivery.objects.order_by("id"), ("kasi1", "kasi2"), strict=True):
        desk.later(minutes=5)
        accept_delivery(delivery=delivery, authority=desk.who(key), at=desk.at)
    since = received_since(sent.document, sent.made_at)
    assert [one.to_unit for one in since] == units
    desk.later(minutes=5)
    desk.complete(case, "staf", archive_class=sakip_class(), location="Lemari 1")

    kept = ArchiveRecord.objects.get(version__document=sent.document).version
    assert (kept.number, kept.content["title"][0]) == (2, "TANDA TERIMA")
    assert kept.document.title == "Tanda terima RKT 2027"
    assert received_since(kept.document, kept.made_at) == []
    shown = next(one for one in documents_of(case) if one.document == kept.document)
    assert shown.document_version == kept
    assert all("(diterima dalam sistem)" in row[-1] for row in rows_of(kept))
    assert verify_streams() == []


def test_nobody_is_sent_the_same_paper_twice() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    case, _ = signed_run(desk)
    task = desk.open_task(case, "staf")

    send(desk, task, recipients=[{"addressee": "Bupati"}, {"addressee": "Bupati"}])
    again = send(desk, task, recipients=[{"addressee": "Bupati"}, {"addressee": "Sekda"}])

    assert [one.addressee for one in again] == ["Sekda"]
    assert [one.number for one in Delivery.objects.order_by("id")] == ["1/2026", "2/2026"]
    assert OutgoingLetter.objects.count() == 1


def test_only_the_holder_sends_and_not_after_the_task() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    case, _ = signed_run(desk)
    task = desk.open_task(case, "staf")
    recipients = [{"to_unit": desk.office.units["kasi1"]}]

    with pytest.raises(NotYourTask):
        send(desk, task, "umum", recipients=recipients)
    assert not Delivery.objects.exists()
    assert not OutgoingLetter.objects.exists()
    desk.complete(case, "staf", archive_class=sakip_class(), recipients=recipients)
    with pytest.raises(AlreadyCompleted):
        send(desk, task, recipients=[{"addressee": "Bupati"}])


def test_recipient_outside_is_sent_to_before_the_task_is_handed_over() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    case, _ = signed_run(desk)

    with pytest.raises(GatesUnmet, match="Kirim dahulu kepada Bupati"):
        desk.complete(case, "staf", archive_class=sakip_class(), recipients=[{"addressee": "Bupati"}])

    assert not Delivery.objects.exists()


def test_cover_letter_bears_a_number_and_stays_beside_the_document() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    desk.complete(
        case,
        "perencanaan",
        archive_class=sakip_class(),
        addressee="Bupati Contoh",
        copies=2,
        remark="Untuk arsip",
    )

    cover = DocumentVersion.objects.get(document__kind="surat_pengantar")
    assert cover.document.number == "000.8.6.3/1/Kec.Skm/2026"
    assert cover.document.state == DocumentState.APPROVED
    assert cover.content["blocks"][1]["rows"][0][2] == "2 berkas"

    task = task_by_uid(desk.open_task(case, "staf").uid)
    assert meant_for(task) == "Bupati Contoh"
    unit = desk.office.units["kasi1"]
    desk.complete(case, "staf", recipients=[{"to_unit": unit}])
    sent = Delivery.objects.get()
    assert (sent.version, sent.paper_number, sent.to_unit) == (version, cover.document.number, unit)
    desk.complete(case, "staf", archive_class=sakip_class())
    assert ArchiveRecord.objects.earliest("id").version == version


def test_cover_letter_travels_with_the_paper_and_is_missed_while_it_bears_no_signature() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Seksi Satu")
    task = task_by_uid(desk.open_task(case, "staf").uid)

    told = [one.sentence for one in warnings_for(task=task, authority=desk.who("staf"))]
    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])

    letter = Document.objects.get(kind=DocumentKind.SURAT_PENGANTAR)
    sent = Delivery.objects.get()
    assert sent.version == version and sent.cover is not None and sent.cover.document == letter
    assert sent.paper_number == letter.number
    assert any(one.startswith("Surat pengantar RKT 2027 sudah disetujui, tetapi belum") for one in told)


def test_proof_that_only_some_have_received_is_still_called_a_proof_of_sending() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    units = [desk.office.units["kasi1"], desk.office.units["kasi2"]]
    desk.complete(case, "staf", recipients=[{"to_unit": unit} for unit in units])
    desk.later(minutes=5)
    accept_delivery(delivery=Delivery.objects.earliest("id"), authority=desk.who("kasi1"), at=desk.at)
    desk.later(minutes=5)

    desk.complete(case, "staf", archive_class=sakip_class())

    names = TaskOutput.objects.filter(document__title="Bukti kirim RKT 2027").values_list("name", flat=True)
    assert list(names.order_by("id")) == ["Salinan dokumen", "Bukti kirim"]


def test_paper_that_is_sent_twice_is_archived_with_the_newest_proof_of_the_first_sending() -> None:
    desk = make_desk((*COVERED[:4], SENT_OUT[2]), {3: "cover_letter", 5: "outgoing"})
    case, _ = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])
    desk.later(minutes=5)
    accept_delivery(delivery=Delivery.objects.get(), authority=desk.who("kasi1"), at=desk.at)
    desk.later(minutes=5)
    send(desk, desk.open_task(case, "staf"), recipients=[{"to_unit": desk.office.units["kasi2"]}])

    desk.complete(case, "staf", archive_class=sakip_class())

    kept = ArchiveRecord.objects.get(version__document__title="Tanda terima RKT 2027").version
    shown = next(one for one in documents_of(case) if one.document == kept.document)
    assert (kept.number, shown.document_version, shown.name) == (2, kept, "Tanda terima")


def test_who_received_a_paper_twice_is_one_recipient() -> None:
    desk = make_desk((*COVERED[:4], SENT_OUT[2]), {3: "cover_letter", 5: "outgoing"})
    case, _ = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    again = [{"to_unit": desk.office.units["kasi1"]}]
    desk.complete(case, "staf", recipients=again)
    send(desk, desk.open_task(case, "staf"), recipients=again)
    for delivery in Delivery.objects.order_by("id"):
        accept_delivery(delivery=delivery, authority=desk.who("kasi1"), at=desk.at)

    sent = sent_with(list(OutgoingLetter.objects.select_related("version", "entry")))

    assert {(len(one.to), one.received) for one in sent.values()} == {(1, 1)}


def test_step_whose_number_was_voided_takes_another() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    case, version = signed_run(desk)
    task = desk.open_task(case, "staf")
    (sent,) = send(desk, task, recipients=[{"addressee": "Bupati Contoh", "means": "diantar"}])
    voided = OutgoingLetter.objects.get()
    void_number(entry=voided.entry, reason="Salah klasifikasi", authority=desk.who("staf"), at=desk.at)
    prove(desk, sent)

    desk.complete(case, "staf", archive_class=sakip_class(), location="Lemari 2")

    version.document.refresh_from_db()
    assert version.document.number == OutgoingLetter.objects.latest("id").number != voided.number


def test_paper_goes_under_the_number_that_its_cover_letter_bears_not_under_a_voided_one() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Seksi Satu")
    entry = OutgoingLetter.objects.get().entry
    void_number(entry=entry, reason="Salah klasifikasi", authority=desk.who("perencanaan"), at=desk.at)
    cover = DocumentVersion.objects.get(document__kind=DocumentKind.SURAT_PENGANTAR)

    assert paper_of(task_by_uid(desk.open_task(case, "staf").uid)).number == ""
    number_signed(
        version=cover,
        archive_class=sakip_class(),
        recipient="Seksi Satu",
        authority=desk.who("perencanaan"),
        at=desk.at,
    )

    cover.document.refresh_from_db()
    assert cover.document.number != entry.text
    assert paper_of(task_by_uid(desk.open_task(case, "staf").uid)).number == cover.document.number


def test_cover_letter_that_awaits_its_electronic_signature_goes_out_for_a_reason_only() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    SigningChoice.objects.create(unit=desk.office.unit, way=SigningWay.ELECTRONIC)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Seksi Satu")
    task = task_by_uid(desk.open_task(case, "staf").uid)
    wanted: dict[str, Any] = {"recipients": [{"to_unit": desk.office.units["kasi1"]}]}

    gates = gates_of(task=task, data=wanted, at=desk.at)
    with pytest.raises(SignaturesAwaited) as refused:
        send(desk, task, **wanted)
    with pytest.raises(GatesUnmet):
        desk.complete(case, "staf", **wanted)
    assert Delivery.objects.count() == 0
    assert refused.value.field == "unsigned_reason"
    assert [one.label for one in gates if not one.met] == [
        "Tanda tangan Kasubbag Perencanaan dan Keuangan pada Surat pengantar RKT 2027"
    ]
    letter = Document.objects.get(kind=DocumentKind.SURAT_PENGANTAR)
    assert [one.path for one in gates if not one.met] == [f"/dokumen/{letter.uid}/"]
    assert [one.code for one in warnings_for(task=task, authority=desk.who("staf"))] == ["unsigned"]

    send(desk, task, **wanted, unsigned_reason="Kasubbag sedang dinas luar.")
    (turn,) = SignerTurn.objects.all()
    assert (turn.excuse, turn.given_at) == ("Kasubbag sedang dinas luar.", None)
    desk.complete(case, "staf")
    assert Delivery.objects.count() == 1
    assert verify_streams() == []


def test_agenda_of_what_was_sent_names_the_recipients_and_all_copies() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    number_signed(
        version=version,
        archive_class=sakip_class(),
        recipient="",
        authority=desk.who("perencanaan"),
        at=desk.at,
    )
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Para Kasi")
    assert sent_with(list(OutgoingLetter.objects.all())) == {}

    units = [desk.office.units["kasi1"], desk.office.units["kasi2"]]
    desk.complete(case, "staf", recipients=[{"to_unit": unit, "copies": 4} for unit in units])
    accept_delivery(
        delivery=Delivery.objects.earliest("id"), authority=desk.who("kasi1"), at=desk.at + timedelta(hours=1)
    )

    lines = list(OutgoingLetter.objects.select_related("version").order_by("id"))
    sent = sent_with(lines)
    assert len(lines) == 2
    for line in lines:
        assert sent[line.pk].to == tuple(unit.name for unit in units)
        assert (sent[line.pk].copies, sent[line.pk].received) == (8, 1)
    book = outgoing_book(unit=desk.office.unit, year=2026, authorities=[desk.who("staf")])
    assert {row[4] for row in book.rows} == {8}


def test_agenda_tells_what_was_sent_at_the_number_that_the_paper_bears_not_at_a_voided_one() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    given = {"version": version, "archive_class": sakip_class(), "recipient": ""}
    number_signed(**given, authority=desk.who("perencanaan"), at=desk.at)
    entry = OutgoingLetter.objects.get().entry
    void_number(entry=entry, reason="Salah klasifikasi", authority=desk.who("perencanaan"), at=desk.at)
    version.document.refresh_from_db()
    number_signed(**given, authority=desk.who("perencanaan"), at=desk.at)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Para Kasi")

    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])

    voided, standing, _ = outgoing_book(unit=desk.office.unit, year=2026, authorities=[desk.who("staf")]).rows
    assert (voided[2], standing[2]) == ("", desk.office.units["kasi1"].name)


def test_cover_letter_is_signed_in_the_name_of_who_handed_it_down() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    given = {"archive_class": sakip_class(), "addressee": "Bupati Contoh"}
    camat, sekcam = (desk.office.positions[key].title.upper() for key in ("camat", "sekcam"))

    with pytest.raises(DelegationNotAllowed):
        desk.complete(case, "perencanaan", **given, signs_as="atas nama siapa pun")
    assert not OutgoingLetter.objects.exists()
    desk.complete(case, "perencanaan", **given, signs_as=By.FOR_THE_ATTENTION)

    _, sender = DocumentVersion.objects.get(document__kind="surat_pengantar").content["signatures"]
    assert sender["role_line"] == f"Pengirim,\na.n. {camat}\n{sekcam}\nu.b."
    assert sender["position"] == desk.office.positions["perencanaan"].title.upper()


def test_nobody_is_warned_that_material_at_work_bears_no_signature() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    Document.objects.filter(pk=version.document_id).update(kind=DocumentKind.BAHAN)

    task = task_by_uid(desk.open_task(case, "perencanaan").uid)

    assert warnings_for(task=task, authority=desk.who("perencanaan")) == []


def test_who_sends_a_paper_whose_signer_is_asked_is_told_whom_it_waits_for() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    ask_signers(version=version, positions=[desk.position("kasi1")], at=desk.at)

    task = task_by_uid(desk.open_task(case, "perencanaan").uid)
    (warning,) = warnings_for(task=task, authority=desk.who("perencanaan"))

    waits = f"Menunggu {desk.position('kasi1').short_title}, yang menemukannya di Beranda."
    assert warning.sentence == f"RKT 2027 sudah disetujui, tetapi belum ditandatangani. {waits}"


def test_who_sends_a_paper_that_nobody_signed_is_warned_until_its_scan_is_there() -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    task = task_by_uid(desk.open_task(case, "perencanaan").uid)
    (warning,) = warnings_for(task=task, authority=desk.who("perencanaan"))
    assert warning.code == "unsigned"
    assert warning.sentence.startswith("RKT 2027 sudah disetujui, tetapi belum ditandatangani.")

    file = store_file(
        content=PNG, name="pindaian.png", unit=desk.office.unit, authority=desk.who("umum"), at=desk.at
    )
    keep_scan(
        version=version,
        position=desk.position("camat"),
        file=file,
        signed_on=desk.office.unit.local_date(desk.at),
        authority=desk.who("umum"),
        at=desk.at,
    )

    assert warnings_for(task=task, authority=desk.who("perencanaan")) == []


def test_gates_of_distributing_name_what_is_missing() -> None:
    desk = make_desk(COVERED, {3: "cover_letter", 4: "agenda"})
    case, _ = signed_run(desk)
    cover = gates_of(task=task_by_uid(desk.open_task(case, "perencanaan").uid), data={}, at=desk.at)
    assert [gate.code for gate in cover if not gate.met] == ["archive_class", "addressee"]
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Bupati")

    gates = gates_of(task=task_by_uid(desk.open_task(case, "staf").uid), data={}, at=desk.at)

    assert [(gate.code, gate.met) for gate in gates] == [("archive_class", False), ("recipients", False)]


def test_other_office_accepts_into_its_own_agenda() -> None:
    desk = make_desk(SENT_OUT, {3: "outgoing"})
    parent = desk.office.unit.parent
    assert parent is not None
    other = make_office(parent, "Sukasari")
    case, _ = signed_run(desk)
    (sent,) = send(desk, desk.open_task(case, "staf"), recipients=[{"to_unit": other.unit}])
    desk.complete(case, "staf")

    taken = accept_delivery(delivery=sent, authority=other.authority("umum"), at=desk.at + timedelta(hours=1))

    assert taken.letter is not None
    assert (taken.letter.unit, taken.letter.sender) == (other.unit, desk.office.unit.name)
    assert (taken.letter.number, taken.letter.subject) == (sent.paper_number, "RKT 2027")
    assert taken.letter.register_number == "1/2026"
    assert taken.receipt == "sistem"


def test_handlers_without_a_document_send_what_the_step_needs() -> None:
    desk = Desk.make((Row(("staf",), work=Work.DISTRIBUTE, outputs=("Tanda terima",)), Row(("camat",))))
    case = desk.start("staf")

    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])

    assert Delivery.objects.get().paper == case.title
