"""Random and small graphs for the pure tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from runtut.procedures.enums import StepKind, Work
from runtut.procedures.graph import Column, Graph, StepNode
from runtut.procedures.graph.document import step_node
from runtut.procedures.graph.editing import Sheet


def node(no: int, **changes: object) -> StepNode:
    """The smallest legal step."""
    fields: dict[str, object] = {
        "no": no,
        "activity": f"Mengerjakan bagian {no}",
        "label": f"Bagian {no}",
        "kind": StepKind.PROCESS.value,
        "work": Work.GENERAL.value,
        "topic": "",
        "actors": (1,),
        "mode": "main",
        "joint": (),
        "rule_value": Decimal(1),
        "rule_unit": "jam",
        "minutes": 60,
        "outputs": (f"Hasil {no}",),
        "requirements": (f"Hasil {no - 1}",),
        "return_to": (),
        "calls": "",
        "time_text": "1 jam",
    }
    return StepNode(**{**fields, **changes})  # type: ignore[arg-type]  # a test's shorthand


def chain(*steps: StepNode, columns: int = 2) -> Graph:
    """A graph whose first and last steps carry the right symbols."""
    return Graph(steps=steps, columns=tuple(Column(n, f"Pelaksana {n}") for n in range(1, columns + 1)))


def small(**changes: object) -> Graph:
    """Three steps; `changes` apply to the middle one."""
    return chain(
        node(1, kind="start"),
        node(2, **{"actors": (2,), **changes}),
        node(3, kind="end"),
    )


@st.composite
def graphs(draw: st.DrawFn, least: int = 6, most: int = 20) -> Graph:
    """SOPs of 6 to 20 steps, 2 to 6 columns, about a quarter decisions with returns, some joint steps."""
    size = draw(st.integers(least, most))
    width = draw(st.integers(2, 6))
    steps = []
    for no in range(1, size + 1):
        actor = draw(st.integers(1, width))
        joint = draw(st.sets(st.integers(1, width), max_size=2)) if draw(st.integers(0, 5)) == 0 else set()
        kind, targets = "process", ()
        if no in {1, size}:
            kind = "start" if no == 1 else "end"
        elif draw(st.integers(0, 3)) == 0:
            kind = "decision"
            back = draw(st.sets(st.integers(max(1, no - 5), no - 1), min_size=1, max_size=2))
            targets = tuple(sorted(back, reverse=True))
        steps.append(
            node(no, kind=kind, actors=(actor,), joint=tuple(sorted(joint - {actor})), return_to=targets)
        )
    return chain(*steps, columns=width)


def graph_of_sheet(sheet: Sheet) -> Graph:
    """The graph that a sheet stands for; columns are numbered from 1."""
    ids = {column.key: number for number, column in enumerate(sheet.columns, start=1)}
    columns = tuple(Column(ids[column.key], column.name, column.role) for column in sheet.columns)
    steps = []
    for row in sheet.rows:
        places = [(ids[key], mode) for key, mode, _ in row.cells["performers"]]
        back = [sheet.numbers[key] for key in row.cells["return_to"] if key in sheet.numbers]
        steps.append(step_node(row.cells, no=sheet.numbers[row.key], places=places, return_to=back))
    return Graph(steps=tuple(steps), columns=columns)
