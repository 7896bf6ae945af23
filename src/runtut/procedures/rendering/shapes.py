"""What the layout reads and what it places; a step of `procedures.graph` fits without being imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from runtut.procedures.enums import StepKind


class DrawnStep(Protocol):
    @property
    def no(self) -> int: ...
    @property
    def activity(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def actors(self) -> tuple[int, ...]: ...
    @property
    def joint(self) -> tuple[int, ...]: ...
    @property
    def return_to(self) -> tuple[int, ...]: ...
    @property
    def requirements(self) -> tuple[str, ...]: ...
    @property
    def outputs(self) -> tuple[str, ...]: ...
    @property
    def time_text(self) -> str: ...
    @property
    def note(self) -> str: ...


class DrawnColumn(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class DrawnGraph(Protocol):
    @property
    def steps(self) -> Sequence[DrawnStep]: ...
    @property
    def columns(self) -> Sequence[DrawnColumn]: ...


@dataclass(frozen=True)
class Geometry:
    """Sizes of the form in pixels (or points): one for the screen; paper has its own.

    Text cells are measured at these widths; the page may give the activity column more, never less.
    `slack` allows for screen fonts that run wider than the font we measure with.
    """

    font_size: float = 13
    line_height: float = 17
    padding_x: float = 15
    padding_y: float = 10
    heading_padding: float = 6
    slack: float = 1.08
    least_row: float = 76
    activity: float = 170
    requirements: float = 116
    time: float = 72
    outputs: float = 116
    note: float = 96
    widest_performers: float = 448
    performer: float = 86
    narrowest_performer: float = 56


SCREEN = Geometry()


CONNECTOR = "connector"
"""The fifth symbol of the form: a pentagon that carries an arrow on to another page."""


@dataclass(frozen=True)
class Symbol:
    """A placed symbol: capsule, box, diamond or pentagon, centred on (x, y).

    `main` is False for those taking part. Arrows name the main symbol by its `node`: the row of a step, a
    number of its own for a connector, whose letter is `text`.
    """

    step_no: int
    column: int
    row: int
    kind: str
    x: float
    y: float
    width: float
    height: float
    main: bool
    node: int
    text: str = ""

    @property
    def is_connector(self) -> bool:
        return self.kind == CONNECTOR

    @property
    def is_diamond(self) -> bool:
        return self.kind == StepKind.DECISION

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


@dataclass(frozen=True)
class Edge:
    """An arrow to be routed between two main symbols, named by their nodes."""

    source: int
    target: int
    is_return: bool


Point = tuple[float, float]


@dataclass(frozen=True)
class Route:
    """A routed arrow: the corner points from the border of the source to the border of the target."""

    edge: Edge
    points: tuple[Point, ...]
    clean: bool = True
