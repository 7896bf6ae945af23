"""The flowchart matrix of an SOP for the page: a drawing over a table with fixed row heights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from runtut.procedures.enums import Mode, StepKind
from runtut.procedures.rendering.layout import lay_out
from runtut.procedures.rendering.scene import build_scene
from runtut.procedures.rendering.shapes import SCREEN, DrawnColumn, DrawnGraph, DrawnStep, Geometry
from runtut.procedures.rendering.svg import to_svg

_CELLS = ("activity", "requirements", "time", "outputs", "note")


@dataclass(frozen=True)
class MatrixDrawing:
    """What the page needs: one SVG over all performer columns, and the sizes its table must keep.

    All sizes are pixels: `row_heights` go to the `height` attribute of the rows, `column_widths` and
    `cell_widths` (requirements, time, outputs, note) to the `width` of the columns; the activity column takes
    the rest, at least `cell_widths["activity"]`. No stylesheet may set another height on the rows.
    `per_row_text` is hidden text for each step number; `summary_text` is the drawing's spoken name.
    """

    svg: str
    width: int
    height: int
    row_heights: tuple[int, ...]
    column_widths: tuple[int, ...]
    cell_widths: Mapping[str, int]
    summary_text: str
    per_row_text: Mapping[int, str]


def matrix_svg(
    graph: DrawnGraph,
    columns: Sequence[DrawnColumn] | None = None,
    *,
    geometry: Geometry = SCREEN,
    every_return: bool = False,
) -> MatrixDrawing:
    """Draw the steps over their performer columns.

    `columns` overrides the graph's own, to show them in another order. Pure and deterministic: the caller
    may keep the result as long as the version does not change.
    """
    drawn = _Drawn(tuple(graph.steps), tuple(columns if columns is not None else graph.columns))
    layout = lay_out(drawn, geometry, every_return=every_return)
    summary = summary_text(drawn)
    return MatrixDrawing(
        svg=to_svg(build_scene(layout), summary),
        width=layout.width,
        height=layout.height,
        row_heights=layout.row_heights,
        column_widths=layout.column_widths,
        cell_widths={name: round(getattr(geometry, name)) for name in _CELLS},
        summary_text=summary,
        per_row_text=per_row_text(drawn),
    )


@dataclass(frozen=True)
class _Drawn:
    steps: tuple[DrawnStep, ...]
    columns: tuple[DrawnColumn, ...]


def summary_text(graph: DrawnGraph) -> str:
    """Say the drawing in one breath: how many steps, and where the decisions go back to."""
    back = [
        f"Langkah {step.no} kembali ke langkah {step.return_to[0]} bila tidak."
        for step in graph.steps
        if step.return_to
    ]
    return " ".join([f"Bagan alir {len(graph.steps)} kegiatan.", *back])


def per_row_text(graph: DrawnGraph) -> dict[int, str]:
    """Say each row: symbol, who does it, what follows and where a refusal goes."""
    names = {column.id: column.name for column in graph.columns}
    numbers = [step.no for step in graph.steps]
    following = dict(pairwise(numbers))
    return {step.no: _row_text(step, names, following.get(step.no)) for step in graph.steps}


def _row_text(step: DrawnStep, names: Mapping[int, str], following: int | None) -> str:
    who = ", ".join(names[column] for column in step.actors if column in names) or "belum ditentukan"
    if step.mode == Mode.EACH:
        who = f"setiap {who}"
    parts = [f"{StepKind(step.kind).label}; pelaksana: {who}"]
    if step.joint:
        parts.append("bersama " + ", ".join(names[column] for column in step.joint if column in names))
    parts.append(f"lanjut ke langkah {following}" if following else "selesai")
    if step.return_to:
        first, *others = step.return_to
        also = "".join(f" atau {other}" for other in others)
        parts.append(f"bila tidak kembali ke langkah {first}{also}")
    return "; ".join(parts)
