"""A run in the words of its page: the strip, the steps, the button."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from runtut.cases.enums import EventKind, StepState
from runtut.cases.queries import RunView, StepView
from runtut.core.worktime import humanise
from runtut.procedures.enums import TimeUnit, Work
from runtut.procedures.graph import StepNode
from runtut.web.frame.deadlines import exact_time
from runtut.web.frame.strips import Back, FlowMark, StepLine

STATES: Final = {
    StepState.DONE: "selesai",
    StepState.PASSED: "lewat",
    StepState.CURRENT: "kini",
    StepState.WAITING: "nanti",
}
DISPOSE: Final = "Disposisikan"
ORDER: Final = "Beri perintah"
"""A disposisi passes on a letter; where no letter asked for the run, it is an order."""
CALLING: Final = "undangan"
CALL: Final = "Perintahkan rapat dan buat undangan"
"""An order that calls a meeting goes to everybody invited, not to whoever chairs it."""
DEEDS: Final = {Work.SIGN: "Setujui", Work.REVIEW: "Paraf"}


def who_of(view: StepView) -> str:
    """Who does a step: one position by name, several by number."""
    titles = [seat.position.short_title for seat in view.seats]
    performer = view.performers[0] if view.performers else ""
    if view.step.mode == "each" and len(titles) > 1:
        return f"{len(titles)} {performer}"
    return titles[0] if titles else performer


def standard(step: StepNode) -> str:
    return f"{step.rule_value.normalize():f} {TimeUnit(step.rule_unit).label}".replace(".", ",")


def marks(view: RunView) -> list[FlowMark]:
    """The flow strip. Returns are drawn at the step they led back to, those from one step as one arc."""
    returns: dict[int, Counter[int]] = {}
    for event in view.history:
        if event.to_no and event.step_no:
            returns.setdefault(event.to_no, Counter())[event.step_no - event.to_no] += 1
    return [
        FlowMark(
            no=one.step.no,
            label=one.step.label,
            who=who_of(one),
            state=STATES[one.state],
            backs=tuple(Back(steps, count) for steps, count in sorted(returns.get(one.step.no, {}).items())),
        )
        for one in view.steps
    ]


def line(view: StepView, *, is_taken_over: bool = False) -> StepLine:
    """A row of the step list; `is_taken_over`: its work was there before the run, and nobody did it here."""
    late = max((a.late_minutes for a in view.attempts if a.round == view.rounds and not a.is_open), default=0)
    people = ", ".join(dict.fromkeys(a.who for a in view.attempts if a.who))
    how = "diambil alih oleh " if is_taken_over else ""
    return StepLine(
        no=view.step.no,
        activity=view.step.activity,
        who=f"{who_of(view)} · {how}{people}" if people else who_of(view),
        state=STATES[view.state],
        standard=standard(view.step),
        used=humanise(view.minutes_used) if view.attempts else "",
        over=humanise(late) if late else "",
        rounds=f"putaran {view.rounds}" if view.rounds > 1 else "",
    )


def here(view: RunView) -> str:
    """One sentence on where the run stands: what a phone says instead of the strip's names."""
    current = next((one for one in view.steps if one.state == StepState.CURRENT), None)
    if current is None:
        return ending(view) or "Semua langkah sudah dilalui."
    back = f" Sudah dikembalikan {view.case.rounds} kali." if view.case.rounds else ""
    return f"Langkah {current.step.no} dari {len(view.steps)}: {current.step.label}, {who_of(current)}.{back}"


def ending(view: RunView) -> str:
    """Who cancelled the run, when and why; empty for a run that was not."""
    event = next((one for one in view.history if one.kind == EventKind.CANCELLED), None)
    if event is None:
        return ""
    return f"Dibatalkan oleh {event.who}, {exact_time(event.at)}. Alasannya: {ended(event.reason)}"


def ended(sentence: str) -> str:
    """A reason as somebody typed it, closed with a full stop."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def button(view: RunView, step: StepNode, deed: str = "") -> str:
    """The button of a task, named by its result: "Teruskan ke Camat", "Kunci realisasi dan selesaikan";
    who does the next step too goes on to it."""
    found = {one.step.no: one for one in view.steps}
    own, after = found.get(step.no), found.get(step.no + 1)
    if after is None:
        return f"{deed} dan selesaikan kerja ini" if deed else "Selesaikan kerja ini"
    stays = own is not None and own.seats == after.seats and len(after.seats) == 1
    onward = f"lanjut ke langkah {after.step.no}" if stays else f"teruskan ke {who_of(after)}"
    deed = deed or DEEDS.get(Work(step.work), "")
    if deed:
        return f"{deed} dan {onward}"
    if step.work == Work.DISPOSISI and step.topic == CALLING:
        return CALL
    if step.work == Work.DISPOSISI and not stays:
        return f"{DISPOSE if view.case.letter_id else ORDER} ke {who_of(after)}"
    return onward.capitalize() if stays else f"Teruskan ke {who_of(after)}"


def receiver(view: RunView, target: StepNode) -> str:
    """Who receives what is sent back to a step: "Sekcam"."""
    return next((who_of(one) for one in view.steps if one.step.no == target.no), target.label)


def started(view: RunView, at: datetime) -> str:
    """ "11 hari dari 15 hari 10 menit standar terpakai"."""
    used = sum(one.minutes_used for one in view.steps)
    return f"{humanise(used)} dari {humanise(view.standard_minutes)} waktu standar terpakai"
