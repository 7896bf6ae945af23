"""Random acts, legal and illegal, against a plain model of a run, on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.cases.factories import AT, Desk, Row

from runtut.cases import actions
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import (
    AlreadyCompleted,
    CaseIsClosed,
    CaseIsNotPaused,
    CaseIsPaused,
    MayNotSteer,
    NotYourTask,
    ReturnNotPermitted,
)
from runtut.cases.models import Case, CaseEvent, Task
from runtut.cases.queries import verify_case
from runtut.organisations.models import Authority
from runtut.procedures.enums import Mode

pytestmark = pytest.mark.django_db

ROWS = (
    Row(("camat",)),
    Row(("kasi1", "kasi2"), Mode.EACH, return_to=(1,)),
    Row(("pengelola",)),
    Row(("sekcam",), return_to=(3, 2)),
    Row(("camat",), joint=("staf",), return_to=(4, 1)),
)
CHAIRS = ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola", "staf")
STEERING = ("camat", "sekcam", "perencanaan")
WHY = "Alasan yang cukup panjang"

chairs = st.sampled_from(CHAIRS)
picks = st.integers(0, 7)

Key = tuple[int, int, str]
"""Step, round, chair: what the model knows of a task."""


class RunMachine(RuleBasedStateMachine):
    """The model: which chairs must act at which step and round; nothing else."""

    desk: Desk
    people: dict[str, Authority]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    @initialize()
    def begin(self) -> None:
        self.at = AT
        self.case = self.desk.start(authority=self.people["camat"])
        self.open: set[Key] = set()
        self.closed: dict[Key, TaskState] = {}
        self.rounds: dict[int, int] = {}
        self.moved: dict[Key, str] = {}
        self.state, self.paused, self.acts = CaseState.RUNNING, False, 1
        self.last: tuple[UUID, UUID, str] | None = None
        self.enter(1)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # The model

    def enter(self, step: int) -> None:
        self.rounds[step] = self.rounds.get(step, 0) + 1
        self.open = {(step, self.rounds[step], chair) for chair in ROWS[step - 1].who}

    def who(self, key: Key) -> str:
        """The chair that must act: the bound one, unless the task was handed on."""
        return self.moved.get(key, key[2])

    def row(self, key: Key) -> Task:
        step, round_no, chair = key
        return Task.objects.get(case=self.case, step_no=step, round=round_no, branch=self.branch(step, chair))

    def branch(self, step: int, chair: str) -> int:
        row = ROWS[step - 1]
        return row.who.index(chair) + 1 if row.mode == Mode.EACH else 0

    def pick(self, number: int) -> Key:
        return sorted(self.open)[number % len(self.open)]

    @property
    def step(self) -> int:
        return next(iter(self.open))[0]

    def is_running(self) -> bool:
        return self.state == CaseState.RUNNING

    # The acts

    def press(self, key: Key, chair: str, press: UUID) -> Any:
        self.at += timedelta(minutes=7)
        return actions.complete_task(
            task_uid=self.row(key).uid,
            case_version=self.case.version,
            data={},
            key=press,
            authority=self.people[chair],
            at=self.at,
        )

    def steer(self, chair: str) -> dict[str, Any]:
        self.at += timedelta(minutes=7)
        return {"authority": self.people[chair], "at": self.at}

    @precondition(is_running)
    @rule(number=picks, chair=chairs)
    def complete(self, number: int, chair: str) -> None:
        key, press = self.pick(number), uuid4()
        if chair != self.who(key):
            with pytest.raises(NotYourTask):
                self.press(key, chair, press)
        elif self.paused:
            with pytest.raises(CaseIsPaused):
                self.press(key, chair, press)
        else:
            self.do_complete(key, chair, press)

    @precondition(lambda self: self.is_running() and not self.paused)
    @rule(number=picks)
    def complete_rightly(self, number: int) -> None:
        """So that runs get somewhere."""
        key = self.pick(number)
        self.do_complete(key, self.who(key), uuid4())

    def do_complete(self, key: Key, chair: str, press: UUID) -> None:
        uid = self.row(key).uid
        self.press(key, chair, press)
        self.last, self.acts = (press, uid, chair), self.acts + 1
        self.open.remove(key)
        self.closed[key] = TaskState.DONE
        if self.open:
            return
        if key[0] == len(ROWS):
            self.state = CaseState.DONE
        else:
            self.enter(key[0] + 1)

    @precondition(is_running)
    @rule(number=picks, to=st.integers(1, 5), right=st.booleans(), other=chairs)
    def send_back(self, number: int, to: int, right: bool, other: str) -> None:
        key = self.pick(number)
        chair = self.who(key) if right else other
        form = {
            "task_uid": self.row(key).uid,
            "case_version": 0,
            "target_no": to,
            "reason": WHY,
            "key": uuid4(),
        }
        if chair != self.who(key):
            refusal: type[Exception] = NotYourTask
        elif self.paused:
            refusal = CaseIsPaused
        elif to not in ROWS[key[0] - 1].return_to:
            refusal = ReturnNotPermitted
        else:
            actions.return_task(**form, **self.steer(chair))
            self.acts += 1
            self.closed |= dict.fromkeys(self.open, TaskState.WITHDRAWN)
            self.closed[key] = TaskState.RETURNED
            self.enter(to)
            return
        with pytest.raises(refusal):
            actions.return_task(**form, **self.steer(chair))

    @precondition(lambda self: self.closed)
    @rule(number=picks, chair=chairs)
    def complete_what_is_closed(self, number: int, chair: str) -> None:
        key = sorted(self.closed)[number % len(self.closed)]
        with pytest.raises(AlreadyCompleted):
            self.press(key, chair, uuid4())

    @precondition(lambda self: self.last is not None)
    @rule()
    def send_the_last_form_again(self) -> None:
        assert self.last is not None
        press, uid, chair = self.last
        actions.complete_task(
            task_uid=uid, case_version=0, data={}, key=press, authority=self.people[chair], at=self.at
        )

    @rule(chair=chairs)
    def pause(self, chair: str) -> None:
        form = {"case_uid": self.case.uid, "reason": WHY}
        refusal = self.refusal_of_steering(chair) or (CaseIsPaused if self.paused else None)
        if refusal:
            with pytest.raises(refusal):
                actions.pause_case(**form, **self.steer(chair))
            return
        actions.pause_case(**form, **self.steer(chair))
        self.paused, self.acts = True, self.acts + 1

    @rule(chair=chairs)
    def resume(self, chair: str) -> None:
        refusal = self.refusal_of_steering(chair) or (None if self.paused else CaseIsNotPaused)
        if refusal:
            with pytest.raises(refusal):
                actions.resume_case(case_uid=self.case.uid, **self.steer(chair))
            return
        actions.resume_case(case_uid=self.case.uid, **self.steer(chair))
        self.paused, self.acts = False, self.acts + 1

    def refusal_of_steering(self, chair: str) -> type[Exception] | None:
        if chair not in STEERING:
            return MayNotSteer
        return None if self.is_running() else CaseIsClosed

    @precondition(lambda self: self.is_running() and not self.paused)
    @rule(number=picks, chair=st.sampled_from(STEERING), to=chairs)
    def hand_on(self, number: int, chair: str, to: str) -> None:
        key = self.pick(number)
        if any(self.who(one) == to for one in self.open):
            return
        actions.reassign_task(
            task_uid=self.row(key).uid,
            position=self.desk.position(to),
            reason=WHY,
            **self.steer(chair),
        )
        self.moved[key], self.acts = to, self.acts + 1

    @precondition(lambda self: self.is_running() and not self.paused)
    @rule(number=picks, chair=st.sampled_from(STEERING), minutes=st.integers(1, 900))
    def extend(self, number: int, chair: str, minutes: int) -> None:
        task = self.row(self.pick(number))
        actions.extend_task(task_uid=task.uid, minutes=minutes, reason=WHY, **self.steer(chair))
        self.acts += 1
        assert Task.objects.get(pk=task.pk).due_at > task.due_at

    @precondition(lambda self: self.acts > 12)
    @rule(chair=chairs)
    def cancel(self, chair: str) -> None:
        form = {"case_uid": self.case.uid, "reason": WHY}
        if refusal := self.refusal_of_steering(chair):
            with pytest.raises(refusal):
                actions.cancel_case(**form, **self.steer(chair))
            return
        actions.cancel_case(**form, **self.steer(chair))
        self.closed |= dict.fromkeys(self.open, TaskState.WITHDRAWN)
        self.open, self.paused = set(), False
        self.state, self.acts = CaseState.CANCELLED, self.acts + 1

    # What must hold after every act, allowed or refused

    @invariant()
    def the_database_is_as_the_model(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        expected = {
            (step, number, self.branch(step, chair)): state
            for (step, number, chair), state in (
                self.closed | dict.fromkeys(self.open, TaskState.OPEN)
            ).items()
        }
        found = Task.objects.filter(case=case).values_list("step_no", "round", "branch", "state")
        assert {(step, number, branch): state for step, number, branch, state in found} == expected
        assert (case.state, case.paused_at is not None) == (self.state, self.paused)
        for key in self.open:
            assert self.row(key).position == self.desk.position(self.who(key))

    @invariant()
    def every_act_is_one_event_in_a_whole_chain(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        assert case.version == self.acts == CaseEvent.objects.filter(case_id=case.pk).count()
        assert verify_case(case=case) == []


def test_random_acts_keep_the_run_as_a_plain_model_says() -> None:
    desk = Desk.make(ROWS)

    class Machine(RunMachine):
        pass

    Machine.desk = desk
    Machine.people = {chair: desk.who(chair) for chair in CHAIRS}

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
