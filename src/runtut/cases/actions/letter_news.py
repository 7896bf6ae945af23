"""News of letters: to whoever disposes of one, and to whom a disposisi was given."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from runtut.cases.actions.notices import News, close_notices, give_notices
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models import Notice
from runtut.cases.queries.letters import unanswered_disposisi, undisposed_letters
from runtut.core.jobs import enqueue
from runtut.core.locks import write_transaction
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.organisations.models import Position

LETTER_NEWS: Final = "cases.letter_news"


def order_letter_news(letter: IncomingLetter, key: object, at: datetime) -> None:
    """Leave the telling to the worker, once for each act (`key`): what the same transaction begins from the
    letter, a run above all, is known by then."""
    enqueue(
        region=letter.region,
        topic=LETTER_NEWS,
        key=f"{LETTER_NEWS}:{key}",
        payload={"letter": letter.pk},
        at=at,
    )


def tell_of_letter(*, letter_id: int, at: datetime) -> None:
    """Tell everybody for whom a letter waits as things stand now, each once for its registration and for each
    disposisi, and close what was told to all others. May be repeated."""
    letter = IncomingLetter.objects.select_related("unit").get(pk=letter_id)
    with write_transaction():
        close_letter_news(letter_id=letter_id, at=at)
        give_notices(told=[*registration_news(letter), *disposisi_news(letter)], at=at)


def registration_news(letter: IncomingLetter) -> list[News]:
    """Return the news of a letter that nobody has disposed of yet, for the head of its office."""
    if not undisposed_letters().filter(pk=letter.pk).exists():
        return []
    heads = Position.objects.filter(unit=letter.unit_id, is_head=True).order_by("id")
    return [letter_news(letter, NoticeAbout.LETTER, head.pk) for head in heads]


def disposisi_news(letter: IncomingLetter) -> list[News]:
    """Return the news of every disposisi of a letter that still waits for a recipient; the round is the place
    of the disposisi in the letter's chain."""
    waiting = unanswered_disposisi().filter(disposisi__letter=letter).select_related("disposisi")
    keys = list(Disposisi.objects.filter(letter=letter).order_by("id").values_list("pk", flat=True))
    return [
        letter_news(
            letter,
            NoticeAbout.DISPOSISI,
            one.position_id,
            keys.index(one.disposisi_id) + 1,
            said_to(one),
        )
        for one in waiting.order_by("id")
    ]


def said_to(one: DisposisiRecipient) -> str:
    return "\n".join(part for part in (one.disposisi.instruction, one.disposisi.note) if part)


def letter_news(
    letter: IncomingLetter, about: NoticeAbout, position_id: int, number: int = 0, note: str = ""
) -> News:
    """Return the news of a letter. What a confidential one says stays on its page: a notice is mailed, and
    outlives the place that opened the letter to its reader."""
    sealed = letter.is_sealed
    return News(
        NoticeKind.ASSIGNED,
        letter.unit,
        position_id,
        about,
        letter_id=letter.pk,
        round=number,
        title=f"Surat rahasia, agenda {letter.register_number}" if sealed else letter.subject,
        path=f"/surat/{letter.uid}/",
        note="" if sealed else note,
    )


def close_letter_news(*, letter_id: int, at: datetime) -> None:
    """Close what was told of a letter to those for whom it waits no more."""
    told = Notice.objects.filter(letter=letter_id, closed_at=None)
    if not told.exists():
        return
    if not undisposed_letters().filter(pk=letter_id).exists():
        close_notices(about=NoticeAbout.LETTER, at=at, letter=letter_id)
    waiting = unanswered_disposisi().filter(disposisi__letter=letter_id)
    stale = told.filter(about=NoticeAbout.DISPOSISI).exclude(position__in=waiting.values("position"))
    stale.update(closed_at=at)
