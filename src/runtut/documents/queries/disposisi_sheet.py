"""The lembar disposisi: a letter's facts and its chain of instructions, as a document."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from runtut.core.dates import clock_time, long_date
from runtut.documents.enums import DocumentKind, Instruction
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.queries.documents import letterhead_content
from runtut.documents.queries.letters import LetterView
from runtut.documents.queries.presentation import Presentation, local_moment
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit

COLUMNS = (("Dari", 22), ("Diteruskan kepada", 26), ("Isi disposisi", 32), ("Dibaca dan dikerjakan", 20))


def disposisi_sheet(*, view: LetterView, page: str = "a5") -> Presentation:
    """Return the lembar disposisi of a letter as its PDF and DOCX show it, dated by the last act on it.

    Without a disposisi yet it is the paper form: the instruction choices to be ticked by hand. One query.
    """
    letter, unit = view.letter, view.letter.unit
    content: dict[str, Any] = {
        "kind": str(DocumentKind.LEMBAR_DISPOSISI),
        "page": page,
        "letterhead": letterhead_content(unit=unit),
        "title": ["LEMBAR DISPOSISI"],
        "blocks": [facts(view), *(chain(view.chain, unit) if view.chain else by_hand())],
        "note": "Disposisi adalah perintah untuk bertindak, bukan persetujuan.",
    }
    return Presentation(content, max([letter.registered_at, *moments(view)]))


def moments(view: LetterView) -> list[Any]:
    given = [link.given_at for link in view.chain]
    seen = [
        one for link in view.chain for who in link.recipients.all() for one in (who.read_at, who.acted_at)
    ]
    return [one for one in (*given, *seen) if one is not None]


def facts(view: LetterView) -> dict[str, Any]:
    letter = view.letter
    return {
        "type": "facts",
        "rows": [
            ["Nomor agenda", letter.register_number],
            ["Surat dari", letter.sender],
            ["Nomor surat", letter.number],
            ["Tanggal surat", long_date(letter.date)],
            ["Diterima", arrival(letter)],
            ["Sifat", str(letter.get_urgency_display())],
            ["Hal", letter.subject],
        ],
    }


def arrival(letter: IncomingLetter) -> str:
    """The day of arrival, and when the letter was entered where that was another day."""
    day = long_date(letter.received_on)
    if letter.entered_later is None:
        return day
    return f"{day}, dicatat {local_moment(letter.registered_at, letter.unit)}"


def chain(links: tuple[Disposisi, ...], unit: OrganisationUnit) -> list[dict[str, Any]]:
    """The chain in the order given, one row for each link."""
    return [
        {
            "type": "table",
            "caption": "Rantai disposisi",
            "columns": [{"label": label, "width": width, "align": "left"} for label, width in COLUMNS],
            "rows": [row(link, unit) for link in links],
        }
    ]


def row(link: Disposisi, unit: OrganisationUnit) -> list[Any]:
    acting = Capacity(link.capacity)
    mark = f"{acting.label} " if acting.is_mandate else ""
    giver = f"{mark}{link.from_position.short_title}\n{link.given_by.full_name}\n{short(link.given_at, unit)}"
    recipients = list(link.recipients.all())
    wanted = "\n".join(one.position.short_title for one in recipients)
    said = f"{link.instruction}\n{link.note}" if link.note else link.instruction
    return [giver, wanted, said, "\n".join(progress(one, unit) for one in recipients)]


def progress(one: DisposisiRecipient, unit: OrganisationUnit) -> str:
    """When a recipient read and acted, in a few words."""
    if one.acted_at:
        return f"{one.position.short_title}: dikerjakan {short(one.acted_at, unit)}"
    if one.read_at:
        return f"{one.position.short_title}: dibaca {short(one.read_at, unit)}"
    return f"{one.position.short_title}: belum dibaca"


def short(at: Any, unit: OrganisationUnit) -> str:
    local = at.astimezone(ZoneInfo(unit.zone))
    return f"{long_date(local)} {clock_time(local.time())}"


def by_hand() -> list[dict[str, Any]]:
    """The form to be filled with a pen."""
    ticks = [[f"(   ) {label}", ""] for label in Instruction.labels]
    return [
        {
            "type": "table",
            "columns": [
                {"label": "Isi disposisi", "width": 50, "align": "left"},
                {"label": "Diteruskan kepada, paraf, tanggal", "width": 50, "align": "left"},
            ],
            "rows": [*ticks, ["Catatan:\n\n", ""]],
        }
    ]
