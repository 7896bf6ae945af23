"""Disposisi: instructions passed along a letter's chain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.errors import (
    DisposisiBeforeLetter,
    DisposisiOfAnotherLetter,
    DisposisiToSelf,
    NotDisposisiRecipient,
    RecipientNotReachable,
    RecipientsMissing,
)
from runtut.documents.events import disposisi_answered, disposisi_given
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.queries import local_moment
from runtut.documents.rules import ensure_can_read_letter, ensure_can_write
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import can_see_unit, ensure_fits, ensure_text


def give_disposisi(
    *,
    letter: IncomingLetter,
    previous: Disposisi | None,
    to_positions: Iterable[Position],
    instruction: str,
    note: str,
    authority: Authority,
    at: datetime,
) -> Disposisi:
    """Pass a letter on with an instruction: an order to act, never an approval.

    With `previous`, the giver is one of its recipients and has thereby acted on it. Raises RecipientsMissing,
    RecipientNotReachable, DisposisiToSelf (field to_positions), NameMissing or TextTooLong (instruction,
    note), DisposisiOfAnotherLetter, NotDisposisiRecipient, DisposisiBeforeLetter, LetterNotOpen and the
    refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, letter.unit)
    ensure_can_read_letter(authority, letter)
    recipients = chosen_recipients(to_positions, authority)
    instruction = ensure_text(instruction, what="Instruksi", limit=240, field="instruction")
    note = ensure_fits(note, what="Catatan", limit=4000, field="note")
    if at < letter.registered_at:
        raise DisposisiBeforeLetter(registered=local_moment(letter.registered_at, letter.unit))
    if previous is not None:
        ensure_received(previous, letter, authority)
    with write_transaction():
        if previous is not None:
            act_on(previous, writer.position_id, at)
        link = Disposisi.objects.create(
            region=letter.region,
            letter=letter,
            previous=previous,
            from_position_id=writer.position_id,
            given_by_id=writer.user_id,
            capacity=authority.capacity,
            instruction=instruction,
            note=note,
            given_at=at,
        )
        DisposisiRecipient.objects.bulk_create(
            [DisposisiRecipient(disposisi=link, position=position) for position in recipients]
        )
        leave_trail(
            unit=letter.unit,
            action="disposisi.given",
            subject=link.uid,
            authority=authority,
            at=at,
            data={
                "letter": letter.uid,
                "previous": previous.uid if previous else None,
                "to": [position.uid for position in recipients],
                "instruction": instruction,
            },
        )
        disposisi_given.send(sender=Disposisi, disposisi=link, at=at)
    return link


def chosen_recipients(positions: Iterable[Position], authority: Authority) -> list[Position]:
    """Return the recipients once each. Raises RecipientsMissing, DisposisiToSelf, RecipientNotReachable."""
    chosen = list({position.pk: position for position in positions}.values())
    if not chosen:
        raise RecipientsMissing(field="to_positions")
    for position in chosen:
        if position.pk == authority.position_id:
            raise DisposisiToSelf(position=position.title, field="to_positions")
        if not position.is_active or not can_see_unit(authority, position.unit):
            raise RecipientNotReachable(position=position.title, field="to_positions")
    return chosen


def ensure_received(previous: Disposisi, letter: IncomingLetter, authority: Authority) -> None:
    """Raise unless the earlier link is of this letter and was given to the authority's position."""
    if previous.letter_id != letter.pk:
        raise DisposisiOfAnotherLetter
    recipients = list(previous.recipients.select_related("position"))
    if all(one.position_id != authority.position_id for one in recipients):
        names = ", ".join(one.position.short_title for one in recipients)
        raise NotDisposisiRecipient(recipients=names)


def act_on(link: Disposisi, position_id: int, at: datetime) -> int:
    """Note that a recipient acted (and so has read); the first time stands."""
    rows = link.recipients.filter(position_id=position_id, acted_at__isnull=True)
    return rows.update(read_at=Coalesce(F("read_at"), at), acted_at=at)


def note_carried_out(*, letter_id: int, position_id: int, at: datetime) -> int:
    """Note that a position has done what the chain of a letter asked of it, and return how many links.

    For work that a run records itself (its event is the trail): whoever completes a step of the run that the
    letter started has acted on the letter. The first time stands.
    """
    waiting = DisposisiRecipient.objects.filter(
        disposisi__letter=letter_id, position=position_id, acted_at__isnull=True
    )
    with write_transaction():
        return waiting.update(read_at=Coalesce(F("read_at"), at), acted_at=at)


def mark_read(*, disposisi: Disposisi, authority: Authority, at: datetime) -> bool:
    """Note that a recipient opened a disposisi; the first time stands. Tells whether this was it.

    Nothing happens for somebody who is not a recipient: looking is no act.
    """
    ensure_can_read_letter(authority, disposisi.letter)
    if authority.position_id is None:
        return False
    with write_transaction():
        rows = disposisi.recipients.filter(position_id=authority.position_id, read_at__isnull=True)
        if not rows.update(read_at=at):
            return False
        leave_trail(
            unit=disposisi.letter.unit,
            action="disposisi.read",
            subject=disposisi.uid,
            authority=authority,
            at=at,
            data={"position": authority.position_id},
        )
    return True


def mark_acted(*, disposisi: Disposisi, authority: Authority, at: datetime) -> bool:
    """Note that a recipient carried a disposisi out; the first time stands. Tells whether this was it.

    Raises NotDisposisiRecipient and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, disposisi.letter.unit)
    ensure_received(disposisi, disposisi.letter, authority)
    with write_transaction():
        if not act_on(disposisi, writer.position_id, at):
            return False
        leave_trail(
            unit=disposisi.letter.unit,
            action="disposisi.acted",
            subject=disposisi.uid,
            authority=authority,
            at=at,
            data={"position": authority.position_id},
        )
        disposisi_answered.send(sender=Disposisi, letter_id=disposisi.letter_id, at=at)
    return True
