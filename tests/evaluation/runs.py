"""S4 of the library in the demonstration kabupaten, with an instrument that is really made and answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.cases.meetings import MeetingRun

from runtut.cases import actions as cases
from runtut.cases.models import Task
from runtut.cases.queries import gates_of, step_of, task_by_uid
from runtut.cases.registry import Gate
from runtut.evaluation import actions
from runtut.evaluation.models import Instrument, Question
from runtut.evaluation.queries import collecting_of, instrument_of, respondents_of, tree_of
from runtut.organisations.models import Authority, Position

ANSWERS = {"skala": "4", "ya_tidak": "ya", "angka": "12,5", "teks": "Perlu pendampingan."}


class EvaluationRun(MeetingRun):
    """`silent` do not answer; why they are not waited for is given instead."""

    def __init__(self) -> None:
        super().__init__("s4")
        self.silent: set[int] = set()

    def answers(self, task: Task, authority: Authority) -> dict[str, Any]:
        topic = step_of(task).topic
        if topic == "instrument_report":
            return {"follow_up": f"Bukti realisasi dilengkapi setiap bulan, putaran {task.round}."}
        if topic != "instrument":
            return super().answers(task, authority)
        if step_of(task).work == "prepare":
            self.make(task, authority)
            return {}
        return {"without": self.collect()}

    def make(self, task: Task, authority: Authority) -> Instrument:
        """Take the ready-made instrument, or in a later round what the return has copied."""
        found = instrument_of(task.case)
        if found is not None:
            return found
        return actions.open_instrument(case=task.case, example=True, authority=authority, at=self.at)

    def collect(self) -> dict[str, str]:
        """Everybody answers but the silent; their reasons are returned."""
        for position in self.respondents():
            if position.pk not in self.silent:
                self.answer(position)
        return {str(one.uid): "Sedang dinas luar." for one in self.respondents() if one.pk in self.silent}

    @property
    def instrument(self) -> Instrument:
        found = instrument_of(self.case)
        assert found is not None
        return found

    def respondents(self) -> list[Position]:
        collecting = collecting_of(self.instrument)
        assert collecting is not None
        return respondents_of(collecting)

    def questions(self) -> list[Question]:
        return [one for tree in tree_of(self.instrument) for one in tree.questions]

    def given(self, position: Position) -> dict[str, Any]:
        return {
            "instrument": self.instrument,
            "position": position,
            "authority": self.holder(position),
            "at": self.at,
        }

    def answer(self, position: Position, **other: str) -> None:
        """Answer everything, by kind of question, and send it."""
        texts = {**ANSWERS, **other}
        typed = {one.uid: texts[one.kind] for one in self.questions() if one.kind in texts}
        actions.save_answers(texts=typed, **self.given(position))
        actions.submit_response(**self.given(position))

    def until(self, step_no: int) -> Task:
        """Do every step before one, and return the open task."""
        while True:
            task = self.next_task()
            assert task is not None
            task = task_by_uid(task.uid)
            if task.step_no >= step_no:
                return task
            self.do(task)

    def do(self, task: Task, **data: Any) -> None:
        authority = self.holder(task.position)
        given = data or self.answers(task, authority)
        cases.complete_task(
            task_uid=task.uid,
            case_version=0,
            data=given,
            key=uuid4(),
            authority=authority,
            at=self.at,
        )

    def gates(self, task: Task, **data: Any) -> dict[str, Gate]:
        return {gate.code: gate for gate in gates_of(task=task, data=data, at=self.at)}

    def position(self, title: str) -> Position:
        return next(one for one in self.positions if one.short_title == title)
