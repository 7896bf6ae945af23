"""The number of an SOP from the office's register, and the day on which it takes effect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import EFFECTIVE, acting_camat, make_reviewed

from runtut.core import jobs
from runtut.documents.enums import RegisterKind
from runtut.documents.models import RegisterEntry
from runtut.documents.queries import next_sop_number
from runtut.procedures.actions import ratify
from runtut.procedures.enums import VersionState
from runtut.procedures.errors import SopNumberTaken
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import coming_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    made.office.unit.code = "KEC.SKM"
    made.office.unit.save()
    return made


def ratified(cast: Cast, key: str = "s2", number: str = "", later: int = 0) -> ProcedureVersion:
    return ratify(
        version=make_reviewed(cast, key),
        sop_number=number,
        effective_from=EFFECTIVE + timedelta(days=later),
        authority=acting_camat(cast),
        at=AT,
    )


def test_number_is_taken_from_the_register_by_the_pattern(cast):
    expected = next_sop_number(office=cast.office.unit, on=EFFECTIVE)
    assert ratified(cast).sop_number == expected == "000.8.3.3/1/KEC.SKM/2026"
    assert ratified(cast, "s3").sop_number == "000.8.3.3/2/KEC.SKM/2026"


def test_number_that_an_sop_bears_already_is_voided_and_passed_over(cast):
    ratified(cast, number="000.8.3.3/1/KEC.SKM/2026")
    assert ratified(cast, "s3").sop_number == "000.8.3.3/2/KEC.SKM/2026"
    taken = RegisterEntry.objects.filter(register__kind=RegisterKind.SOP).order_by("sequence")
    assert [(one.sequence, one.voided_at is not None) for one in taken] == [(1, True), (2, False)]


def test_number_that_is_written_otherwise_is_the_same_number(cast):
    first = ratified(cast, number="000.8.3.3/01/Kec.Skm/2026")
    second = make_reviewed(cast, "s3")

    proposed = coming_number(procedure=second.procedure, on=EFFECTIVE)
    with pytest.raises(SopNumberTaken, match=first.title):
        ratify(
            version=second,
            sop_number="000.8.3.3/1/KEC.SKM/2026",
            effective_from=EFFECTIVE,
            authority=acting_camat(cast),
            at=AT,
        )

    taken = ratify(
        version=second, sop_number="", effective_from=EFFECTIVE, authority=acting_camat(cast), at=AT
    )
    assert taken.sop_number == proposed == "000.8.3.3/2/KEC.SKM/2026"


def test_typed_number_takes_nothing_from_the_register(cast):
    ratified(cast, number="12/A/2026")
    assert not RegisterEntry.objects.filter(register__kind=RegisterKind.SOP).exists()


def test_version_takes_effect_when_its_day_begins(cast):
    version = ratified(cast, later=7)
    jobs.drain(at=AT + timedelta(days=5))
    early = ProcedureVersion.objects.get(pk=version.pk).state
    jobs.drain(at=AT + timedelta(days=8))

    assert (version.state, early) == (VersionState.RATIFIED, VersionState.RATIFIED)
    assert ProcedureVersion.objects.get(pk=version.pk).state == VersionState.EFFECTIVE
