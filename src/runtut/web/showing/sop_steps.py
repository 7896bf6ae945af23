"""A step of an SOP in words, stored or still in a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from runtut.procedures.enums import Confidence, Mode, StepKind
from runtut.procedures.models import Step

_SAME: Final = (
    "no", "activity", "kind", "requirements", "outputs", "note", "return_to", "return_confidence",
)  # fmt: skip


@dataclass(frozen=True)
class StepView:
    """A row of the SOP in words. `doubts` are marked on the row; `likely` is what is probably right, told
    quietly below."""

    no: int
    activity: str
    kind: str
    who: str
    together: str
    time: str
    requirements: Sequence[str]
    outputs: Sequence[str]
    note: str
    return_to: Sequence[int]
    doubts: tuple[str, ...]
    likely: tuple[str, ...]

    @property
    def symbol(self) -> str:
        return str(StepKind(self.kind).label).lower()

    @property
    def is_decision(self) -> bool:
        return self.kind == StepKind.DECISION

    @property
    def is_terminal(self) -> bool:
        return self.kind in {StepKind.START, StepKind.END}

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts)


@dataclass(frozen=True)
class Place:
    """A performer in a step, how it takes part, and how sure that is."""

    name: str
    mode: str
    confidence: str


def step_view(step: Step) -> StepView:
    """A stored step in words."""
    rows = sorted(step.step_performers.all(), key=lambda row: row.performer.sequence)
    places = [Place(row.performer.name, row.mode, row.confidence) for row in rows]
    return worded_step(
        no=step.no,
        activity=step.activity,
        kind=step.kind,
        places=places,
        time=step.time_text,
        requirements=step.requirements,
        outputs=step.outputs,
        note=step.note,
        return_to=step.return_to,
        return_confidence=step.return_confidence,
    )


def step_view_of(step: Mapping[str, Any], columns: Sequence[str]) -> StepView:
    """A step of a document (docs/formats/sop.md) in words; `columns` are its performers in order."""
    marks = sorted(step["performers"], key=lambda who: columns.index(who["name"]))
    return worded_step(
        places=[Place(who["name"], who["mode"], who["confidence"]) for who in marks],
        time=step["time"]["text"],
        **{name: step[name] for name in _SAME},
    )


def worded_step(
    *,
    no: int,
    activity: str,
    kind: str,
    places: Sequence[Place],
    time: str,
    requirements: Sequence[str],
    outputs: Sequence[str],
    note: str,
    return_to: Sequence[int],
    return_confidence: str,
) -> StepView:
    """A step in words: who acts and who takes part, and what of it is not certain."""
    acting = [place.name for place in places if place.mode != Mode.JOINT]
    joint = [place.name for place in places if place.mode == Mode.JOINT]
    each = any(place.mode == Mode.EACH for place in places)
    certainties = [(f"pelaksana {place.name}", "pelaksana langkah", place.confidence) for place in places]
    if return_to:
        targets = " atau ".join(str(target) for target in return_to)
        certainties.append((f"kembali ke langkah {targets}", "arah kembali langkah", return_confidence))
    doubts = [f"Langkah {no}: {said} belum pasti." for said, _, sure in certainties if sure == Confidence.LOW]
    likely = dict.fromkeys(short for _, short, sure in certainties if sure == Confidence.MEDIUM)
    return StepView(
        no=no,
        activity=activity,
        kind=kind,
        who=("setiap " if each else "") + ", ".join(acting or joint),
        together=", ".join(joint) if acting else "",
        time=time,
        requirements=requirements,
        outputs=outputs,
        note=note,
        return_to=return_to,
        doubts=tuple(doubts),
        likely=tuple(likely),
    )
