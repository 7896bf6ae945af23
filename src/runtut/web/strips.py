"""What the flow strip and the step list are drawn from; the page fills it, the components show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FlowMark:
    """A step on the flow strip. `state`: "selesai", "kini" or "nanti".

    `back_steps` above zero draws the arc of a return that ended here, from that many steps further on.
    """

    no: int
    label: str
    who: str
    state: str
    back_steps: int = 0
    back_count: int = 0


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
