"""Somebody works in the made-up office while its past is still being lived: what they do stays, and the past
goes on beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from runtut.accounts.models import User
from runtut.cases.actions import complete_task, pause_case, start_case
from runtut.cases.enums import CaseState
from runtut.cases.models import Case, CaseEvent, Notice, Task
from runtut.cases.queries import verify_events
from runtut.config.commands.data import load_demonstration
from runtut.core import jobs
from runtut.core.audit import verify_streams
from runtut.core.periods import Quarter
from runtut.demo.actions import Lived, live_year
from runtut.demo.queries import living_since, progress, start_key
from runtut.organisations.models import Appointment, Authority, Position
from runtut.organisations.queries import authorities_of
from runtut.performance.actions import enter_realisation
from runtut.performance.models import Evidence, Indicator, Realisation
from runtut.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

UNTIL = datetime(2026, 11, 20, 3, tzinfo=UTC)
NOW = UNTIL + timedelta(seconds=20)


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True
    load_demonstration(at=UNTIL)


def who(key: str) -> Authority:
    user = User.objects.get(username=f"{key}.sukamaju")
    return authorities_of(user=user, on=UNTIL.date())[0]


def start_own(key: str = "s2", quarter: int = 3) -> Case:
    """The Camat starts a run, today."""
    version = ProcedureVersion.objects.get(
        procedure__library_key=key, procedure__unit__short_name="Kec. Sukamaju"
    )
    return start_case(
        procedure_version=version,
        title="Pengukuran yang saya mulai",
        year=2026,
        quarter=quarter,
        letter=None,
        authority=who("camat"),
        at=NOW,
    )


def live_till_begun(key: str) -> Lived:
    """Let the past go on, some moves at a time, until a planned run has begun."""
    for _ in range(40):
        lived = live_year(until=UNTIL, moves=10)
        if Case.objects.filter(start_key=start_key(key)).exists() or lived.is_over:
            return lived
    raise AssertionError(f"{key} never begins")


def test_a_run_of_ones_own_neither_ends_nor_delays_the_past() -> None:
    """The application is started anew besides; what is told of the present stays unread, and both histories
    hold."""
    own = start_own()
    load_demonstration(at=NOW)
    jobs.drain(at=NOW, topics=("cases.act",))

    lived = live_year(until=UNTIL, moves=9)

    assert (lived.moves, lived.is_over) == (9, False)
    assert living_since(at=NOW) == 2025
    assert Case.objects.get(start_key=start_key("s5.2025")).started_at.year == 2024
    assert not Realisation.objects.filter(indicator__unit=own.unit).exists(), "not loaded from the file"
    found = progress()
    assert found is not None and found.reached is not None
    assert found.reached.date() < date(2024, 12, 1)
    before = own.version
    own.refresh_from_db()
    assert (own.version, own.state) == (before, CaseState.RUNNING)
    told = Notice.objects.filter(task__case=own)
    assert told.exists() and not told.exclude(read_at=None).exists()
    assert list(verify_events()) == []
    assert verify_streams() == []


def test_a_run_that_somebody_acts_in_is_theirs_and_the_past_begins_its_own() -> None:
    live_year(until=UNTIL, moves=4)
    touched = Case.objects.get(start_key=start_key("s5.2025"))
    task = Task.objects.select_related("position").get(case=touched, state=1)
    authority = who(User.objects.get(appointments__position=task.position).username.split(".")[0])
    complete_task(
        task_uid=task.uid,
        case_version=0,
        data={"instruction": "Segera disiapkan", "outputs": {"Disposisi": {"text": "Segera"}}},
        key=None,
        authority=authority,
        at=NOW,
    )
    touched.refresh_from_db()
    acts = touched.version

    lived = live_year(until=UNTIL, moves=12)

    touched.refresh_from_db()
    assert (lived.moves, lived.is_over, touched.version) == (12, False, acts)
    again = Case.objects.get(title=touched.title, start_key=start_key("s5.2025", 2))
    assert again.version > 3
    assert not CaseEvent.objects.filter(case_id=again.pk, at__gt=UNTIL).exists()

    pause_case(case_uid=again.uid, reason="Menunggu surat edaran", authority=who("camat"), at=NOW)
    again.refresh_from_db()
    acts = again.version
    live_year(until=UNTIL, moves=4)

    again.refresh_from_db()
    assert again.version == acts
    assert Case.objects.filter(start_key=start_key("s5.2025", 3)).exists()


def test_a_step_that_nobody_can_do_ends_its_own_run_alone() -> None:
    """The Staf has left, as far as the office knows: the plan stays where it is, the quarters come."""
    staf = Position.objects.get(short_title="Staf", unit__path__startswith=start_own().unit.path)
    Appointment.objects.filter(position=staf).update(valid_until=date(2024, 10, 2))

    live_till_begun("s3.2025.1")
    live_year(until=UNTIL, moves=3)

    plan = Case.objects.get(start_key=start_key("s5.2025"))
    assert plan.state == CaseState.RUNNING
    assert Case.objects.get(start_key=start_key("s3.2025.1")).version > 1


def test_figures_that_somebody_has_typed_stay() -> None:
    owner = Position.objects.get(short_title="Kasi Pelayanan", unit__path__startswith=start_own().unit.path)
    indicator = Indicator.objects.filter(owner=owner).order_by("objective__sequence", "sequence")[0]
    quarter = Quarter(2025, 1)
    typed = enter_realisation(
        indicator=indicator,
        quarter=quarter,
        value_text="7",
        cause="Dari buku",
        authority=who("kasi2"),
        at=NOW,
    )

    for _ in range(40):
        live_year(until=UNTIL, moves=10)
        typed.refresh_from_db()
        if typed.submitted_at is not None:
            break

    assert (typed.value, typed.cause) == (7, "Dari buku")
    assert typed.submitted_at is not None and typed.submitted_at < UNTIL
    assert Evidence.objects.filter(realisation=typed).exists()
