"""What the flow strip and the step list are drawn from; the page fills it, the components show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Back:
    """Returns that ended at a step, all from the same one, that many steps further on: one arc, however
    often."""

    steps: int
    count: int


@dataclass(frozen=True)
class FlowMark:
    """A step on the flow strip. `state`: "selesai", "lewat", "kini" or "nanti". `backs` are the arcs that end
    here, the shortest first."""

    no: int
    label: str
    who: str
    state: str
    backs: tuple[Back, ...] = ()

    @property
    def back_count(self) -> int:
        """How often the run was sent back to here."""
        return sum(one.count for one in self.backs)


@dataclass(frozen=True)
class StepLine:
    """A row of the step list. `used` is empty before the step opens; `over` says how late it was finished."""

    no: int
    activity: str
    who: str
    state: str
    standard: str
    used: str = ""
    over: str = ""
    rounds: str = ""
