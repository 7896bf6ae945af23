"""The answers of one position as a form: every question with what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from runtut.core.errors import DomainError
from runtut.core.numbers import format_decimal
from runtut.documents.actions import store_file
from runtut.evaluation import actions
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.models import Answer, AnswerFile, Instrument, Question, Response
from runtut.evaluation.queries import Collecting, collecting_of, respondents_of, response_of, tree_of
from runtut.organisations.models import Authority, Position
from runtut.web.frame.authority import acting_for, moment
from runtut.web.frame.parsing import whole_number


@dataclass(frozen=True)
class AnswerRow:
    """One question; `text` as typed, `choices` of value and label for what is chosen."""

    number: str
    question: Question
    text: str
    choices: tuple[tuple[str, str], ...]
    files: tuple[AnswerFile, ...]
    error: str

    @property
    def name(self) -> str:
        return f"j-{self.question.uid}"

    @property
    def is_answered(self) -> bool:
        return bool(self.text.strip() or self.files)

    @property
    def shown(self) -> str:
        """The answer in words."""
        return dict(self.choices).get(self.text, self.text)


@dataclass
class AnswerSheet:
    """Everything a respondent sees. `problems` are (sentence, anchor) pairs."""

    instrument: Instrument
    collecting: Collecting
    position: Position
    authority: Authority
    response: Response | None
    sections: list[tuple[Any, list[AnswerRow]]]
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.collecting.is_open and not (self.response and self.response.is_submitted)

    @property
    def version(self) -> int:
        return self.response.version if self.response else 0

    @property
    def rows(self) -> list[AnswerRow]:
        return [row for _, rows in self.sections for row in rows]

    @property
    def answered(self) -> int:
        return sum(row.is_answered for row in self.rows)


def own_sheet(
    request: HttpRequest, instrument: Instrument, problems: list[tuple[str, str]] | None = None
) -> AnswerSheet | None:
    """The sheet of the position that the reader acts for; `?jabatan=` picks one of several. None for whoever
    is not asked, and before the answering has begun."""
    collecting = None if instrument.is_draft else collecting_of(instrument)
    if collecting is None:
        return None
    chosen = request.POST.get("jabatan") or request.GET.get("jabatan", "")
    mine = [
        (position, authority)
        for position in respondents_of(collecting)
        if (authority := acting_for(request, position)) is not None
    ]
    found = next((one for one in mine if str(one[0].uid) == chosen), None) or next(iter(mine), None)
    return sheet_of(request, collecting, *found, problems=problems or []) if found else None


def sheet_of(
    request: HttpRequest,
    collecting: Collecting,
    position: Position,
    authority: Authority,
    *,
    problems: list[tuple[str, str]],
) -> AnswerSheet:
    response = response_of(collecting.instrument, position)
    answers = {one.question_id: one for one in response.answers.all()} if response else {}
    files = list(response.files.all()) if response else []
    typed = request.POST if problems else {}
    errors = {anchor: sentence for sentence, anchor in problems}
    sections = []
    for tree in tree_of(collecting.instrument):
        rows = []
        for place, question in enumerate(tree.questions, start=1):
            name = f"j-{question.uid}"
            rows.append(
                AnswerRow(
                    f"{tree.number}.{place}",
                    question,
                    str(typed.get(name, written(question, answers.get(question.pk)))),
                    choices_of(question),
                    tuple(one for one in files if one.question_id == question.pk),
                    errors.get(name, ""),
                )
            )
        sections.append((tree, rows))
    return AnswerSheet(collecting.instrument, collecting, position, authority, response, sections, problems)


def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind == QuestionKind.YES_NO:
        return (("ya", "Ya"), ("tidak", "Tidak"))
    if question.kind != QuestionKind.SCALE:
        return ()
    names = question.options or [str(step) for step in range(1, question.steps + 1)]
    return tuple((str(step), name) for step, name in enumerate(names, start=1))


def written(question: Question, answer: Answer | None) -> str:
    """A stored answer as one would type it."""
    if answer is None:
        return ""
    if question.kind == QuestionKind.YES_NO:
        return "ya" if answer.value else "tidak"
    return answer.text if answer.value is None else format_decimal(answer.value)


def keep_answers(request: HttpRequest, sheet: AnswerSheet) -> bool:
    """Save what was typed and store what was given; what is refused is told, the rest is kept."""
    common: dict[str, Any] = {
        "instrument": sheet.instrument,
        "position": sheet.position,
        "authority": sheet.authority,
        "at": moment(request),
    }
    texts = {
        row.question.uid: request.POST.get(row.name, "")
        for row in sheet.rows
        if row.name in request.POST or row.choices
    }
    try:
        saved, refusals = actions.save_answers(
            texts=texts, version=whole_number(request.POST.get("versi", ""), None), **common
        )
        sheet.response = saved
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        refusals = [refusal]
    sheet.problems += [(one.sentence, one.field or "") for one in refusals]
    for row in sheet.rows:
        for upload in request.FILES.getlist(f"berkas-{row.question.uid}"):
            keep_file(sheet, row, upload, common)
    return not sheet.problems


def keep_file(sheet: AnswerSheet, row: AnswerRow, upload: Any, common: dict[str, Any]) -> None:
    try:
        file = store_file(
            unit=sheet.instrument.case.unit,
            name=upload.name or "",
            content=upload.read(),
            authority=sheet.authority,
            at=common["at"],
        )
        actions.add_answer_file(question=row.question, file=file, **common)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        sheet.problems.append((refusal.sentence, row.name))
