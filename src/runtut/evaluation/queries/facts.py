"""What the three papers of an evaluation tell: the instrument, the results, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from runtut.cases.models import Case
from runtut.core.numbers import format_decimal
from runtut.core.periods import Quarter
from runtut.documents.enums import TemplateKind
from runtut.documents.queries import letterhead_content, sheet_text, signature_block
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.models import Answer, Instrument
from runtut.evaluation.queries.answering import collecting_of, respondent_matrix
from runtut.evaluation.queries.instrument import tree_of
from runtut.evaluation.queries.results import QuestionResult, Results, results_of
from runtut.evaluation.rendering import (
    Finding,
    InstrumentFacts,
    PaperFacts,
    QuestionLine,
    Reached,
    ResultLine,
    ResultSection,
    ResultsFacts,
    SectionLines,
)
from runtut.organisations.enums import Role
from runtut.organisations.models import Position
from runtut.organisations.queries import signing_place
from runtut.performance.queries import grid

HEADS = (Role.CAMAT, Role.KEPALA_PD, Role.KABAG)


def paper_facts(*, instrument: Instrument, signer: Position | None, on: date) -> PaperFacts:
    """Return what every paper of the run has on top and at its end (a constant number of queries)."""
    unit = instrument.case.unit
    head = letterhead_content(unit=unit)
    return PaperFacts(
        title=instrument.title,
        office=unit.name,
        period=instrument.case.period,
        year=instrument.case.year,
        place=signing_place(unit),
        letterhead=head,
        signatures=(signature_block(position=signer, on=on),) if signer else (),
    )


def instrument_facts(*, instrument: Instrument, signer: Position, on: date) -> InstrumentFacts:
    """Return the facts of the instrument itself."""
    return InstrumentFacts(
        paper=paper_facts(instrument=instrument, signer=signer, on=on),
        intro=instrument.intro,
        sections=tuple(
            SectionLines(
                tree.section.title,
                format_decimal(tree.section.weight),
                tuple(
                    QuestionLine(f"{tree.number}.{place}", one.text, one.kind_text, one.is_optional)
                    for place, one in enumerate(tree.questions, start=1)
                ),
            )
            for tree in tree_of(instrument)
        ),
    )


def results_facts(*, instrument: Instrument, signer: Position, on: date) -> ResultsFacts:
    """Return the facts of the table of results, signed by whoever collects."""
    return facts_of(results_of(instrument), paper_facts(instrument=instrument, signer=signer, on=on), on)


def report_facts(*, instrument: Instrument, on: date) -> ResultsFacts:
    """Return the facts of the report, signed by the head of the office, with what the office achieved in the
    evaluated period."""
    unit = instrument.case.unit
    heads = Position.objects.filter(unit=unit, role__in=HEADS, is_active=True).select_related("unit")
    paper = paper_facts(instrument=instrument, signer=heads.order_by("pk").first(), on=on)
    found = facts_of(results_of(instrument), paper, on)
    sheet = sheet_text(kind=TemplateKind.EVALUATION, unit=unit)
    return replace(found, reached=reached_in(instrument.case), sheet=sheet)


def reached_in(case: Case) -> tuple[Reached, ...]:
    """Return the indicators with a figure up to the end of a run's quarter, or of its year (four queries)."""
    rows = grid(unit=case.unit, quarter=Quarter(case.year, case.quarter or 4))
    return tuple(
        Reached(
            number=row.number,
            name=row.indicator.name,
            target=row.target_text,
            realised=row.reached_as_of,
            achievement=shown(row.achievement.shown),
        )
        for row in rows
        if row.to_date.value is not None
    )


def facts_of(results: Results, paper: PaperFacts, on: date) -> ResultsFacts:
    collecting = collecting_of(results.instrument)
    matrix = respondent_matrix(collecting=collecting, on=on) if collecting else []
    without = results.instrument.without
    return ResultsFacts(
        paper=paper,
        answered=tuple(one.position.short_title for one in matrix if one.has_answered),
        missing=tuple(
            (one.position.short_title, str(without.get(str(one.position.uid), "")))
            for one in matrix
            if not one.has_answered
        ),
        sections=tuple(
            ResultSection(
                name=one.section.title,
                weight=format_decimal(one.section.weight),
                score=shown(one.score),
                points=one.score,
                lines=tuple(line_of(question) for question in one.questions),
            )
            for one in results.sections
        ),
        total=shown(results.total.score),
        sum_text=results.total.sum_text,
        excluded=results.total.excluded,
        strengths=tuple(finding(one) for one in results.strengths),
        weaknesses=tuple(finding(one) for one in results.weaknesses),
    )


def shown(score: Decimal | None) -> str:
    return "" if score is None else format_decimal(score, 2)


def finding(one: QuestionResult) -> Finding:
    return Finding(one.number, one.question.aspect, one.question.text, shown(one.score))


def line_of(one: QuestionResult) -> ResultLine:
    """One question as it is printed: how the answers spread, or what each answered."""
    if QuestionKind(one.question.kind).is_scored:
        spread = "; ".join(f"{label}: {count} orang" for label, count in one.counts if count)
    else:
        spread = "\n".join(
            [f"{who}: {answer_text(one, given)}" for who, given in one.given]
            + [f"{who}: {item.file.name}" for who, item in one.files]
        )
    answered = len(one.given) or len({who for who, _ in one.files})
    return ResultLine(one.number, one.question.text, str(answered), spread, shown(one.score), one.score)


def answer_text(one: QuestionResult, answer: Answer) -> str:
    if answer.value is None:
        return str(answer.text)
    return f"{format_decimal(answer.value)} {one.question.measure}".strip()
