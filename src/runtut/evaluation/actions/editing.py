"""Changing a draft instrument: its sections and questions are added, changed, moved and removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from runtut.core.locks import write_transaction
from runtut.core.numbers import parse_decimal
from runtut.evaluation.actions.life import hold_draft
from runtut.evaluation.actions.trail import leave_trail
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.errors import NothingToMove, OptionsUnfit, WeightOutOfRange
from runtut.evaluation.models import Instrument, Question, Section
from runtut.evaluation.queries import tree_of
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits, ensure_text

LONGEST_OPTION = 60
FEWEST_OPTIONS, MOST_OPTIONS = 2, 7


@dataclass(frozen=True)
class QuestionFacts:
    """What a form says of a question; `options` is one name per line, empty for 1 to 5."""

    kind: str
    text: str
    aspect: str = ""
    options: str = ""
    measure: str = ""
    is_optional: bool = False


def read_weight(text: str) -> Decimal:
    """Return a weight, more than 0 and at most 100. Raises WeightOutOfRange and what parse_decimal
    refuses."""
    weight = parse_decimal(text, decimals=2, field="weight_text")
    if weight is None or not 0 < weight <= 100:
        raise WeightOutOfRange(field="weight_text")
    return weight


def read_options(facts: QuestionFacts) -> list[str]:
    """Return the named steps of a scale. Raises OptionsUnfit."""
    if facts.kind != QuestionKind.SCALE:
        return []
    names = [" ".join(line.split()) for line in facts.options.splitlines() if line.strip()]
    fits = FEWEST_OPTIONS <= len(names) <= MOST_OPTIONS and max(map(len, names)) <= LONGEST_OPTION
    if names and (not fits or len(set(names)) < len(names)):
        raise OptionsUnfit(field="options")
    return names


def noted(instrument: Instrument, action: str, authority: Authority, at: datetime, **data: object) -> None:
    leave_trail(
        unit=instrument.case.unit,
        action=f"instrument.{action}",
        subject=instrument.uid,
        authority=authority,
        at=at,
        data=data,
    )


def put_section(
    *,
    instrument: Instrument,
    title: str,
    weight_text: str,
    authority: Authority,
    at: datetime,
    section: Section | None = None,
) -> Section:
    """Add a section at the end, or change one. Raises what hold_draft refuses, NameMissing, TextTooLong and
    WeightOutOfRange."""
    name = ensure_text(title, what="Judul bagian", limit=120, field="title")
    weight = read_weight(weight_text)
    with write_transaction():
        held = hold_draft(instrument, authority)
        if section is None:
            section = Section(region=held.region, instrument=held, sequence=len(tree_of(held)) + 1)
        section.title, section.weight = name, weight
        section.save()
        noted(held, "section_put", authority, at, section=section.uid, title=name, weight=str(weight))
    return section


def drop_section(*, section: Section, authority: Authority, at: datetime) -> None:
    """Remove a section with its questions. Raises what hold_draft refuses."""
    with write_transaction():
        held = hold_draft(section.instrument, authority)
        noted(held, "section_dropped", authority, at, section=section.uid, title=section.title)
        section.delete()


def put_question(
    *,
    section: Section,
    facts: QuestionFacts,
    authority: Authority,
    at: datetime,
    question: Question | None = None,
) -> Question:
    """Add a question at the end of a section, or change one. Raises what hold_draft refuses, NameMissing,
    TextTooLong and OptionsUnfit."""
    text = ensure_text(facts.text, what="Pertanyaan", limit=400, field="text")
    measure = ensure_fits(facts.measure, what="Satuan", limit=40, field="measure")
    aspect = ensure_fits(facts.aspect, what="Hal yang dinilai", limit=120, field="aspect")
    options = read_options(facts)
    kind = QuestionKind(facts.kind)
    with write_transaction():
        held = hold_draft(section.instrument, authority)
        if question is None:
            question = Question(region=held.region, section=section, sequence=section.questions.count() + 1)
        question.kind, question.text, question.aspect = kind, text, aspect
        question.options = options
        question.measure = measure if kind == QuestionKind.NUMBER else ""
        question.is_optional = facts.is_optional
        question.save()
        noted(held, "question_put", authority, at, question=question.uid, kind=kind, text=text)
    return question


def drop_question(*, question: Question, authority: Authority, at: datetime) -> None:
    """Remove a question. Raises what hold_draft refuses."""
    with write_transaction():
        held = hold_draft(question.section.instrument, authority)
        noted(held, "question_dropped", authority, at, question=question.uid, text=question.text)
        question.delete()


def move_section(*, section: Section, up: bool, authority: Authority, at: datetime) -> None:
    """Move a section one place up or down. Raises what hold_draft refuses, and NothingToMove."""
    with write_transaction():
        held = hold_draft(section.instrument, authority)
        order = [one.section for one in tree_of(held)]
        swap(order, section, up)
        renumber(Section, order)
        noted(held, "section_moved", authority, at, section=section.uid, up=up)


def move_question(*, question: Question, up: bool, authority: Authority, at: datetime) -> None:
    """Move a question one place up or down; from the edge of its section into the next one. Raises what
    hold_draft refuses, and NothingToMove."""
    with write_transaction():
        held = hold_draft(question.section.instrument, authority)
        trees = tree_of(held)
        place = next(n for n, one in enumerate(trees) if one.section.pk == question.section_id)
        own = list(trees[place].questions)
        at_edge = own[0 if up else -1].pk == question.pk
        if at_edge:
            neighbour = place + (-1 if up else 1)
            if not 0 <= neighbour < len(trees):
                raise NothingToMove(end="atas" if up else "bawah")
            others = list(trees[neighbour].questions)
            others.insert(len(others) if up else 0, question)
            Question.objects.filter(pk=question.pk).update(section=trees[neighbour].section)
            renumber(Question, others)
        else:
            swap(own, question, up)
            renumber(Question, own)
        noted(held, "question_moved", authority, at, question=question.uid, up=up)


def swap(order: list[Any], row: Any, up: bool) -> None:
    """Change places with the neighbour. Raises NothingToMove at the end of the list."""
    place = next(n for n, one in enumerate(order) if one.pk == row.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(order):
        raise NothingToMove(end="atas" if up else "bawah")
    order[place], order[other] = order[other], order[place]


def renumber(model: Any, order: list[Any]) -> None:
    for number, one in enumerate(order, start=1):
        one.sequence = number
    model.objects.bulk_update(order, ["sequence"])
