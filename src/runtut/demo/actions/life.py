"""The days of the made-up office, one move after the other, through the actions that its people have."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from runtut.cases.actions import start_case
from runtut.cases.actions.reminders import fire_reminders
from runtut.cases.enums import CaseState
from runtut.cases.models import Case, CaseEvent
from runtut.cases.queries import signatures_awaited, step_of
from runtut.core import jobs
from runtut.core.errors import DomainError
from runtut.demo.actions.desk import Move, NobodyThere, Office, Turn
from runtut.demo.actions.letters import letter_for, period_of
from runtut.demo.actions.turns import next_move
from runtut.demo.actions.turns.filing import filing_move
from runtut.demo.actions.turns.meetings import late_move
from runtut.demo.actions.turns.signing import signing_move
from runtut.demo.formulas import Planned, chance, timetable
from runtut.demo.queries import checkups_due, last_act, left_to_do, open_tasks, start_key, words
from runtut.documents.actions import register_letter
from runtut.documents.enums import Urgency
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.procedures.actions import finish_checkup
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion
from runtut.reports.queries import checkup_figures, rows_to_judge

logger = logging.getLogger(__name__)

NEWS = ("cases.act", "cases.notice_mail")
"""What the worker does at once after an act; papers are made later, whatever the day of the act."""

MINUTE = timedelta(minutes=1)
REMINDERS = 200
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


ATTEMPTS = 3
"""How often a planned run is begun, each time because somebody has made the one before their own."""


@dataclass
class Story:
    """One planned run: not begun, under way, or over with something left to do. `move` is what comes next in
    it, None once nothing does. It is set aside when an action refuses its next move."""

    planned: Planned
    case: Case | None = None
    attempt: int = 1
    move: Move | None = None
    is_set_aside: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing needs to wait for it any more."""
        return self.is_set_aside or (self.case is not None and self.case.closed_at is not None)


class Life:
    """The office from its first day up to an instant. What has been lived is in the database alone: whoever
    lives it again goes on where it stopped.

    People may work there meanwhile. Their acts come after that instant, and by that they are known: a run in
    which somebody has acted is theirs, and the past begins one of its own instead.
    """

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
        known = self.take_up()
        for story in self.stories:
            self.look(story)
        self.now = last_act(known, until) or FIRST

    def take_up(self) -> list[Case]:
        """Give each story the newest run begun for it, and return all runs begun."""
        keys = {
            start_key(story.planned.key, attempt): (story, attempt)
            for story in self.stories
            for attempt in range(1, ATTEMPTS + 1)
        }
        cases = list(Case.objects.filter(start_key__in=keys).order_by("id"))
        for case in cases:
            assert case.start_key is not None, "found by it"
            story, story_attempt = keys[case.start_key]
            story.case, story.attempt = case, story_attempt
        return cases

    def look(self, story: Story) -> None:
        """Find what comes next in a story; one whose run is somebody else's by now begins anew."""
        if story.case is not None:
            story.case.refresh_from_db(fields=["state", "closed_at"])
            if story.attempt < ATTEMPTS and self.is_taken_over(story.case):
                story.case, story.attempt = None, story.attempt + 1
        moves = list(self.moves_of(story))
        story.move = min(moves, key=lambda move: move.at) if moves else None

    def is_taken_over(self, case: Case) -> bool:
        """Tell whether somebody has acted in a run that is not done."""
        return case.state != CaseState.DONE and self.is_touched(case)

    def is_touched(self, case: Case) -> bool:
        return CaseEvent.objects.filter(case_id=case.pk, at__gt=self.until).exists()

    def moves_of(self, story: Story) -> Iterator[Move]:
        if story.case is None:
            if story.planned.sop in self.versions and self.may_begin(story.planned):
                yield self.beginning(story)
            return
        if self.is_touched(story.case):
            return
        for turn in signatures_awaited(story.case):
            yield signing_move(self.office, turn)
        if story.case.state == CaseState.RUNNING and not story.planned.is_fresh:
            for task in open_tasks(story.case):
                yield next_move(Turn(self.office, story.planned, task, step_of(task)))
        elif story.case.state == CaseState.DONE:
            for item in left_to_do(story.case):
                yield late_move(self.office, item)
            if move := filing_move(self.office, story.case):
                yield move

    def before(self, planned: Planned) -> Story | None:
        """Return the story that one goes on from: figures are collected, then measured, then evaluated; the
        year is reported on once its last quarter is measured."""
        return next((one for one in self.stories if one.planned.key == planned.goes_on_from), None)

    def may_begin(self, planned: Planned) -> bool:
        before = self.before(planned)
        return before is None or before.is_settled

    def morning_of(self, planned: Planned) -> datetime:
        """Return when a run begins: on its day, or on the morning after what it goes on from was done; what
        somebody has done only now is not waited for."""
        minutes = 3 + int(20 * chance("start", planned.key))
        day = self.office.morning(planned.starts_on, minutes)
        before = self.before(planned)
        done = before.case.closed_at if before and before.case else None
        if done is None or done > self.until:
            return day
        return max(day, self.office.next_morning(done, minutes))

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
        asked = letter_for(planned, self.office)
        return IncomingLetter.objects.filter(
            unit=self.office.unit, sender=asked.sender, number=asked.number
        ).first()

    def register(self, planned: Planned, authority: Authority, at: datetime) -> None:
        letter = letter_for(planned, self.office)
        register_letter(
            unit=self.office.unit,
            sender=letter.sender,
            number=letter.number,
            date=letter.date,
            subject=letter.subject,
            urgency=Urgency.BIASA,
            received_on=self.office.unit.local_date(at),
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
            key=start_key(planned.key, story.attempt),
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
        """Try so many moves at most, and none once `stopping` says so; return how many were made."""
        made = tried = 0
        while tried < moves and not stopping() and (story := self.next_story()) is not None:
            made += self.go_on(story)
            tried += 1
        return made

    def go_on(self, story: Story) -> bool:
        """Make the next move of a story. One that an action refuses, because of what somebody else has done,
        sets the story aside for this time; what would have waited for it goes on without."""
        assert story.move is not None
        self.go_on_to(self.moment(story.move))
        try:
            authority = self.office.authority(story.move.by, self.now)
            story.move.act(authority, self.now)
        except (DomainError, NobodyThere) as refusal:
            logger.warning("The past leaves %s at %s: %s", story.planned.key, self.now, refusal)
            story.is_set_aside = True
            self.look_again(story)
            return False
        jobs.drain(at=self.now, topics=NEWS)
        self.look_again(story)
        return True

    def go_on_to(self, at: datetime) -> None:
        """Let the clock go on; with every new day the reminders that are due are given."""
        if self.office.unit.local_date(at) != self.office.unit.local_date(self.now):
            fire_reminders(at=at, limit=REMINDERS)
            self.judge(at)
        self.now = at

    def judge(self, at: datetime) -> None:
        """Have the SOPs judged whose day has come: in this office they run as they should."""
        for checkup, position in checkups_due(self.office.unit, at):
            figures = checkup_figures(checkup=checkup, at=at)
            rows = rows_to_judge(checkup=checkup, figures=figures)
            finish_checkup(
                checkup=checkup,
                rows=[replace(row, good=True) for row in rows],
                summary=figures.words,
                authority=self.office.authority(position, at),
                at=at,
            )

    def look_again(self, lived: Story) -> None:
        """Find what comes next in a story, and once it is over in those that waited for it."""
        if lived.is_set_aside:
            lived.move = None
        else:
            self.look(lived)
        if lived.is_settled:
            for story in self.stories:
                if story.case is None and story.planned.goes_on_from == lived.planned.key:
                    self.look(story)
