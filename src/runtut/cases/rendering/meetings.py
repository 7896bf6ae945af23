"""Undangan, Daftar hadir and Notulen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
Content = dict[str, Any]


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

    @property
    def present(self) -> int:
        return sum(one.state in {"Hadir", "Diwakili"} for one in self.attendees)


def paragraph(text: str) -> Block:
    return {"type": "paragraph", "text": text}


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


def when_and_where(facts: MeetingFacts) -> Block:
    return {
        "type": "facts",
        "rows": [["Hari, tanggal", facts.day], ["Pukul", facts.hours], ["Tempat", facts.place]],
    }


def paper(facts: MeetingFacts, title: str, blocks: list[Block], *signed: Mapping[str, str]) -> Content:
    return {
        "title": [title, facts.title.upper()],
        "date": facts.made_on,
        "place": facts.letter_place,
        "blocks": blocks,
        "signatures": [dict(one) for one in signed],
    }


def compose_invitation(facts: MeetingFacts, signature: Mapping[str, str]) -> Content:
    """Return the content of an Undangan as a letter (Permendagri 1/2023): its head, to whom, when, where,
    what about. Whoever signs it is not among those it calls."""
    head = [
        ["Nomor", "{{nomor_surat}}"],
        ["Sifat", "Biasa"],
        ["Lampiran", "-"],
        ["Hal", f"Undangan {facts.title}"],
    ]
    blocks = [
        {"type": "facts", "rows": head},
        *addressed(tuple(one.address for one in facts.attendees if not one.is_chair)),
        paragraph(
            f"Sehubungan dengan {facts.occasion}, kami mengharap kehadiran Saudara dalam {facts.title}, yang "
            "diselenggarakan pada:"
        ),
        when_and_where(facts),
        paragraph("Acara:"),
        numbered(facts.agenda),
        paragraph(
            "Bila berhalangan, mohon menunjuk wakil yang dapat ikut mengambil keputusan. "
            "Atas perhatian dan kehadiran Saudara, kami sampaikan terima kasih."
        ),
    ]
    return {**paper(facts, "UNDANGAN", blocks, signature), "form": "surat"}


def addressed(to: tuple[str, ...]) -> list[Block]:
    """Return the lines above a letter; several people are counted."""
    if len(to) < 2:
        return [left("\n".join(["Yth.", *to, "di Tempat"]))]
    return [left("Yth."), numbered(to), left("di Tempat")]


def left(text: str) -> Block:
    return {"type": "paragraph", "text": text, "align": "left"}


def compose_attendance(facts: MeetingFacts, signature: Mapping[str, str]) -> Content:
    """Return the content of a Daftar hadir as it stood when the list was closed."""
    rows = [
        [str(number), one.name or "-", one.who or "-", with_note(one.state or "Tidak tercatat", one.note)]
        for number, one in enumerate(facts.attendees, start=1)
    ]
    blocks = [
        when_and_where(facts),
        table((("No", 5), ("Nama", 34), ("Jabatan atau asal", 36), ("Kehadiran", 25)), rows),
        paragraph(
            f"Hadir atau diwakili {facts.present} dari {len(facts.attendees)} yang diundang. Kehadiran "
            "dicatat dalam Runtut oleh yang bersangkutan sendiri atau oleh sekretaris rapat."
        ),
    ]
    return paper(facts, "DAFTAR HADIR", blocks, signature)


def with_note(text: str, note: str) -> str:
    return f"{text}. {note}" if note else text


def decision_table(facts: MeetingFacts) -> Block:
    rows = [
        [str(number), one.text, one.position, one.due] for number, one in enumerate(facts.decisions, start=1)
    ]
    columns = (("No", 5), ("Keputusan", 51), ("Penanggung jawab", 24), ("Batas waktu", 20))
    return table(columns, rows)


def compose_minutes(facts: MeetingFacts, chair: Mapping[str, str], secretary: Mapping[str, str]) -> Content:
    """Return the content of a Notulen: when and where, who, what was said, what was decided."""
    leaders = {"type": "facts", "rows": [["Pimpinan rapat", facts.chair], ["Notulis", facts.secretary]]}
    blocks = [
        when_and_where(facts),
        leaders,
        heading("Agenda"),
        numbered(facts.agenda),
        heading("Peserta"),
        paragraph(attendance_in_words(facts)),
        heading("Pembahasan"),
        *(paragraph(text) for text in facts.discussion),
        heading("Keputusan dan tindak lanjut"),
        decision_table(facts) if facts.decisions else paragraph("Rapat tidak mengambil keputusan."),
    ]
    return paper(facts, "NOTULEN", blocks, secretary, chair)


def attendance_in_words(facts: MeetingFacts) -> str:
    """Who came, by name; "daftar hadir terlampir" where the list is kept elsewhere."""
    came = [
        f"{one.name} ({one.who})" if one.name and one.who else one.name or one.who
        for one in facts.attendees
        if one.state in {"Hadir", "Diwakili"}
    ]
    if not came:
        return "Menurut daftar hadir."
    return f"Hadir {len(came)} orang: {'; '.join(came)}."


def minutes_in_words(facts: MeetingFacts) -> str:
    """Return discussion and decisions as plain lines, for an output that is no document yet."""
    decided = [
        f"{number}. {one.text} ({one.position}, {one.due})"
        for number, one in enumerate(facts.decisions, start=1)
    ]
    return "\n".join([*facts.discussion, *(["Keputusan:", *decided] if decided else [])])
