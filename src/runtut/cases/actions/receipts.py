"""The proof of what a step has sent: a Bukti kirim, and a Tanda terima once everybody has received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtut.cases.models import Case, Task
from runtut.cases.queries.sending import receipts_of
from runtut.cases.rendering import DeliveryFacts, compose_receipt, receipt_word
from runtut.cases.rules import local_day, local_moment
from runtut.core.dates import long_date
from runtut.documents.actions import endorse, put_document, rename_document
from runtut.documents.enums import DocumentKind, EndorsementKind
from runtut.documents.models import Delivery, Document, DocumentVersion
from runtut.documents.queries import deliveries_of, newest_version, signature_block
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import signing_place


def make_receipt(task: Task, sent: Sequence[Delivery], authority: Authority, at: datetime) -> DocumentVersion:
    """Make the proof of what a task has sent, approved by who sent it."""
    return put_receipt(None, task.case.unit, sent, task.position, "Yang mengirim,", authority, at)


def renew_receipts(case: Case, authority: Authority, at: datetime) -> list[DocumentVersion]:
    """Let the proofs of sending of a run, before they are archived, take on who has received since, and
    return the versions made; whoever archives them answers for that. Raises what endorse refuses."""
    position = Position.objects.select_related("unit").get(pk=writer_of(authority).position_id)
    renewed = []
    for document, errand in receipts_of(case):
        sent = deliveries_of(errand=errand)
        made_at = newest_version(document=document).made_at
        if any(one.received_at and one.received_at > made_at for one in sent):
            role = "Disesuaikan dengan buku ekspedisi,"
            renewed.append(put_receipt(document, case.unit, sent, position, role, authority, at))
    return renewed


def receipt_name(version: DocumentVersion) -> str:
    """Return what a proof of sending calls itself: "Tanda terima", or still "Bukti kirim"."""
    return str(version.content["title"][0]).capitalize()


def put_receipt(
    document: Document | None,
    unit: OrganisationUnit,
    sent: Sequence[Delivery],
    signer: Position,
    role: str,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    on, lines = local_day(at, unit), [delivery_facts(one, unit) for one in sent]
    paper, number = (sent[0].paper, sent[0].paper_number) if sent else ("", "")
    content = compose_receipt(
        paper=paper,
        paper_number=number,
        lines=lines,
        made_on=on.isoformat(),
        place=signing_place(unit),
        signature=signature_block(position=signer, on=on, role_line=role),
    )
    title = f"{receipt_word(lines)} {paper}"
    version = put_document(
        document=document,
        unit=unit,
        kind=DocumentKind.LAINNYA,
        title=title,
        content=content,
        authority=authority,
        at=at,
    )
    if document is not None:
        rename_document(document=document, title=title, authority=authority, at=at)
    endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)
    return version


def delivery_facts(one: Delivery, unit: OrganisationUnit) -> DeliveryFacts:
    return DeliveryFacts(
        number=one.number,
        addressee=one.addressee,
        means=one.get_means_display(),
        copies=one.copies,
        sent=long_date(local_day(one.sent_at, unit)),
        taken=received(one, unit),
    )


def received(one: Delivery, unit: OrganisationUnit) -> str:
    """ "Ibu Ratna, 14 Oktober 2026 pukul 09.10 WIB (foto tanda terima)"; empty while nobody has said so."""
    if one.received_at is None:
        return ""
    when = local_moment(one.received_at, unit)
    return f"{one.received_by}, {when} ({one.get_receipt_display().lower()})"
