"""A step as its row has it, and what each further row below it adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.alignment import Aligned
from runtut.procedures.importing.headers import Column
from runtut.procedures.importing.marks import BRANCHES, sign_of
from runtut.procedures.importing.source import Cell, Place, Sign
from runtut.procedures.importing.words import flow


@dataclass
class Step:
    """A step as its row has it, before anything is inferred."""

    no: int
    place: Place
    activity: str = ""
    requirements: str = ""
    time: str = ""
    outputs: str = ""
    note: str = ""
    performers: dict[str, tuple[Sign, ...]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    branches: list[tuple[str, str]] = field(default_factory=list)
    printed: str = ""
    doubts: list[tuple[str, str]] = field(default_factory=list)
    shared_time: bool = False


def add_row(step: Step, cells: Aligned) -> None:
    """Add what a row says to its step; a row below the first goes on with the texts above it."""
    for column, cell in cells:
        if column.kind == names.PERFORMERS:
            _perform(step, column, cell)
        elif column.kind == names.NO:
            _number_cell(step, cell.text)
        elif column.kind == names.BRANCH:
            if cell.text and not cell.below:
                step.branches.append((column.name, flow(cell.text)))
        elif column.kind == names.TIME and cell.below:
            step.shared_time = True
        elif cell.text:
            setattr(step, column.kind, _more(getattr(step, column.kind), cell.text))


def _number_cell(step: Step, text: str) -> None:
    """What stands beside a number belongs to the activity, save for a misread number."""
    if re.search(r"[A-Za-z]{3}", text):
        step.activity = _more(step.activity, text)
    elif re.search(r"[A-Za-z]", text):
        step.drawn.append(text)


def _more(before: str, text: str) -> str:
    return f"{before}\n{text}" if before else text


def _perform(step: Step, column: Column, cell: Cell) -> None:
    text = flow(cell.text)
    signs = cell.signs
    sign = sign_of(text)
    if sign is not None:
        signs = (*signs, sign)
    elif text and not column.name:
        step.performers.setdefault(text, (Sign.MARK,))
        return
    elif text:
        step.drawn.append(text)
        if text.casefold().strip("?. ") not in BRANCHES and not signs and len(text) > 2:
            step.written[column.name] = text
    if signs:
        step.performers[column.name] = (*step.performers.get(column.name, ()), *signs)
