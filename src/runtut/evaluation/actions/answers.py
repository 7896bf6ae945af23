"""What a respondent answers, and how it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from runtut.cases.actions import close_asked
from runtut.cases.enums import NoticeAbout
from runtut.cases.models import Task
from runtut.core.dates import long_date
from runtut.core.errors import DomainError, SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.core.numbers import parse_decimal
from runtut.documents.actions import keep_once, take_off
from runtut.documents.models import StoredFile
from runtut.evaluation.actions.trail import leave_trail
from runtut.evaluation.enums import InstrumentState, QuestionKind, ResponseState
from runtut.evaluation.errors import (
    AnsweredAlready,
    AnsweringIsOver,
    AnswersLeft,
    AnswerUnknown,
    FileOfAnotherUnit,
    NotAsked,
)
from runtut.evaluation.models import Answer, AnswerFile, Instrument, Question, Response
from runtut.evaluation.queries import collecting_of, respondents_of, tree_of
from runtut.evaluation.rules import ensure_answers_for
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits

LONGEST_TEXT = 4000
YES_NO = {"ya": Decimal(1), "tidak": Decimal(0)}
Read = tuple[Decimal | None, str]


def field_of(question: Question) -> str:
    """Return the name of a question's field on the page."""
    return f"j-{question.uid}"


def read_answer(question: Question, text: str) -> Read | None:
    """Return value and words of an answer as typed, None for a blank. Raises AnswerUnknown, TextTooLong and
    what parse_decimal refuses, at the question's field."""
    field, cleaned = field_of(question), text.strip()
    if not cleaned or question.kind == QuestionKind.EVIDENCE:
        return None
    if question.kind == QuestionKind.TEXT:
        return None, ensure_fits(cleaned, what="Jawaban", limit=LONGEST_TEXT, field=field)
    if question.kind == QuestionKind.NUMBER:
        return parse_decimal(cleaned, decimals=4, field=field), ""
    if question.kind == QuestionKind.YES_NO and cleaned in YES_NO:
        return YES_NO[cleaned], ""
    steps = {str(step) for step in range(1, question.steps + 1)}
    if question.kind == QuestionKind.SCALE and cleaned in steps:
        return Decimal(cleaned), ""
    raise AnswerUnknown(text=cleaned, field=field)


def ensure_asked(instrument: Instrument, position: Position, authority: Authority) -> Task:
    """Return the task that collects the answers. Raises NotTheRespondent, AnsweringIsOver and NotAsked unless
    the position answers now, by this authority."""
    ensure_answers_for(authority, position)
    collecting = collecting_of(instrument)
    if collecting is None or not collecting.is_open:
        raise AnsweringIsOver
    if position.pk not in {one.pk for one in respondents_of(collecting)}:
        raise NotAsked(position=position.short_title)
    return collecting.task


def hold_response(instrument: Instrument, position: Position) -> Response:
    """Return the position's row, made when missing and held until the commit, as is the instrument: nobody
    closes it meanwhile. Raises AnsweringIsOver and AnsweredAlready."""
    if Instrument.objects.select_for_update().get(pk=instrument.pk).state != InstrumentState.IN_USE:
        raise AnsweringIsOver
    response, _ = Response.objects.get_or_create(
        instrument=instrument, position=position, defaults={"region": instrument.region}
    )
    held = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if held.submitted_at is not None:
        since = long_date(instrument.case.unit.local_date(held.submitted_at))
        raise AnsweredAlready(position=position.short_title, since=since)
    return held


def save_answers(
    *,
    instrument: Instrument,
    position: Position,
    texts: Mapping[UUID, str],
    authority: Authority,
    at: datetime,
    version: int | None = None,
) -> tuple[Response, list[DomainError]]:
    """Keep what was typed, by uid of the question; a blank takes an answer back. What cannot be read is left
    as it was and returned as refusals. The same texts may be sent again, should the answer have been lost.

    Raises what ensure_asked and hold_response refuse, and SomeoneWasFaster when texts are changed from a
    `version` other than the stored one."""
    ensure_asked(instrument, position, authority)
    read, refusals = read_all(instrument, texts)
    with write_transaction():
        held = hold_response(instrument, position)
        standing = {one.question_id: one for one in held.answers.all()}
        changed = [one for one in read if put_answer(held, standing.get(one[0].pk), *one)]
        if changed and version is not None and version != held.version:
            raise SomeoneWasFaster
        if changed:
            held.version += 1
            held.save(update_fields=["version"])
            leave_trail(
                unit=instrument.case.unit,
                action="response.saved",
                subject=held.uid,
                authority=authority,
                at=at,
                data={"instrument": instrument.uid, "changed": len(changed)},
            )
    return held, refusals


def read_all(
    instrument: Instrument, texts: Mapping[UUID, str]
) -> tuple[list[tuple[Question, Read | None]], list[DomainError]]:
    read, refusals = [], []
    for question in [one for tree in tree_of(instrument) for one in tree.questions]:
        if question.uid not in texts:
            continue
        try:
            read.append((question, read_answer(question, texts[question.uid])))
        except DomainError as refusal:
            refusals.append(refusal)
    return read, refusals


def put_answer(response: Response, standing: Answer | None, question: Question, read: Read | None) -> bool:
    """Write one answer; tell whether anything changed."""
    if read is None:
        if standing is not None:
            standing.delete()
        return standing is not None
    if standing is None:
        Answer.objects.create(
            region=response.region, response=response, question=question, value=read[0], text=read[1]
        )
        return True
    if (standing.value, standing.text) == read:
        return False
    standing.value, standing.text = read
    standing.save(update_fields=["value", "text"])
    return True


def add_answer_file(
    *,
    instrument: Instrument,
    position: Position,
    question: Question,
    file: StoredFile,
    authority: Authority,
    at: datetime,
) -> AnswerFile:
    """Attach a stored file to a question that asks for evidence; the same content once. Raises what
    ensure_asked and hold_response refuse, AnswerUnknown and FileOfAnotherUnit."""
    ensure_asked(instrument, position, authority)
    unit = instrument.case.unit
    if question.kind != QuestionKind.EVIDENCE or question.section.instrument_id != instrument.pk:
        raise AnswerUnknown(text=file.name, field=field_of(question))
    if file.region != unit.region or not file.unit.path.startswith(unit.path):
        raise FileOfAnotherUnit(field=field_of(question))
    with write_transaction():
        held = hold_response(instrument, position)
        standing = held.files.filter(question=question)
        kept, is_new = keep_once(
            standing=standing, file=file, region=held.region, response=held, question=question, added_at=at
        )
        if not is_new:
            return kept
        held.version += 1
        held.save(update_fields=["version"])
        leave_trail(
            unit=unit,
            action="response.file_added",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"file": file.uid, "name": file.name},
        )
    return kept


def remove_answer_file(*, kept: AnswerFile, authority: Authority, at: datetime) -> None:
    """Take a file off before it is sent; harmless the second time. Raises what ensure_asked and hold_response
    refuse."""
    response = kept.response
    instrument = response.instrument
    ensure_asked(instrument, response.position, authority)
    with write_transaction():
        hold_response(instrument, response.position)
        if take_off(rows=response.files.all(), key=kept.pk, at=at):
            leave_trail(
                unit=instrument.case.unit,
                action="response.file_removed",
                subject=response.uid,
                authority=authority,
                at=at,
                data={"file": kept.file.uid},
            )


def left_of(instrument: Instrument, response: Response) -> list[tuple[str, Question]]:
    """Return the numbered questions that must be answered and are not (four queries)."""
    answered = set(response.answers.values_list("question_id", flat=True))
    answered |= set(response.files.filter(removed_at__isnull=True).values_list("question_id", flat=True))
    return [
        (f"{tree.number}.{place}", question)
        for tree in tree_of(instrument)
        for place, question in enumerate(tree.questions, start=1)
        if not question.is_optional and question.pk not in answered
    ]


def submit_response(
    *, instrument: Instrument, position: Position, authority: Authority, at: datetime
) -> Response:
    """Send the answers, once: every question that may not stay blank is answered. Raises what ensure_asked
    and hold_response refuse, and AnswersLeft naming the questions."""
    task = ensure_asked(instrument, position, authority)
    with write_transaction():
        held = hold_response(instrument, position)
        left = left_of(instrument, held)
        if left:
            raise AnswersLeft(
                questions=", ".join(number for number, _ in left),
                left=[(number, field_of(question)) for number, question in left],
            )
        held.state, held.submitted_at = ResponseState.SUBMITTED, at
        held.submitted_by_id = authority.user_id
        held.version += 1
        held.save(update_fields=["state", "submitted_at", "submitted_by", "version"])
        leave_trail(
            unit=instrument.case.unit,
            action="response.submitted",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"instrument": instrument.uid, "position": position.uid},
        )
        close_asked(task=task, about=NoticeAbout.INSTRUMENT, position_id=position.pk, at=at)
    return held
