"""What a meeting has to say in Undangan, Daftar hadir and Notulen: words and blocks for the places of their
templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
LISTED = "menurut daftar hadir terlampir"


@dataclass(frozen=True)
class AttendeeFacts:
    """One line of the list: `who` is the position or the guest's office, `name` whoever came, `state` the
    word for it (empty while nobody has said), `address` how a letter addresses them."""

    who: str
    name: str
    state: str
    note: str = ""
    address: str = ""
    is_chair: bool = False

    @property
    def capacity(self) -> str:
        """As what whoever came sat there: nobody becomes the office that they stood in for."""
        return f"mewakili {self.who}" if self.who and self.state == "Diwakili" else self.who

    @property
    def remark(self) -> str:
        """What was noted, left out where it is the very name in the list."""
        return "" if self.note == self.name else self.note


@dataclass(frozen=True)
class DecisionFacts:
    """One decision: what, for whom, by when (as printed)."""

    text: str
    position: str
    due: str


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting in words. `made_on` is the day of the paper (ISO), `hours` "09.00 s.d. selesai WIB"."""

    title: str
    occasion: str
    day: str
    hours: str
    place: str
    agenda: tuple[str, ...]
    chair: str
    secretary: str
    made_on: str
    letter_place: str
    attendees: tuple[AttendeeFacts, ...] = ()
    discussion: tuple[str, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    urgency: str = "Biasa"
    has_list: bool = False
    """Whether a list signed on paper was uploaded: that one says who came, ticked or not."""

    @property
    def counted(self) -> str:
        """How many came, in figures; words where only the uploaded list says it."""
        return LISTED if self.has_list and not self.present else str(self.present)

    @property
    def present(self) -> int:
        return sum(one.state in {"Hadir", "Diwakili"} for one in self.attendees)

    @property
    def called(self) -> tuple[str, ...]:
        """Whom the Undangan addresses: whoever signs it is not among them."""
        return tuple(one.address for one in self.attendees if not one.is_chair)


def paragraph(text: str) -> Block:
    return {"type": "paragraph", "text": text, "align": "justify"}


def heading(text: str) -> Block:
    return {"type": "heading", "text": text, "level": 1}


def numbered(items: tuple[str, ...]) -> Block:
    return {"type": "list", "ordered": True, "items": list(items)}


def table(columns: tuple[tuple[str, int], ...], rows: list[list[str]]) -> Block:
    return {
        "type": "table",
        "columns": [{"label": label, "width": width, "align": "left"} for label, width in columns],
        "rows": rows,
    }


def meeting_words(facts: MeetingFacts) -> dict[str, str]:
    """Return the words that a meeting gives to the places of a template."""
    return {
        "tempat": facts.letter_place,
        "kegiatan": facts.occasion,
        "hal": f"Undangan {facts.title}",
        "sifat": facts.urgency,
        "penandatangan": facts.chair,
        "rapat": facts.title,
        "rapat_hari": facts.day,
        "rapat_waktu": facts.hours,
        "rapat_tempat": facts.place,
        "rapat_acara": "\n".join(facts.agenda),
        "pimpinan_rapat": facts.chair,
        "notulis": facts.secretary,
        "jumlah_hadir": facts.counted,
        "jumlah_undangan": str(len(facts.attendees)),
        "penerima": "\n".join(facts.called),
        "peserta": "\n".join(one.address for one in facts.attendees),
    }


def invitation_parts(facts: MeetingFacts) -> dict[str, list[Block]]:
    """Return what an Undangan says in lists: whom it calls, without whoever signs it, and what about."""
    called = addressed(facts.called)
    return {"penerima": called, "peserta": called, "rapat_acara": [numbered(facts.agenda)]}


def addressed(to: tuple[str, ...]) -> list[Block]:
    """Return to whom a letter goes; several people are counted."""
    return [numbered(to)] if len(to) > 1 else [left("\n".join(to) or "-")]


def left(text: str) -> Block:
    return {"type": "paragraph", "text": text, "align": "left"}


def attendance_parts(facts: MeetingFacts) -> dict[str, list[Block]]:
    """Return what a Daftar hadir says in a table: everybody called, as it stood when the list was closed."""
    rows = [
        [
            str(number),
            one.name or "-",
            one.capacity or "-",
            with_note(one.state or (LISTED if facts.has_list else "Tidak tercatat"), one.remark),
        ]
        for number, one in enumerate(facts.attendees, start=1)
    ]
    columns = (("No", 5), ("Nama", 34), ("Jabatan atau asal", 36), ("Kehadiran", 25))
    return {"tabel_kehadiran": [table(columns, rows)], "rapat_acara": [numbered(facts.agenda)]}


def with_note(text: str, note: str) -> str:
    return f"{text}. {note}" if note else text


def decision_table(facts: MeetingFacts) -> Block:
    rows = [
        [str(number), one.text, one.position, one.due] for number, one in enumerate(facts.decisions, start=1)
    ]
    columns = (("No", 5), ("Keputusan", 51), ("Penanggung jawab", 24), ("Batas waktu", 20))
    return table(columns, rows)


def minutes_parts(facts: MeetingFacts) -> dict[str, list[Block]]:
    """Return what a Notulen says in lists and tables: who came, what was said, what was decided."""
    decided = decision_table(facts) if facts.decisions else paragraph("Rapat tidak mengambil keputusan.")
    return {
        **attendance_parts(facts),
        "peserta": [paragraph(attendance_in_words(facts))],
        "pembahasan": [paragraph(text) for text in facts.discussion],
        "tabel_keputusan": [decided],
    }


def attendance_in_words(facts: MeetingFacts) -> str:
    """Who came, by name; "Daftar hadir terlampir" where a list signed on paper says it."""
    came = [
        f"{one.name} ({one.capacity})" if one.name and one.who else one.name or one.capacity
        for one in facts.attendees
        if one.state in {"Hadir", "Diwakili"}
    ]
    if not came:
        return "Daftar hadir terlampir." if facts.has_list else "Menurut daftar hadir."
    attached = " Daftar hadir bertanda tangan terlampir." if facts.has_list else ""
    return f"Hadir {len(came)} orang: {'; '.join(came)}.{attached}"


def minutes_in_words(facts: MeetingFacts) -> str:
    """Return discussion and decisions as plain lines, for an output that is no document yet."""
    decided = [
        f"{number}. {one.text} ({one.position}, {one.due})"
        for number, one in enumerate(facts.decisions, start=1)
    ]
    return "\n".join([*facts.discussion, *(["Keputusan:", *decided] if decided else [])])
