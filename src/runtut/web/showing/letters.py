"""The list and the page of incoming letters: what the reader may do, and where a letter is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest

from runtut.cases.models import Case, TaskOutput
from runtut.cases.queries import steps_of_disposisi
from runtut.documents.enums import Urgency
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.queries import LetterFilter, LetterView, letter_view, letters_open_to
from runtut.organisations.models import Authority, Position
from runtut.web.frame.authority import authorities
from runtut.web.frame.selectors import Selection
from runtut.web.showing.run_list import LONGEST_TEXT, unit_ids

STATES: Final = (
    ("semua", "Semua surat"),
    ("saya", "Menunggu saya"),
    ("baru", "Belum didisposisi"),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown counts as not asked."""

    state: str
    urgency: str
    text: str

    @property
    def is_narrowed(self) -> bool:
        return self.state != "semua" or bool(self.urgency or self.text)


@dataclass(frozen=True)
class LetterRow:
    letter: IncomingLetter
    where: str
    badge: str
    label: str


@dataclass(frozen=True)
class Turn:
    """A position in which the reader may give a disposisi now, and the link that he passes on."""

    authority: Authority
    previous: Disposisi | None


def asked(request: HttpRequest) -> Asked:
    state, urgency = request.GET.get("keadaan", ""), request.GET.get("sifat", "")
    return Asked(
        state=state if state in dict(STATES) else "semua",
        urgency=urgency if urgency in Urgency.values else "",
        text=request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT],
    )


WAITING: Final = ("saya", "baru")
"""What waits is shown whatever the year; the book is that of the chosen year."""


def filter_of(request: HttpRequest, wanted: Asked, chosen: Selection) -> LetterFilter:
    mine = [one.position_id for one in authorities(request) if one.position_id]
    return LetterFilter(
        unit_ids=unit_ids(chosen.unit) if chosen.unit else [],
        position_ids=mine if wanted.state == "saya" else None,
        is_new=wanted.state == "baru",
        urgency=wanted.urgency,
        year=None if wanted.state in WAITING else chosen.year,
        text=wanted.text,
    )


def letter_row(letter: IncomingLetter) -> LetterRow:
    """Where a letter is: with whom it waits, or that everybody has acted."""
    links = list(letter.disposisi.all())
    if not links:
        return LetterRow(letter, "", "draf", "Belum didisposisi")
    waiting = [one for link in links for one in link.recipients.all() if one.acted_at is None]
    if not waiting:
        return LetterRow(letter, "", "selesai", "Selesai")
    names = ", ".join(dict.fromkeys(one.position.short_title for one in waiting))
    return LetterRow(letter, names, "menunggu", "Menunggu")


def visible_letter(request: HttpRequest, uid: UUID) -> LetterView:
    """The letter with its chain; 404 for whoever it is not open to."""
    found = letters_open_to(authorities=authorities(request)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return letter_view(letter=found)


def run_rows(letter: IncomingLetter) -> list[tuple[Case, list[TaskOutput]]]:
    """The runs from a letter, the newest first, each with the disposisi of the letter that are steps of it
    (two queries)."""
    steps = steps_of_disposisi(letter=letter)
    return [(run, steps.get(run.pk, [])) for run in Case.objects.filter(letter=letter).order_by("-id")]


def own_links(request: HttpRequest, view: LetterView) -> list[tuple[Authority, DisposisiRecipient]]:
    """The links of the chain that were given to the reader's positions, the newest first."""
    mine = {one.position_id: one for one in authorities(request) if one.position_id}
    return [
        (mine[one.position_id], one)
        for link in reversed(view.chain)
        for one in link.recipients.all()
        if one.position_id in mine
    ]


def turns_of(request: HttpRequest, view: LetterView) -> list[Turn]:
    """In which positions the reader may give a disposisi: those that received one and, while nobody has
    begun, the head of the office."""
    found: dict[int, Turn] = {}
    for authority, one in own_links(request, view):
        assert authority.position_id is not None
        if authority.position_id not in found:
            found[authority.position_id] = Turn(authority, one.disposisi)
    path = view.letter.unit.path
    for authority in authorities(request):
        if authority.position_id and authority.unit_path == path and authority.position_id not in found:
            heads = Position.objects.filter(pk=authority.position_id, is_head=True)
            if heads.exists():
                found[authority.position_id] = Turn(authority, None)
    return sorted(found.values(), key=lambda turn: is_done(turn, view))


def is_done(turn: Turn, view: LetterView) -> bool:
    """Whether the position has passed the letter on already."""
    return any(link.from_position_id == turn.authority.position_id for link in view.chain)


def unread(request: HttpRequest, view: LetterView) -> list[DisposisiRecipient]:
    """What was given to the reader and not opened yet."""
    return [one for _, one in own_links(request, view) if one.read_at is None]


def not_acted(request: HttpRequest, view: LetterView) -> list[DisposisiRecipient]:
    """What was given to the reader and still waits."""
    return [one for _, one in own_links(request, view) if one.acted_at is None]
