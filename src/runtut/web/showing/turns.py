"""What waits for the reader beside the steps of runs: letters, disposisi and deliveries, papers to sign,
meetings to write down, SOPs to ratify or to mend."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from runtut.cases.models import Meeting
from runtut.cases.queries import disposisi_to_answer, letters_to_dispose, meetings_to_keep
from runtut.core.dates import clock_time, day_date, full_day_date
from runtut.documents.enums import Urgency
from runtut.documents.models import Delivery, DisposisiRecipient, IncomingLetter, SignerTurn
from runtut.documents.queries import deliveries_to_take_in, turns_of
from runtut.organisations.models import Authority
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import versions_to_mend, versions_to_ratify
from runtut.web.frame.addresses import address
from runtut.web.frame.authority import zone_of
from runtut.web.showing.work_rows import Duty

HURRIED: Final = frozenset({Urgency.SEGERA, Urgency.SANGAT_SEGERA})


def letter_duties(*, position_ids: Collection[int]) -> list[Duty]:
    """The letters that wait for their first disposisi from a reader's positions (one query)."""
    return [letter_duty(one) for one in letters_to_dispose(position_ids=position_ids)]


def letter_duty(letter: IncomingLetter) -> Duty:
    since = letter.registered_at.astimezone(zone_of(letter.unit))
    return Duty(
        title=letter.subject,
        url=address("web:surat_rinci", letter.uid),
        details=(
            f"dari {letter.sender}",
            f"menunggu sejak {day_date(since.date())} pukul {clock_time(since)} · "
            f"agenda {letter.register_number}",
        ),
        action="Buka dan disposisi",
        mark=letter.get_urgency_display(),
        is_urgent=letter.urgency in HURRIED,
    )


def disposisi_duties(*, position_ids: Collection[int]) -> list[Duty]:
    """The disposisi that a reader's positions were given and have not acted on (one query)."""
    return [disposisi_duty(one) for one in disposisi_to_answer(position_ids=position_ids)]


def disposisi_duty(one: DisposisiRecipient) -> Duty:
    link = one.disposisi
    since = link.given_at.astimezone(zone_of(link.letter.unit))
    read = "" if one.read_at else " · belum dibaca"
    return Duty(
        title=link.letter.subject,
        url=address("web:surat_rinci", link.letter.uid),
        details=(
            link.instruction,
            f"dari {link.from_position.short_title}, {day_date(since.date())} pukul {clock_time(since)}, "
            f"untuk {one.position.short_title}{read}",
        ),
        action="Buka surat",
        mark=link.letter.get_urgency_display(),
        is_urgent=link.letter.urgency in HURRIED,
    )


def delivery_duties(authorities: Iterable[Authority]) -> list[Duty]:
    """What other units sent and the reader has to take in (one query)."""
    return [delivery_duty(one) for one in deliveries_to_take_in(authorities=authorities)]


def delivery_duty(one: Delivery) -> Duty:
    assert one.to_unit is not None
    since = one.sent_at.astimezone(zone_of(one.to_unit))
    return Duty(
        title=one.paper,
        url=address("web:kiriman", one.uid),
        details=(
            f"dari {one.unit.short_name} untuk {one.to_unit.short_name}",
            f"dikirim {full_day_date(since.date())} pukul {clock_time(since)}",
        ),
        action="Baca dan terima",
    )


def signing_duties(*, position_ids: Collection[int]) -> list[Duty]:
    """The papers that a reader's positions are asked to sign (one query)."""
    return [signing_duty(turn) for turn in turns_of(position_ids=position_ids)]


def signing_duty(turn: SignerTurn) -> Duty:
    document = turn.version.document
    return Duty(
        title=document.title,
        url=address("web:dokumen_rinci", document.uid),
        details=(f"{document.get_kind_display()} · tanda tangan sebagai {turn.position.short_title}",),
        action="Tanda tangani",
    )


def meeting_duties(*, position_ids: Collection[int]) -> list[Duty]:
    """The meetings that a reader's positions write down (one query)."""
    return [meeting_duty(one) for one in meetings_to_keep(position_ids=position_ids)]


def meeting_duty(one: Meeting) -> Duty:
    begins = one.starts_at.astimezone(zone_of(one.unit))
    return Duty(
        title=one.title,
        url=address("web:rapat", one.uid),
        details=(
            f"{day_date(begins.date())} pukul {clock_time(begins)}, {one.place}",
            f"Kehadiran dan notulen sebagai {one.secretary.short_title}",
        ),
        action="Buka rapat",
    )


def sop_duties(*, position_ids: Collection[int], unit_paths: Collection[str]) -> list[Duty]:
    """The SOPs that a reader's positions ratify, and those that came back to them from review (three
    queries)."""
    waiting = [
        sop_duty(one, f"Menunggu pengesahan {one.approver_position.short_title}", "Telaah dan sahkan")
        for one in versions_to_ratify(position_ids)
        if one.approver_position
    ]
    back = versions_to_mend(position_ids=position_ids, unit_paths=unit_paths)
    return [*waiting, *(sop_duty(one, "Dikembalikan untuk diperbaiki", "Perbaiki") for one in back)]


def sop_duty(one: ProcedureVersion, why: str, action: str) -> Duty:
    return Duty(
        title=f"SOP {one.title}",
        url=f"{address('web:sop_rinci', one.procedure.uid)}?versi={one.number}",
        details=(f"Versi {one.number}, {one.procedure.unit.short_name}", why),
        action=action,
    )
