from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from runtut.procedures.enums import Confidence, Mode, StepKind, Work

FIELDS: Final = (
    "activity",
    "label",
    "kind",
    "work",
    "topic",
    "performers",
    "requirements",
    "outputs",
    "time",
    "note",
    "return_to",
    "return_confidence",
    "calls",
)
MODES: Final = ("", Mode.MAIN.value, Mode.JOINT.value, Mode.EACH.value)
"""What a click on a performer cell goes through."""


@dataclass(frozen=True)
class Heading:
    """A performer column. `key` stays the same when it is renamed or moved."""

    key: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class Row:
    """A step. `key` stays the same wherever it moves; its number is its place in the sheet.

    `cells` are plain JSON values under the names of `FIELDS`. `performers` are [column key, mode,
    confidence], `return_to` are row keys: numbers may change, what is meant does not.
    """

    key: str
    cells: Mapping[str, Any]

    def with_cell(self, field: str, value: Any) -> Row:
        return replace(self, cells={**self.cells, field: value})

    def mode_of(self, column: str) -> str:
        """How a column takes part in the step; empty when it does not."""
        return next((mode for key, mode, _ in self.cells["performers"] if key == column), "")


@dataclass(frozen=True)
class Sheet:
    """The steps of a draft in order, and its performer columns in the order of the form."""

    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]

    def index(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.key == key), None)

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    @property
    def numbers(self) -> dict[str, int]:
        """Row key to step number."""
        return {row.key: number for number, row in enumerate(self.rows, start=1)}


def empty_cells() -> dict[str, Any]:
    """The cells of a step that nobody has written yet."""
    return {
        "activity": "",
        "label": "",
        "kind": StepKind.PROCESS.value,
        "work": Work.GENERAL.value,
        "topic": "",
        "performers": [],
        "requirements": [],
        "outputs": [],
        "time": {"text": "", "value": 0, "unit": "menit", "minutes": 0},
        "note": "",
        "return_to": [],
        "return_confidence": Confidence.HIGH.value,
        "calls": "",
    }
