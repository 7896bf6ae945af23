"""Which office lacks which SOP, and which drafts wait to be mended."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, make_cast
from tests.organisations.factories import make_unit
from tests.procedures.factories import make_reviewed

from runtut.organisations.enums import UnitKind
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.actions import reopen_draft
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import Lack, standing_of, versions_to_mend

pytestmark = pytest.mark.django_db
TITLE = "Pengukuran Data Kinerja"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def make_sop(
    unit: OrganisationUnit, *states: VersionState, title: str = TITLE, library_key: str = "s2"
) -> Procedure:
    """An SOP of an office whose versions stand in these states."""
    procedure = Procedure.objects.create(
        region=unit.region, unit=unit, title=title, library_key=library_key, created_at=AT
    )
    for number, state in enumerate(states, start=1):
        ProcedureVersion.objects.create(
            region=unit.region, procedure=procedure, number=number, state=state, title=title
        )
    return procedure


def lacks(*units: OrganisationUnit) -> list[tuple[Lack, ...]]:
    return [one.lacks for one in standing_of(units, on=AT.date())]


@pytest.mark.parametrize(
    ("states", "is_drafted"),
    [
        ([VersionState.WITHDRAWN], False),
        ([VersionState.SUPERSEDED, VersionState.WITHDRAWN], False),
        ([VersionState.WITHDRAWN, VersionState.DRAFT], True),
        ([VersionState.RATIFIED], True),
    ],
)
def test_what_was_withdrawn_is_not_in_the_making(
    states: list[VersionState], is_drafted: bool, cast: Cast
) -> None:
    make_sop(cast.office.unit, VersionState.EFFECTIVE)
    make_sop(cast.other_office.unit, *states)

    assert lacks(cast.office.unit, cast.other_office.unit) == [(), (Lack(TITLE, is_drafted),)]


def test_an_sop_that_an_office_wrote_itself_is_the_one_of_the_library_by_its_title(cast: Cast) -> None:
    make_sop(cast.office.unit, VersionState.EFFECTIVE)
    make_sop(cast.other_office.unit, VersionState.EFFECTIVE, title=TITLE.upper(), library_key="")

    assert lacks(cast.office.unit, cast.other_office.unit) == [(), ()]


@pytest.mark.parametrize("titles", [(TITLE, f"{TITLE} II"), (f"{TITLE} II", TITLE)])
def test_one_of_two_sops_of_an_office_in_force_is_enough(titles: tuple[str, str], cast: Cast) -> None:
    make_sop(cast.office.unit, VersionState.EFFECTIVE, title=titles[0])
    make_sop(cast.office.unit, VersionState.DRAFT, title=titles[1])
    make_sop(cast.other_office.unit, VersionState.EFFECTIVE)

    assert lacks(cast.office.unit, cast.other_office.unit) == [(), ()]


def test_an_office_with_two_sops_of_one_subject_counts_once(cast: Cast) -> None:
    third = make_unit("Kec. Sukarame", UnitKind.KECAMATAN, cast.kabupaten)
    make_sop(cast.office.unit, VersionState.EFFECTIVE)
    make_sop(cast.office.unit, VersionState.EFFECTIVE, title=f"{TITLE} II")

    assert lacks(cast.office.unit, cast.other_office.unit, third) == [(), (), ()]


@pytest.mark.parametrize("has_approver", [True, False])
def test_a_draft_sent_back_waits_with_or_without_an_approver(has_approver: bool, cast: Cast) -> None:
    version = make_reviewed(cast)
    if not has_approver:
        ProcedureVersion.objects.filter(pk=version.pk).update(approver_position=None)
    sari = cast.authority(cast.sari)
    reopen_draft(version=version, reason="Waktu langkah 5 terlalu lama", authority=sari, at=AT)
    of_sari = {sari.position_id}

    waiting = versions_to_mend(position_ids=of_sari, unit_paths=[cast.office.unit.path])

    assert [one.pk for one in waiting] == [version.pk]
    assert versions_to_mend(position_ids={0}, unit_paths=[cast.office.unit.path]) == []
