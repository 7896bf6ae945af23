"""The days of the made-up office, one move after the other, through the actions that its people have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db.models import Max

from runtut.cases.actions import start_case
from runtut.cases.actions.reminders import fire_reminders
from runtut.cases.enums import CaseState, FollowUpState, TaskState
from runtut.cases.models import Case, CaseEvent, FollowUp, Task
from runtut.cases.queries import step_of
from runtut.core import jobs
from runtut.core.dates import roman_month
from runtut.core.periods import Quarter
from runtut.demo.actions.desk import Move, Office, Turn
from runtut.demo.actions.turns import next_move
from runtut.demo.actions.turns.meetings import late_move
from runtut.demo.formulas import Planned, chance, timetable
from runtut.demo.queries import start_key, words
from runtut.documents.actions import register_letter
from runtut.documents.enums import Urgency
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion

NEWS = ("cases.act", "cases.notice_mail")
"""What the worker does at once after an act; papers are made later, whatever the day of the act."""

MINUTE = timedelta(minutes=1)
REMINDERS = 200
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Story:
    """One planned run: not begun, under way, or over with something left to do. `move` is what comes next in
    it, None once nothing does."""

    planned: Planned
    case: Case | None = None
    move: Move | None = None


class Life:
    """The office from its first day up to an instant. What has been lived is in the database alone: whoever
    lives it again goes on where it stopped."""

    def __init__(self, office: Office, until: datetime) -> None:
        self.office = office
        self.until = until
        today = office.unit.local_date(until)
        self.stories = [Story(one) for one in timetable(today, office.calendar.is_working_day)]
        self.versions = {
            version.procedure.library_key: version
            for version in ProcedureVersion.objects.filter(
                procedure__unit=office.unit, state=VersionState.EFFECTIVE
            ).select_related("procedure__unit")
        }
        cases = Case.objects.filter(start_key__in=[start_key(one.planned.key) for one in self.stories])
        known = {case.start_key: case for case in cases}
        for story in self.stories:
            story.case = known.get(start_key(story.planned.key))
        for story in self.stories:
            self.look(story)
        self.now = last_act(list(known.values())) or FIRST

    def look(self, story: Story) -> None:
        """Find what comes next in a story."""
        moves = list(self.moves_of(story))
        story.move = min(moves, key=lambda move: move.at) if moves else None

    def moves_of(self, story: Story) -> Iterator[Move]:
        if story.case is None:
            if story.planned.sop in self.versions and self.may_begin(story.planned):
                yield self.beginning(story)
            return
        story.case.refresh_from_db(fields=["state", "closed_at"])
        if story.case.state == CaseState.RUNNING and not story.planned.is_fresh:
            for task in open_tasks(story.case):
                yield next_move(Turn(self.office, story.planned, task, step_of(task)))
        elif story.case.state == CaseState.DONE:
            for item in left_to_do(story.case):
                yield late_move(self.office, item)

    def before(self, planned: Planned) -> Story | None:
        """Return the story that one goes on from: figures are collected, then measured, then evaluated; the
        year is reported on once its last quarter is measured."""
        return next((one for one in self.stories if one.planned.key == planned.goes_on_from), None)

    def may_begin(self, planned: Planned) -> bool:
        before = self.before(planned)
        return before is None or (before.case is not None and before.case.closed_at is not None)

    def morning_of(self, planned: Planned) -> datetime:
        """Return when a run begins: on its day, or on the morning after what it goes on from was done."""
        minutes = 3 + int(20 * chance("start", planned.key))
        day = self.office.morning(planned.starts_on, minutes)
        before = self.before(planned)
        if before is None or before.case is None or before.case.closed_at is None:
            return day
        return max(day, self.office.next_morning(before.case.closed_at, minutes))

    def beginning(self, story: Story) -> Move:
        """The letter that asks for the run is registered first; then the Camat starts it."""
        planned = story.planned
        asked = words()["letters"].get(planned.sop)
        at, starter = self.morning_of(planned), "camat"
        if planned.is_fresh:
            at, starter = self.office.evening(planned.starts_on) - 8 * MINUTE, "perencanaan"
        if asked is None or self.letter_of(planned) is not None:
            return Move(at + 4 * MINUTE, self.office.seat(starter), partial(self.begin, story))
        return Move(at, self.office.seat("penerima"), partial(self.register, planned))

    def letter_of(self, planned: Planned) -> IncomingLetter | None:
        asked = letter_for(planned)
        return IncomingLetter.objects.filter(
            unit=self.office.unit, sender=asked.sender, number=asked.number
        ).first()

    def register(self, planned: Planned, authority: Authority, at: datetime) -> None:
        letter = letter_for(planned)
        register_letter(
            unit=self.office.unit,
            sender=letter.sender,
            number=letter.number,
            date=letter.date,
            subject=letter.subject,
            urgency=Urgency.BIASA,
            received_at=at,
            file=None,
            authority=authority,
            at=at,
        )

    def begin(self, story: Story, authority: Authority, at: datetime) -> None:
        planned = story.planned
        version = self.versions[planned.sop]
        story.case = start_case(
            procedure_version=version,
            title=f"{version.title} {period_of(planned)}",
            year=planned.year,
            quarter=planned.quarter,
            letter=self.letter_of(planned) if planned.sop in words()["letters"] else None,
            authority=authority,
            at=at,
            key=start_key(planned.key),
        )

    def next_story(self) -> Story | None:
        """Return the story that goes on first, None once everything up to the last instant has been lived."""
        waiting = [story for story in self.stories if story.move is not None]
        story = min(waiting, key=lambda one: one.move.at if one.move else self.until, default=None)
        if story is None or story.move is None or self.moment(story.move) > self.until:
            return None
        return story

    def moment(self, move: Move) -> datetime:
        """Return when a move is made: in working time, and after what has been done already."""
        return self.office.working_moment(max(move.at, self.now + MINUTE))

    def live(self, moves: int, stopping: jobs.Asked) -> int:
        """Make so many moves at most, and none once `stopping` says so; return how many were made. Raises
        whatever an action refuses."""
        made = 0
        while made < moves and not stopping() and (story := self.next_story()) is not None:
            assert story.move is not None
            self.go_on_to(self.moment(story.move))
            authority = self.office.authority(story.move.by, self.now)
            story.move.act(authority, self.now)
            jobs.drain(at=self.now, topics=NEWS)
            self.look_again(story)
            made += 1
        return made

    def go_on_to(self, at: datetime) -> None:
        """Let the clock go on; with every new day the reminders that are due are given."""
        if self.office.unit.local_date(at) != self.office.unit.local_date(self.now):
            fire_reminders(at=at, limit=REMINDERS)
        self.now = at

    def look_again(self, lived: Story) -> None:
        """Find what comes next in a story, and once it is over in those that waited for it."""
        self.look(lived)
        if lived.case is not None and lived.case.state != CaseState.RUNNING:
            for story in self.stories:
                if story.case is None and story.planned.goes_on_from == lived.planned.key:
                    self.look(story)


def open_tasks(case: Case) -> list[Task]:
    found = Task.objects.filter(case=case, state=TaskState.OPEN).order_by("id")
    return list(
        found.select_related("case__unit", "case__letter", "case__procedure_version", "position__unit")
    )


def left_to_do(case: Case) -> list[FollowUp]:
    rows = FollowUp.objects.filter(case=case).exclude(state=FollowUpState.APPROVED)
    return list(rows.select_related("position__unit", "verifier__unit").order_by("id"))


def last_act(cases: list[Case]) -> datetime | None:
    found = CaseEvent.objects.filter(case_id__in=[case.pk for case in cases]).aggregate(last=Max("at"))
    last: datetime | None = found["last"]
    return last


def period_of(planned: Planned) -> str:
    return Quarter(planned.year, planned.quarter).label if planned.quarter else str(planned.year)


@dataclass(frozen=True)
class Letter:
    """A letter that asks for a run, dated some days before it."""

    sender: str
    number: str
    subject: str
    date: date


def letter_for(planned: Planned) -> Letter:
    """Return the letter that asks for a planned run."""
    given = words()["letters"][planned.sop]
    day = planned.starts_on - timedelta(days=2 + int(3 * chance("letter", planned.key)))
    number = 100 + int(800 * chance("number", planned.key))
    return Letter(
        sender=given["sender"],
        number=given["number"].format(no=number, when=f"{roman_month(day.month)}/{day.year}"),
        subject=given["subject"].format(period=period_of(planned)),
        date=day,
    )
