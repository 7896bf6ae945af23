from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.cases.factories import AT, S2_LIKE, Desk, Row, make_procedure
from tests.cast import make_office

from runtut.cases import registry
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import (
    CalledProcedureMissing,
    LetterFromElsewhere,
    MayNotStart,
    PerformerUnbound,
    PeriodInvalid,
    ProcedureNotEffective,
    StartBeforeLetter,
    TitleMissing,
)
from runtut.cases.models import Case, CaseBinding, Task
from runtut.core.errors import DomainError
from runtut.core.models import AuditEntry
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.rules import system_authority
from runtut.procedures.enums import VersionState
from runtut.procedures.models import PerformerBinding
from runtut.procedures.queries import bound_positions

pytestmark = pytest.mark.django_db


def make_letter(desk: Desk, unit: OrganisationUnit, written: date) -> IncomingLetter:
    return IncomingLetter.objects.create(
        region=unit.region,
        unit=unit,
        register_number="1/2026",
        sender="Bupati",
        number="050/12",
        date=written,
        subject="Pengukuran kinerja",
        received_on=written,
        registered_at=AT - timedelta(hours=1),
        registered_by=desk.office.people["umum"],
    )


def test_start_opens_the_first_task_and_copies_the_bindings() -> None:
    desk = Desk.make()

    case = desk.start()

    task = Task.objects.get(case=case)
    assert (task.step_no, task.round, task.branch, task.state) == (1, 1, 0, TaskState.OPEN)
    assert task.position == desk.position("camat")
    assert (task.unit, task.supervising_unit) == (desk.office.unit, desk.office.unit.parent)
    assert CaseBinding.objects.filter(case=case).count() == 6
    assert (case.state, case.version, case.unit) == (CaseState.RUNNING, 1, desk.office.unit)
    assert AuditEntry.objects.filter(action="cases.case.started", subject=case.uid).count() == 1


def test_start_plans_the_end_from_the_standard_times() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",))])

    case = desk.start()

    assert case.due_at.date() == date(2026, 3, 4)


def test_start_with_the_same_key_starts_once() -> None:
    desk = Desk.make()
    key = uuid4()

    first, second = desk.start(key=key), desk.start(key=key)

    assert first.pk == second.pk
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", ["camat", "sekcam", "perencanaan"])
def test_start_by_the_first_performer_or_whoever_steers(key: str) -> None:
    desk = Desk.make()

    assert desk.start(key).started_by == desk.office.people[key]


@pytest.mark.parametrize("key", ["kasi1", "pengelola", "staf", "umum"])
def test_start_refuses_others_of_the_office(key: str) -> None:
    desk = Desk.make()

    with pytest.raises(MayNotStart) as refusal:
        desk.start(key)

    assert "camat" in refusal.value.sentence
    assert not Case.objects.exists()


def test_start_refuses_a_head_of_another_office_and_the_system() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")

    for authority in (other.authority("camat"), system_authority(region=desk.office.unit.region)):
        with pytest.raises(MayNotStart):
            desk.start(authority=authority)


def test_start_names_the_unbound_performers() -> None:
    desk = Desk.make()
    PerformerBinding.objects.filter(performer__name__in=("kasi1", "pengelola")).delete()

    with pytest.raises(PerformerUnbound) as refusal:
        desk.start()

    assert "kasi1" not in refusal.value.sentence.replace("kasi1, pengelola", "")
    assert "pengelola" in refusal.value.sentence
    assert not Case.objects.exists()


def test_start_takes_a_position_out_of_use_for_none() -> None:
    desk = Desk.make()
    pengelola = desk.office.positions["pengelola"]
    pengelola.is_active = False
    pengelola.save()

    with pytest.raises(PerformerUnbound) as refusal:
        desk.start()

    assert "pengelola" in refusal.value.sentence
    performer = desk.version.performers.get(name="pengelola")
    assert bound_positions(desk.version)[performer.pk] == []


@pytest.mark.parametrize("state", [state for state in VersionState if state != VersionState.EFFECTIVE])
def test_start_refuses_an_sop_that_is_not_in_force(state: VersionState) -> None:
    desk = Desk.make()
    desk.version.state = state
    desk.version.save()

    with pytest.raises(ProcedureNotEffective):
        desk.start()


def test_start_refuses_an_sop_that_comes_into_force_tomorrow() -> None:
    desk = Desk.make()
    desk.version.effective_from = date(2026, 3, 3)
    desk.version.save()

    with pytest.raises(ProcedureNotEffective):
        desk.start()


def test_start_refuses_a_called_sop_that_the_office_lacks() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",), calls="s-rapat")])

    with pytest.raises(CalledProcedureMissing) as refusal:
        desk.start()

    assert "Langkah 2" in refusal.value.sentence


def test_start_with_a_letter_of_today() -> None:
    desk = Desk.make()

    case = desk.start(letter=make_letter(desk, desk.office.unit, date(2026, 3, 2)))

    assert case.letter is not None


def test_start_refuses_a_letter_dated_after_it() -> None:
    desk = Desk.make()

    with pytest.raises(StartBeforeLetter) as refusal:
        desk.start(letter=make_letter(desk, desk.office.unit, date(2026, 3, 3)))

    assert refusal.value.field == "letter"
    assert "3 Maret 2026" in refusal.value.sentence


def test_start_refuses_a_letter_of_another_office() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")

    with pytest.raises(LetterFromElsewhere):
        desk.start(letter=make_letter(desk, other.unit, date(2026, 3, 1)))


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"title": "  "}, TitleMissing, "title"),
        ({"title": "x" * 241}, TitleMissing, "title"),
        ({"quarter": 5}, PeriodInvalid, "quarter"),
        ({"quarter": 0}, PeriodInvalid, "quarter"),
        ({"year": 26}, PeriodInvalid, "year"),
    ],
)
def test_start_refuses_bad_input_at_its_field(
    given: dict[str, object], refusal: type[DomainError], field: str
) -> None:
    desk = Desk.make()

    with pytest.raises(refusal) as caught:
        desk.start(**given)

    assert caught.value.field == field
    assert not Case.objects.exists()


class PeriodClosed(DomainError):
    code = "period_closed"
    template = "Periode ini terkunci."


def test_start_asks_the_checks_that_upper_rooms_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk.make()

    def refuse(**given: object) -> None:
        raise PeriodClosed

    monkeypatch.setattr(registry, "_start_checks", [refuse])

    with pytest.raises(PeriodClosed):
        desk.start()
    assert not Case.objects.exists()


def test_bindings_of_a_running_case_do_not_follow_the_sop() -> None:
    desk = Desk.make()
    case = desk.start()
    PerformerBinding.objects.filter(performer__name="sekcam").update(position=desk.position("staf"))

    desk.complete(case, "camat")

    assert Task.objects.get(case=case, step_no=2).position == desk.position("sekcam")


def test_two_offices_run_side_by_side() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")
    theirs = Desk(other, make_procedure(other, S2_LIKE))

    desk.complete(desk.start(), "camat")
    theirs.start()

    assert sorted(Task.objects.filter(state=TaskState.OPEN).values_list("step_no", flat=True)) == [1, 2]
