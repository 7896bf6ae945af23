"""What each section writes, hands in, and mends when it comes back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.queries import words
from runtut.organisations.models import Authority, Position
from runtut.performance.actions import hand_in_section, return_section, save_section
from runtut.performance.enums import SectionState
from runtut.performance.queries import Asking, SectionStatus, asking_of, section_matrix

ABSENT = 0.1
"""How often a run goes on without the part of one section."""


def asking(turn: Turn) -> Asking:
    found = asking_of(turn.case)
    assert found is not None, "the step asks its sections"
    return found


def matrix(turn: Turn) -> list[SectionStatus]:
    return section_matrix(asking=asking(turn), on=turn.office.unit.local_date(turn.task.opened_at))


def silent(turn: Turn, rows: list[SectionStatus]) -> SectionStatus | None:
    """The last section, now and then, hands in nothing."""
    return rows[-1] if rows and turn.lot("silent") < ABSENT else None


def part_handed_in(turn: Turn) -> Move | None:
    """The next section's part; once all are there, one may come back to be mended."""
    rows = matrix(turn)
    quiet = silent(turn, rows)
    waiting = [row for row in rows if not row.has_handed_in and row is not quiet]
    if waiting:
        share = 0.75 * (len(rows) - len(waiting) + 1) / (len(rows) + 1)
        if waiting[0].state == SectionState.RETURNED:
            share = 0.9
        return turn.move(turn.after(share), partial(hand_in, turn, waiting[0]), waiting[0].position)
    return part_returned(turn, rows)


def part_returned(turn: Turn, rows: list[SectionStatus]) -> Move | None:
    if turn.lot("part") >= words()["shares"]["part_returned"]:
        return None
    row = rows[int(turn.lot("which") * (len(rows) - 1))]
    if row.report is None or row.report.version > HANDED_IN_ONCE:
        return None
    return turn.move(turn.after(0.8), partial(give_back, turn, row.position))


MENDED = ("usulan", "lanjut")
"""The answers that say what will be done: a part that came back is mended there."""
HANDED_IN_ONCE = 2
"""The version of a part that was saved once and handed in once."""


def give_back(turn: Turn, position: Position, authority: Authority, at: datetime) -> None:
    return_section(
        case=turn.case, position=position, reason=turn.say("part_returns"), authority=authority, at=at
    )


def hand_in(turn: Turn, row: SectionStatus, authority: Authority, at: datetime) -> None:
    found = asking(turn)
    again = row.state == SectionState.RETURNED
    standing = {} if again or row.report is None else row.report.answers
    answers = {
        key: standing.get(key) or written(turn, found.kind, key, row, again=again)
        for key, _ in found.questions
    }
    given: dict[str, Any] = {"case": turn.case, "position": row.position, "authority": authority, "at": at}
    save_section(answers=answers, proposals={}, **given)
    hand_in_section(**given)


def written(turn: Turn, kind: str, key: str, row: SectionStatus, *, again: bool) -> str:
    seat = turn.office.key_of(row.position)
    own = words()["sections"].get(seat, words()["sections"]["lain"])
    text = str(own[f"{kind}.{key}"]).format(period=turn.period, year=turn.year, before=turn.planned.year - 1)
    return f"{text} {turn.say('part_mended')}" if again and key in MENDED else text


def gone_on_without(turn: Turn, authority: Authority, at: datetime) -> Answers:
    rows = [row for row in matrix(turn) if not row.has_handed_in]
    return {"without": {str(row.position.uid): turn.say("absent") for row in rows}}
