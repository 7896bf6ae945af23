"""How the width of the sheet is shared out among the columns of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from runtut.procedures.rendering.layout import column_widths
from runtut.procedures.rendering.metrics import text_width, wrap
from runtut.procedures.rendering.paper.sheets import HEAD_FONT, HEAD_LINE, PAPER
from runtut.procedures.rendering.shapes import DrawnColumn, DrawnGraph, DrawnStep

NUMBER = 36
LEAST = {"activity": 170, "requirements": 104, "time": 66, "outputs": 104, "note": 84}
WIDEST_WORD = 128
PERFORMER_SHARE = 0.42
TURNING_SHARE = 0.5
UPRIGHT = 118
TEXTS = tuple(LEAST)


@dataclass(frozen=True)
class Columns:
    """Widths in units. `turned` says that the performers' names run upwards for want of room."""

    performers: tuple[int, ...]
    texts: dict[str, int]
    turned: bool
    names: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """All columns in the order of the form."""
        activity, *others = (self.texts[name] for name in TEXTS)
        return (NUMBER, activity, *self.performers, *others)

    @property
    def before_performers(self) -> int:
        return NUMBER + self.texts["activity"]

    @property
    def names_height(self) -> int:
        """Height of the row of names."""
        if self.turned:
            longest = max(
                text_width(line, HEAD_FONT, bold=True) for lines in self.names for line in lines or ("",)
            )
            return ceil(longest) + 14
        return max((len(lines) for lines in self.names), default=1) * HEAD_LINE + 12


def share_out(graph: DrawnGraph, width: int) -> Columns | None:
    """Share `width` units out, None where even the least widths do not fit."""
    names = [column.name for column in graph.columns]
    least = _least(graph.steps)
    room = width - NUMBER - sum(least.values())
    performers = column_widths(names, replace(PAPER, widest_performers=width * PERFORMER_SHARE))
    turned = sum(performers) > min(room, width * TURNING_SHARE)
    if turned:
        performers = (ceil(PAPER.narrowest_performer),) * len(names)
    spare = room - sum(performers)
    if spare < 0:
        return None
    return Columns(
        performers, _filled(graph.steps, least, spare), turned, _lines(graph.columns, performers, turned)
    )


def _least(steps: Sequence[DrawnStep]) -> dict[str, int]:
    """What each text column needs at least: its longest word, within reason."""
    least = {}
    for name, smallest in LEAST.items():
        words = [word for step in steps for text in texts_of(step, name) for word in text.split()]
        longest = max((text_width(word, PAPER.font_size) for word in words), default=0.0)
        needed = min(longest, WIDEST_WORD) * PAPER.slack + PAPER.padding_x + 1
        least[name] = max(smallest, ceil(needed))
    return least


def _filled(steps: Sequence[DrawnStep], least: dict[str, int], spare: int) -> dict[str, int]:
    """Give what is left to the columns by how much they have to say."""
    weights = {
        name: sqrt(sum(len(text) for step in steps for text in texts_of(step, name)) + 1) for name in TEXTS
    }
    weights["time"] = min(weights["time"], 0.15 * sum(weights.values()))
    whole = sum(weights.values())
    filled = {name: least[name] + int(spare * weights[name] / whole) for name in TEXTS}
    filled["activity"] += spare + sum(least.values()) - sum(filled.values())
    return filled


def _lines(
    columns: Sequence[DrawnColumn], performers: Sequence[int], turned: bool
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            wrap(column.name, UPRIGHT if turned else width - PAPER.heading_padding + 1, HEAD_FONT, bold=True)
        )
        for column, width in zip(columns, performers, strict=True)
    )


def texts_of(step: DrawnStep, name: str) -> tuple[str, ...]:
    """The paragraphs of a cell; several things are numbered."""
    found = {
        "activity": (step.activity,),
        "requirements": step.requirements,
        "time": (step.time_text,),
        "outputs": step.outputs,
        "note": (step.note,),
    }[name]
    if len(found) < 2:
        return tuple(text for text in found if text)
    return tuple(f"{number}. {text}" for number, text in enumerate(found, start=1))
