"""The lembar disposisi: a letter's facts and its chain of instructions, as a document."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from runtut.accounts.models import User
from runtut.core.dates import clock_time, long_date
from runtut.documents.enums import DocumentKind, Instruction
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.documents.queries.documents import letterhead_content, printed_name, signature_block
from runtut.documents.queries.letters import SEALED, LetterView
from runtut.documents.queries.presentation import Presentation, local_moment
from runtut.documents.rendering.shape import spaced_nip
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import Holder

COLUMNS = (("Dari", 22), ("Diteruskan kepada", 26), ("Isi disposisi", 32), ("Dibaca dan dikerjakan", 20))


def disposisi_sheet(*, view: LetterView, page: str = "a5") -> Presentation:
    """Return the lembar disposisi of a letter as its PDF and DOCX show it, dated by the last act on it.

    Without a disposisi yet it is the paper form: the instruction choices to be ticked by hand. Below stand
    name, titles and NIP of who disposes of the letter, with room for the paraf (Permendagri 1/2023). Six
    queries at most.
    """
    letter, unit = view.letter, view.letter.unit
    content: dict[str, Any] = {
        "kind": str(DocumentKind.LEMBAR_DISPOSISI),
        "page": page,
        "letterhead": letterhead_content(unit=unit),
        "title": ["LEMBAR DISPOSISI"],
        "blocks": [facts(view), *(chain(view.chain, unit) if view.chain else by_hand())],
        "signatures": giver(view),
    }
    return Presentation(content, max([letter.registered_at, *moments(view)]))


def giver(view: LetterView) -> list[dict[str, str]]:
    """The block of who gave the first disposisi, as of that day, or of who is to give it; nothing while the
    office has no head."""
    unit = view.letter.unit
    link = view.chain[0] if view.chain else None
    heads = Position.objects.filter(unit=unit, is_head=True, is_active=True)
    head = link.from_position if link else heads.first()
    if head is None:
        return []
    day = unit.local_date(link.given_at if link else view.letter.registered_at)
    line = f"Tanggal {long_date(day)}" if link else "Tanggal ........................."
    return [signature_block(position=head, on=day, role_line=line, holder=who_gave(link) if link else None)]


def who_gave(link: Disposisi) -> Holder:
    """Who gave a disposisi, whoever else acts for the position on the same day."""
    person = link.given_by
    return Holder(person.pk, person.full_name, Capacity(link.capacity), person.is_demo)


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
            ["Hal", SEALED if letter.is_sealed else letter.subject],
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
    who = "\n".join(line for line in (printed_name(link.given_by), nip_line(link.given_by)) if line)
    giver = f"{mark}{link.from_position.short_title}\n{who}\n{short(link.given_at, unit)}\nParaf:"
    recipients = list(link.recipients.all())
    wanted = "\n".join(one.position.short_title for one in recipients)
    said = f"{link.instruction}\n{link.note}" if link.note else link.instruction
    return [giver, wanted, said, "\n".join(progress(one, unit) for one in recipients)]


def nip_line(person: User) -> str:
    return f"NIP. {spaced_nip(person.nip)}" if person.nip else ""


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
    ticks = [[f"{number}.", f"(   ) {label}"] for number, label in enumerate(Instruction.labels, start=1)]
    return [
        {
            "type": "table",
            "columns": [
                {"label": "Diteruskan kepada Sdr.", "width": 50, "align": "left"},
                {"label": "Dengan hormat harap", "width": 50, "align": "left"},
            ],
            "rows": ticks,
        },
        {"type": "paragraph", "text": "Catatan:", "align": "left"},
    ]
