"""The worksheet that identifies an activity and its steps (Permendagri 52/2011), as content of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = "Rutin / Pelayanan / Penugasan *)"
STRIKE_OUT = "*) Coret yang tidak perlu."

Block = dict[str, Any]


@dataclass(frozen=True)
class WorksheetFacts:
    """An SOP in words. `product_by` answers for what it yields, `activity_by` for the work; `steps` are the
    activities in the order of the flowchart, at least one."""

    title: str
    sop_number: str
    version: str
    product_by: str
    activity_by: str
    scope: str
    steps: tuple[str, ...]
    letterhead: Mapping[str, str]
    is_draft: bool

    @property
    def phases(self) -> list[tuple[str, range]]:
        """Where the steps begin, go on and end, as numbers of steps; a phase without steps is left out."""
        last = len(self.steps)
        found = [
            ("Langkah awal", range(1, 2)),
            ("Langkah utama", range(2, last)),
            ("Langkah akhir", range(max(2, last), last + 1)),
        ]
        return [(name, numbers) for name, numbers in found if numbers]


def compose_worksheet(facts: WorksheetFacts) -> dict[str, Any]:
    """Return the content of the worksheet: the activity, its beginning, middle and end, and every step of the
    flowchart."""
    return {
        "kind": "lainnya",
        "page": "f4",
        "letterhead": dict(facts.letterhead),
        "title": ["LEMBAR KERJA IDENTIFIKASI KEGIATAN", facts.title.upper()],
        "blocks": [
            heading("A. Data kegiatan"),
            {"type": "facts", "rows": about(facts)},
            {"type": "paragraph", "text": STRIKE_OUT, "align": "left"},
            heading("B. Identifikasi kegiatan"),
            {"type": "facts", "rows": [["Judul kegiatan", facts.title], *phase_rows(facts)]},
            heading("C. Identifikasi langkah"),
            step_table(facts),
        ],
        "note": f"Disusun dari baris bagan alir SOP {facts.sop_number}, {facts.version}.",
        "draft": facts.is_draft,
    }


def heading(text: str) -> Block:
    return {"type": "heading", "text": text, "level": 1}


def about(facts: WorksheetFacts) -> list[list[str]]:
    return [
        ["1. Judul SOP", facts.title],
        ["2. Jenis kegiatan", KINDS],
        ["3. Penanggung jawab produk", facts.product_by],
        ["4. Penanggung jawab kegiatan", facts.activity_by],
        ["5. Ruang lingkup", facts.scope],
    ]


def phase_rows(facts: WorksheetFacts) -> list[list[str]]:
    """The first and the last activity; what lies between them as numbers of steps, so that nothing is said
    twice."""
    return [[name, described(facts, numbers)] for name, numbers in facts.phases]


def described(facts: WorksheetFacts, numbers: range) -> str:
    first, last = facts.steps[numbers[0] - 1], facts.steps[numbers[-1] - 1]
    if len(numbers) == 1:
        return first
    return f"{first}, sampai dengan {last[:1].lower()}{last[1:]} (langkah {numbers[0]} s.d. {numbers[-1]})"


def step_table(facts: WorksheetFacts) -> Block:
    columns = (("Tahap", 22), ("No", 8), ("Langkah", 70))
    rows = [
        [name if number == numbers[0] else "", str(number), facts.steps[number - 1]]
        for name, numbers in facts.phases
        for number in numbers
    ]
    return {
        "type": "table",
        "columns": [{"label": label, "align": "left", "width": width} for label, width in columns],
        "rows": rows,
    }
