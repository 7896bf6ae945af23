"""The table of a draft as it is edited: every row a form, beside the official page as it will look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import takewhile
from typing import Any, Final

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from runtut.core.uids import uuid7
from runtut.procedures.enums import Mode, StepKind, TimeUnit
from runtut.procedures.graph.editing import Heading, Row, Sheet, typed_of
from runtut.procedures.models import DraftEdit
from runtut.web.frame.parsing import whole_number

MARKS: Final[dict[str, tuple[str, str]]] = {
    "": ("", "tidak ikut"),
    Mode.MAIN: ("●", "mengerjakan"),
    Mode.JOINT: ("○", "ikut serta"),
    Mode.EACH: ("◎", "masing-masing mengerjakan"),
}
TEXTS: Final = ("activity", "requirements", "outputs", "note")
UNITS: Final = tuple(TimeUnit.values)
EMPTY: Final = SafeString("")
CHOICE: Final = (
    '<label><input form="f-{}" type="checkbox" class="form-check-input" id="{}-r{}" name="return_to"'
    ' value="{}"{}> langkah {}</label>'
)


@dataclass(frozen=True)
class MarkCell:
    """A performer cell: what it shows, and what it means in words."""

    column: Heading
    sign: str
    words: str


@dataclass(frozen=True)
class RowForm:
    """A row as its controls show it: `targets` are the numbers of the steps that it goes back to by their
    keys, `choices` the boxes to tick among all the steps before it, only where no script makes them; `typed`
    is what came back from a refused save."""

    row: Row
    no: int
    last: int
    marks: tuple[MarkCell, ...]
    targets: Mapping[str, int]
    choices: SafeString = EMPTY
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def activity(self) -> str:
        return self.typed.get("activity", self.row.cells["activity"])

    @property
    def note(self) -> str:
        return self.typed.get("note", self.row.cells["note"])

    @property
    def requirements(self) -> str:
        return self.typed.get("requirements", "\n".join(self.row.cells["requirements"]))

    @property
    def outputs(self) -> str:
        return self.typed.get("outputs", "\n".join(self.row.cells["outputs"]))

    @property
    def time_value(self) -> str:
        return self.typed.get("time_value", typed_of(self.row.cells["time"]))

    @property
    def time_words(self) -> str:
        """The time as it is written, where that says more than its number and unit."""
        time = self.row.cells["time"]
        plain = f"{typed_of(time)} {time['unit']}"
        return "" if time["text"].casefold() == plain else str(time["text"])

    @property
    def time_unit(self) -> str:
        return self.typed.get("time_unit", str(self.row.cells["time"]["unit"]))

    @property
    def is_decision(self) -> bool:
        return bool(self.row.cells["kind"] == StepKind.DECISION)

    @property
    def is_end(self) -> bool:
        """At the top or the bottom: its symbol follows from that."""
        return self.no in {1, self.last}

    @property
    def returns(self) -> str:
        """Where a refusal goes, in words."""
        numbers = [str(no) for no in self.targets.values()]
        return f"ke langkah {' atau '.join(numbers)}" if numbers else "tidak kembali"

    @property
    def chosen(self) -> str:
        """The keys of the steps that it goes back to, for the page's script."""
        return " ".join(self.targets)

    @property
    def stamp(self) -> str:
        """The same as long as the row shows the same but for its own number, which the page's script counts
        itself: a page that bears it need not be sent the row again."""
        signs = [(mark.column.key, mark.column.name, mark.sign) for mark in self.marks]
        place = (self.no == 1, self.no == self.last)
        return stamp_of(self.key, place, signs, self.row.cells, self.targets)


@dataclass(frozen=True)
class SheetPage:
    """Everything the editor shows of a draft's table."""

    sheet: Sheet
    rows: tuple[RowForm, ...]
    units: tuple[str, ...] = UNITS

    @property
    def stamp(self) -> str:
        """The same as long as the columns are."""
        return stamp_of(*((one.key, one.name) for one in self.sheet.columns))

    def unseen(self, stamps: Collection[str]) -> tuple[RowForm, ...]:
        """The rows that a page with these stamps does not show yet."""
        return tuple(row for row in self.rows if row.stamp not in stamps)


def stamp_of(*shown: object) -> str:
    return blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def sheet_page(
    sheet: Sheet, typed: Mapping[str, Mapping[str, str]] | None = None, *, scripted: bool = False
) -> SheetPage:
    """The rows as forms; `typed` keeps by row what a refused save had sent. A script makes the boxes of the
    steps to go back to itself when they are opened: all of them would be half the square of the steps."""
    kept = typed or {}
    numbers = sheet.numbers
    return SheetPage(
        sheet,
        tuple(
            RowForm(
                row=row,
                no=numbers[row.key],
                last=len(sheet.rows),
                marks=tuple(MarkCell(one, *MARKS[row.mode_of(one.key)]) for one in sheet.columns),
                targets=targets_of(row, numbers),
                choices=EMPTY if scripted else choices_of(row, sheet),
                typed=kept.get(row.key, {}),
            )
            for row in sheet.rows
        ),
    )


def targets_of(row: Row, numbers: Mapping[str, int]) -> dict[str, int]:
    """The steps before a row that it goes back to, and their numbers."""
    own = numbers[row.key]
    return {key: numbers[key] for key in row.cells["return_to"] if numbers.get(key, own) < own}


def choices_of(row: Row, sheet: Sheet) -> SafeString:
    """A box to tick for every step before a row."""
    before = list(takewhile(lambda one: one.key != row.key, sheet.rows))
    boxes = (
        (row.key, row.key, no, one.key, " checked" if one.key in row.cells["return_to"] else "", no)
        for no, one in enumerate(before, start=1)
    )
    return format_html_join("", CHOICE, boxes)


def typed_in(data: QueryDict) -> dict[str, dict[str, str]]:
    """What a form had sent for its row, to be shown again."""
    names = (*TEXTS, "time_value", "time_unit")
    row = str(data.get("row", ""))
    return {row: {name: str(data.get(name, "")) for name in names if name in data}}


def asked_in(data: QueryDict) -> list[dict[str, Any]]:
    """What a form of the editor asks: its cells as they are, then what its button says."""
    row = data.get("row", "")
    asked = [*cells_in(data, row)] if row else []
    act, _, what = data.get("op", "").partition(":")
    return [*asked, *pressed(act, what, row, data)]


def cells_in(data: QueryDict, row: str) -> list[dict[str, Any]]:
    cell = {"op": "set", "row": row}
    asked: list[dict[str, Any]] = [
        {**cell, "field": name, "value": data[name]} for name in TEXTS if name in data
    ]
    if "time_value" in data:
        time = {"value": data["time_value"], "unit": data.get("time_unit", "")}
        asked.append({**cell, "field": "time", "value": time})
    if "has_return" in data:
        asked.append({**cell, "field": "return_to", "value": data.getlist("return_to")})
    return asked


def pressed(act: str, what: str, row: str, data: QueryDict) -> list[dict[str, Any]]:
    """What a button adds to the cells of its row."""
    fresh = str(uuid7())
    if act in {"", "simpan"}:
        return []
    if act in {"up", "down"}:
        here = whole_number(str(data.get("no", "")), 0)
        return [{"op": "move", "row": row, "to": here + (1 if act == "down" else -1)}]
    if act == "kind":
        return [{"op": "set", "row": row, "field": "kind", "value": what}]
    if act == "mark":
        return [{"op": "mark", "row": row, "column": what}]
    if act == "add":
        return [{"op": "add", "key": fresh, "after": row}]
    if act == "add_column":
        return [{"op": "add_column", "key": fresh, "name": data.get("name", "")}]
    return [
        {
            "op": act,
            "row": row,
            "key": fresh,
            "at": data.get("at", ""),
            "column": data.get("column", ""),
            "name": data.get("name", ""),
            "to": data.get("to", ""),
        }
    ]


def news(meanwhile: Sequence[DraftEdit]) -> list[str]:
    """What others did meanwhile, one sentence a person and act."""
    return list(dict.fromkeys(f"{edit.by.full_name} {edit.what}." for edit in meanwhile))
