"""Asking those who are named under a paper to sign it, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import EndorsementKind
from runtut.documents.errors import SignaturesAwaited
from runtut.documents.models import Document, DocumentVersion, SignerTurn
from runtut.documents.queries import unsigned
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits

EXCUSE_LIMIT = 240


def ask_signers(
    *, version: DocumentVersion, positions: Sequence[Position], at: datetime, last_decides: bool = True
) -> None:
    """Ask positions to sign a version, in their order. The approval of the last approves the paper; with
    `last_decides` false somebody who is not asked here does that. Who has approved already is not asked, and
    it may be repeated."""
    with write_transaction():
        standing = set(
            version.endorsements.filter(kind=EndorsementKind.APPROVAL, voided_at__isnull=True).values_list(
                "position_id", flat=True
            )
        )
        wanted = list(dict.fromkeys(position.pk for position in positions))
        SignerTurn.objects.bulk_create(
            [
                SignerTurn(
                    region=version.region,
                    version=version,
                    position_id=key,
                    sequence=number,
                    decides=last_decides and number == len(wanted),
                    asked_at=at,
                )
                for number, key in enumerate(wanted, start=1)
                if key not in standing
            ],
            ignore_conflicts=True,
        )


def turn_given(version: DocumentVersion, position_id: int, at: datetime) -> bool:
    """Note that a position has signed, and tell whether its approval approves the paper: the last one asked,
    or somebody whom nobody had to ask."""
    turn = SignerTurn.objects.filter(version=version, position=position_id).first()
    if turn is None:
        return True
    SignerTurn.objects.filter(pk=turn.pk).update(given_at=at, excused_at=None, excuse="")
    return turn.decides


def ask_for_signature(*, version: DocumentVersion, position_id: int, at: datetime) -> None:
    """Ask somebody whose approval stands on a version for the electronic signature that goes with it, before
    anybody who has not approved yet. It may be repeated."""
    values = {"region": version.region, "sequence": 0, "asked_at": at}
    with write_transaction():
        turn, is_new = SignerTurn.objects.get_or_create(
            version=version, position_id=position_id, defaults=values
        )
        if not is_new:
            SignerTurn.objects.filter(pk=turn.pk).update(given_at=None, asked_at=at)


def take_by_hand(*, version: DocumentVersion, authority: Authority, at: datetime) -> None:
    """Note that somebody whose approval stands on a version signs its print, and not the file."""
    assert authority.position_id is not None, "only a position is asked"
    with write_transaction():
        turn_given(version, authority.position_id, at)
        leave_trail(
            unit=version.document.unit,
            action="document.signed_on_print",
            subject=version.document.uid,
            authority=authority,
            at=at,
            data={"title": version.document.title, "version": version.number},
        )


def close_unsigned(version: DocumentVersion, reason: str, at: datetime) -> list[str]:
    """Archive a version without those who are still to sign it, for a reason that stays with each; return
    their positions. Raises SignaturesAwaited (field unsigned_reason) without a reason, TextTooLong."""
    return excuse(list(unsigned().filter(version=version)), reason, at)


def excuse_signers(
    *, turns: Sequence[SignerTurn], reason: str, authority: Authority, at: datetime
) -> list[str]:
    """Ask some people no more to sign papers that stay as they are, for a reason that is kept with each turn
    and in the trail of each paper; return their positions. Raises what close_unsigned refuses."""
    with write_transaction():
        names = excuse(turns, reason, at)
        for document in {turn.version.document for turn in turns}:
            leave_trail(
                unit=document.unit,
                action="document.unsigned",
                subject=document.uid,
                authority=authority,
                at=at,
                data={"title": document.title, "unsigned": names, "unsigned_reason": reason.strip()},
            )
    return names


def excuse(waiting: Sequence[SignerTurn], reason: str, at: datetime) -> list[str]:
    if not waiting:
        return []
    names = [turn.position.short_title for turn in waiting]
    if not reason.strip():
        raise SignaturesAwaited(positions=", ".join(names), field="unsigned_reason")
    said = ensure_fits(reason.strip(), what="Alasan", limit=EXCUSE_LIMIT, field="unsigned_reason")
    SignerTurn.objects.filter(pk__in=[turn.pk for turn in waiting]).update(excused_at=at, excuse=said)
    return names


def stop_asking(documents: QuerySet[Document]) -> None:
    """Ask nobody any more to sign these papers: what they were for has ended."""
    SignerTurn.objects.filter(version__document__in=documents, given_at__isnull=True).delete()
