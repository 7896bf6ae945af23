"""What the answers to an instrument come to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from runtut.evaluation import formulas
from runtut.evaluation.enums import QuestionKind, ResponseState
from runtut.evaluation.models import Answer, AnswerFile, Instrument, Question, Section
from runtut.evaluation.queries.instrument import tree_of

Given = tuple[str, Answer]
"""The short title of who answered, and the answer."""


@dataclass(frozen=True)
class QuestionResult:
    """One question: what everybody answered, and its score when it is scored and answered."""

    number: str
    question: Question
    given: tuple[Given, ...]
    files: tuple[tuple[str, AnswerFile], ...]
    score: Decimal | None

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often each answer of a scale, or of yes and no, was given; the lowest first."""
        question = self.question
        if question.kind == QuestionKind.YES_NO:
            labels = ["Tidak", "Ya"]
        else:
            labels = question.options or [f"Skala {step}" for step in range(1, question.steps + 1)]
        lowest = 0 if question.kind == QuestionKind.YES_NO else 1
        values = [answer.value for _, answer in self.given]
        return [(label, values.count(Decimal(step))) for step, label in enumerate(labels, start=lowest)]


@dataclass(frozen=True)
class SectionResult:
    number: int
    section: Section
    questions: tuple[QuestionResult, ...]
    score: Decimal | None


@dataclass(frozen=True)
class Results:
    """`answered` says how many positions sent their answers."""

    instrument: Instrument
    answered: int
    sections: tuple[SectionResult, ...]
    total: formulas.Total

    @property
    def scored(self) -> list[QuestionResult]:
        return [
            question
            for section in self.sections
            for question in section.questions
            if QuestionKind(question.question.kind).is_scored
        ]

    @property
    def strengths(self) -> list[QuestionResult]:
        questions = self.scored
        return [questions[place] for place in formulas.strongest([one.score for one in questions])]

    @property
    def weaknesses(self) -> list[QuestionResult]:
        questions = self.scored
        return [questions[place] for place in formulas.weakest([one.score for one in questions])]


def results_of(instrument: Instrument) -> Results:
    """Return the results of an instrument from the answers that were sent (five queries)."""
    sent = {"response__instrument": instrument, "response__state": ResponseState.SUBMITTED}
    given: dict[int, list[Given]] = defaultdict(list)
    answers = Answer.objects.filter(**sent).select_related("response__position")
    for answer in answers.order_by("response__position__sequence", "response_id"):
        given[answer.question_id].append((answer.response.position.short_title, answer))
    files: dict[int, list[tuple[str, AnswerFile]]] = defaultdict(list)
    standing = AnswerFile.objects.filter(**sent, removed_at__isnull=True)
    for file in standing.select_related("response__position", "file").order_by("id"):
        files[file.question_id].append((file.response.position.short_title, file))
    sections = []
    for tree in tree_of(instrument):
        questions = tuple(
            QuestionResult(
                f"{tree.number}.{place}",
                question,
                tuple(given[question.pk]),
                tuple(files[question.pk]),
                score_of(question, given[question.pk]),
            )
            for place, question in enumerate(tree.questions, start=1)
        )
        score = formulas.mean_score(one.score for one in questions)
        sections.append(SectionResult(tree.number, tree.section, questions, score))
    weighted = [formulas.Weighted(one.section.title, one.section.weight, one.score) for one in sections]
    return Results(
        instrument,
        instrument.responses.filter(state=ResponseState.SUBMITTED).count(),
        tuple(sections),
        formulas.total_score(weighted),
    )


def score_of(question: Question, given: list[Given]) -> Decimal | None:
    """Return the mean of the points of the answers given; None for what is not scored or not answered."""
    values = [answer.value for _, answer in given if answer.value is not None]
    if question.kind == QuestionKind.SCALE:
        return formulas.mean_score(formulas.scale_points(value, question.steps) for value in values)
    if question.kind == QuestionKind.YES_NO:
        return formulas.mean_score(formulas.yes_no_points(value) for value in values)
    return None
