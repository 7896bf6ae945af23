"""The seven SOPs of the library as the product and SpiffWorkflow run them.

Steps keep their order, performers, modes and ways back; the work within a step is left out, because
SpiffWorkflow would do none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.cases.factories import Row, make_procedure
from tests.cast import Office

from runtut.procedures.enums import Mode
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import library

SEATS = ("camat", "sekcam", "perencanaan", "umum", "pengelola", "staf")
SECTIONS = ("kasi1", "kasi2")


@dataclass(frozen=True)
class Move:
    """One press: a position completes its task at a step, or sends the run back to `target`."""

    no: int
    chair: str
    target: int | None = None


@dataclass(frozen=True)
class Sop:
    key: str
    rows: tuple[Row, ...]

    def moves(self, *, returns: bool) -> Iterator[Move]:
        """Walk from the first step to the last; with `returns`, every arrow back is taken once."""
        taken, no = set[tuple[int, int]](), 1
        while no <= len(self.rows):
            row = self.rows[no - 1]
            target = next((to for to in row.return_to if returns and (no, to) not in taken), None)
            if target is not None:
                taken.add((no, target))
                yield Move(no, row.who[0], target)
                no = target
                continue
            yield from (Move(no, chair) for chair in row.who)
            no += 1

    def procedure(self, office: Office) -> ProcedureVersion:
        return make_procedure(office, self.rows, title=f"SOP {self.key}")


def linear(chairs: tuple[str, ...]) -> Sop:
    """Return the kindest SOP there is: one position after the other, no way back."""
    return Sop("lurus", tuple(Row((chair,)) for chair in chairs))


def seven() -> list[Sop]:
    """Return the SOPs for performance; the meeting that one of them calls is no SOP of its own here."""
    return [sop_of(entry) for entry in library() if entry["key"] != "S-RAPAT"]


def sop_of(entry: dict[str, Any]) -> Sop:
    chairs = seats_of([step["performers"] for step in entry["steps"]])
    return Sop(entry["key"], tuple(row_of(step, chairs) for step in entry["steps"]))


def seats_of(steps: list[list[dict[str, Any]]]) -> dict[str, tuple[str, ...]]:
    """Give every performer a seat of the office, those who act each for themselves the two sections."""
    chairs: dict[str, tuple[str, ...]] = {}
    for performer in (performer for step in steps for performer in step):
        if performer["mode"] == Mode.EACH:
            chairs[performer["name"]] = SECTIONS
        chairs.setdefault(performer["name"], (SEATS[len(chairs) % len(SEATS)],))
    return chairs


def row_of(step: dict[str, Any], chairs: dict[str, tuple[str, ...]]) -> Row:
    acting = [performer for performer in step["performers"] if performer["mode"] != Mode.JOINT]
    who = chairs[acting[0]["name"]]
    joint = [seat for item in step["performers"] if item not in acting for seat in chairs[item["name"]]]
    each = acting[0]["mode"] == Mode.EACH
    return Row(
        who=who if each else who[:1],
        mode=Mode.EACH if each else Mode.MAIN,
        return_to=tuple(step["return_to"]),
        joint=tuple(seat for seat in dict.fromkeys(joint) if seat not in who),
    )
