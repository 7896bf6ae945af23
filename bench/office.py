"""The office and the linear SOP that every variant runs."""

from __future__ import annotations

from tests.cases.factories import Desk, Row, make_procedure
from tests.cast import make_office

CHAIRS = (
    "camat",
    "sekcam",
    "perencanaan",
    "kasi1",
    "kasi2",
    "pengelola",
    "sekcam",
    "camat",
    "pengelola",
)
STEPS = len(CHAIRS) - 1
"""Steps that are measured: all but the last, so that each closes a task and opens one."""
NEIGHBOURS = 10


def make_desk() -> Desk:
    """Build an office with its SOP, beside neighbours whose positions share the lists."""
    desk = Desk.make([Row((chair,)) for chair in CHAIRS])
    kabupaten = desk.office.unit.parent
    assert kabupaten is not None
    for number in range(NEIGHBOURS):
        neighbour = make_office(kabupaten, f"Tetangga {number}")
        make_procedure(neighbour, [Row(("camat",))])
    return desk
