"""The instrument: made from the ready one, answered by every head of a section, reported on."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.queries import words
from runtut.evaluation.actions import open_instrument, save_answers, submit_response
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.models import Instrument, Question, Response
from runtut.evaluation.queries import collecting_of, instrument_of, respondents_of, response_of, tree_of
from runtut.organisations.models import Authority, Position
from runtut.performance.queries import indicators_of


def instrument_made(turn: Turn) -> Move | None:
    if instrument_of(turn.case) is not None:
        return None
    return turn.move(turn.after(0.4), partial(begin, turn))


def begin(turn: Turn, authority: Authority, at: datetime) -> None:
    open_instrument(case=turn.case, example=True, authority=authority, at=at)


def asked(turn: Turn) -> tuple[Instrument, list[Position]]:
    instrument = instrument_of(turn.case)
    assert instrument is not None, "an earlier step has made it"
    collecting = collecting_of(instrument)
    assert collecting is not None, "its step is open"
    return instrument, respondents_of(collecting)


def instrument_answered(turn: Turn) -> Move | None:
    """The next one's answers; the last of them may not find the time."""
    instrument, people = asked(turn)
    given = Response.objects.filter(instrument=instrument, submitted_at__isnull=False)
    done = set(given.values_list("position", flat=True))
    late = people[-1:] if turn.lot("silent") < words()["shares"]["silent"] else []
    waiting = [one for one in people if one.pk not in done and one not in late]
    if not waiting:
        return None
    share = 0.9 * (len(people) - len(waiting) + 1) / (len(people) + 1)
    return turn.move(turn.after(share), partial(answer, turn, instrument, waiting[0]), waiting[0])


def answer(
    turn: Turn, instrument: Instrument, position: Position, authority: Authority, at: datetime
) -> None:
    """Answer what nobody has answered for the position."""
    questions = [one for tree in tree_of(instrument) for one in tree.questions]
    response = response_of(instrument, position)
    answered = {one.question_id for one in response.answers.all()} if response else set()
    texts: dict[UUID, str] = {}
    for number, question in enumerate(questions):
        text = answer_to(turn, question, number, position)
        if text and question.pk not in answered:
            texts[question.uid] = text
    given: dict[str, Any] = {"instrument": instrument, "position": position, "authority": authority, "at": at}
    save_answers(texts=texts, **given)
    submit_response(**given)


def answer_to(turn: Turn, question: Question, number: int, position: Position) -> str:
    """Mostly good marks; the last questions (evidence, use of the results) get the lower ones."""
    lot = turn.lot("answer", number, position.short_title)
    match question.kind:
        case QuestionKind.SCALE:
            return str(question.steps - scale_loss(lot, weak=number % 3 == 0))
        case QuestionKind.YES_NO:
            return "ya" if lot < 0.8 else "tidak"
        case QuestionKind.NUMBER:
            return str(counted(turn, position) if question.measure == "indikator" else 1 + int(4 * lot))
        case QuestionKind.TEXT:
            about = f"opinion.{question.section.sequence}"
            key = about if about in words() else "opinion"
            return turn.say(key, position.short_title, number) if lot < 0.7 else ""
        case _:
            return ""


def counted(turn: Turn, position: Position) -> int:
    """Return how many indicators a position really answers for."""
    known = indicators_of(unit=turn.office.unit, year=turn.planned.year)
    return sum(one.owner_id == position.pk for one in known)


def scale_loss(lot: float, *, weak: bool) -> int:
    """Return how many steps below the best an answer is."""
    return (lot > (0.2 if weak else 0.4)) + (lot > (0.7 if weak else 0.85))


def gone_on_without(turn: Turn, authority: Authority, at: datetime) -> Answers:
    instrument, people = asked(turn)
    given = Response.objects.filter(instrument=instrument, submitted_at__isnull=False)
    done = set(given.values_list("position", flat=True))
    return {"without": {str(one.uid): turn.say("absent") for one in people if one.pk not in done}}


def advised(turn: Turn, authority: Authority, at: datetime) -> Answers:
    return {"follow_up": turn.say("advice" if turn.task.round == 1 else "advice_again")}
