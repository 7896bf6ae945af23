"""What was understood of one SOP, with how sure it is and where it stood."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from runtut.procedures.importing.people import Approver
from runtut.procedures.importing.source import Place
from runtut.procedures.importing.times import Time

HIGH, MEDIUM, LOW = "high", "medium", "low"


@dataclass(frozen=True)
class Doubt:
    """Something a person should look at: the field (`steps[3].time`) and why, in a sentence."""

    field: str
    why: str


@dataclass(frozen=True)
class Unread:
    """A text that found no place, with where it stood."""

    text: str
    place: str


@dataclass(frozen=True)
class Who:
    """A performer of a step."""

    name: str
    mode: str = "main"
    confidence: str = HIGH


@dataclass
class ReadStep:
    """One step as understood."""

    no: int
    activity: str
    place: Place
    time: Time = field(default_factory=Time)
    performers: list[Who] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    note: str = ""
    return_to: list[int] = field(default_factory=list)
    return_confidence: str = LOW
    calls: str = ""
    kind: str = "process"
    confidence: str = HIGH
    drawn: list[str] = field(default_factory=list)
    printed: str = ""
    """Its number as the document has it; words that name a step mean this one."""


@dataclass
class ReadSop:
    """One SOP as understood; whatever is empty was not found."""

    title: str = ""
    number: str = ""
    dates: dict[str, str] = field(default_factory=lambda: {"created": "", "revised": "", "effective": ""})
    approver: Approver = field(default_factory=Approver)
    institution: str = ""
    unit: str = ""
    lists: dict[str, list[str]] = field(default_factory=dict)
    performers: list[str] = field(default_factory=list)
    steps: list[ReadStep] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    source: str = ""

    def doubt(self, where: str, why: str) -> None:
        """Note a doubt once."""
        found = Doubt(where, why)
        if found not in self.doubts:
            self.doubts.append(found)

    def sure(self, name: str, confidence: str, place: Place | None) -> None:
        """Note how sure a field is and where it stood."""
        self.fields[name] = {"confidence": confidence, "source": str(place) if place else ""}

    @property
    def minutes(self) -> int:
        """Sum of the standard times that were understood, in working minutes."""
        return sum(step.time.minutes or 0 for step in self.steps)


def to_json(sop: ReadSop) -> dict[str, Any]:
    """The SOP as plain data, in the form of `runtut sop parse --json` (docs/formats/sop-import.md)."""
    approver = asdict(sop.approver)
    approver.pop("nip_written")
    return {
        "title": sop.title,
        "number": sop.number,
        "dates": dict(sop.dates),
        "approver": approver,
        "institution": sop.institution,
        "unit": sop.unit,
        **{name: list(sop.lists.get(name, [])) for name in LISTED},
        "performers": list(sop.performers),
        "steps": [_step(step) for step in sop.steps],
        "minutes": sop.minutes,
        "unread": [{"text": entry.text, "place": entry.place} for entry in sop.unread],
        "doubts": [{"field": doubt.field, "why": doubt.why} for doubt in sop.doubts],
        "fields": sop.fields,
        "source": sop.source,
    }


LISTED = ("legal_basis", "related_sops", "qualifications", "equipment", "warnings", "records")


def _step(step: ReadStep) -> dict[str, Any]:
    time = step.time
    return {
        "no": step.no,
        "activity": step.activity,
        "kind": step.kind,
        "performers": [asdict(who) for who in step.performers],
        "requirements": step.requirements,
        "time": {
            "text": time.text,
            "value": time.value,
            "unit": time.unit,
            "minutes": time.minutes,
            "low": time.low,
            "high": time.high,
        },
        "outputs": step.outputs,
        "note": step.note,
        "return_to": step.return_to,
        "return_confidence": step.return_confidence,
        "calls": step.calls,
        "confidence": step.confidence,
        "source": str(step.place),
    }
