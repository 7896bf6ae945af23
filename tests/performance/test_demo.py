from __future__ import annotations

from decimal import Decimal

import pytest
from pytest_django import Settings
from tests.performance.factories import AT, TW2, TW3, TW4
from tests.replay import replayed

from runtut.core.models import AuditEntry
from runtut.core.periods import Quarter
from runtut.organisations.actions import load_demo
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.models import OrganisationUnit
from runtut.performance import queries
from runtut.performance.actions import load_demo_performance
from runtut.performance.enums import RealisationState
from runtut.performance.models import Indicator, Objective, PeriodLock, Realisation, Target

pytestmark = pytest.mark.django_db

KECAMATAN = ["Kec. Sukamaju", "Kec. Sukasari", "Kec. Sukarame"]
KASI = {"Kasi Pemerintahan", "Kasi Pelayanan", "Kasi PMD", "Kasi Trantib", "Kasi Kesejahteraan"}


@replayed
def load_figures() -> dict[str, int]:
    load_demo(at=AT)
    return load_demo_performance(at=AT)


@pytest.fixture
def demo(db: None, settings: Settings) -> dict[str, int]:
    settings.DEMO = True
    return load_figures()


def office(name: str = "Kec. Sukamaju") -> OrganisationUnit:
    return OrganisationUnit.objects.get(short_name=name)


def test_demo_is_refused_outside_a_demonstration(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(DemoNotAllowed):
        load_demo_performance(at=AT)


def test_demo_without_its_units_adds_nothing(db: None, settings: Settings) -> None:
    settings.DEMO = True

    assert set(load_demo_performance(at=AT).values()) == {0}


def test_demo_adds_the_offices_once(demo: dict[str, int]) -> None:
    assert demo == {
        "objectives": Objective.objects.count(),
        "indicators": Indicator.objects.count(),
        "targets": Target.objects.count(),
        "realisations": Realisation.objects.count(),
        "locks": PeriodLock.objects.count(),
    }
    assert (demo["objectives"], demo["indicators"], demo["locks"]) == (14, 28, 24)
    entries = AuditEntry.objects.filter(action="performance.demo.loaded")
    assert entries.count() == 4

    assert set(load_demo_performance(at=AT).values()) == {0}
    assert entries.count() == 4


@pytest.mark.parametrize("name", KECAMATAN)
def test_demo_gives_every_section_something_to_fill_in_the_open_quarters(
    demo: dict[str, int], name: str
) -> None:
    unit = office(name)
    third = [row for row in queries.grid(unit=unit, quarter=TW3) if row.is_due]
    fourth = [row for row in queries.grid(unit=unit, quarter=TW4) if row.is_due]

    assert {row.indicator.owner.short_title for row in third} == KASI
    assert {row.indicator.owner.short_title for row in fourth} == KASI | {"Kasubbag Perencanaan"}
    assert not any(row.is_filled for row in third + fourth)
    assert all(row.target.value is not None for row in third + fourth)
    assert queries.period_lock(unit=unit, quarter=TW3) is None


@pytest.mark.parametrize("name", KECAMATAN)
@pytest.mark.parametrize("quarter", [Quarter(2025, 1), Quarter(2025, 4), TW2])
def test_demo_fills_and_locks_the_past(demo: dict[str, int], name: str, quarter: Quarter) -> None:
    unit = office(name)
    rows = [row for row in queries.grid(unit=unit, quarter=quarter) if row.is_due]

    assert all(row.state == RealisationState.LOCKED and row.achievement.countable for row in rows)
    assert all(Decimal(50) < (row.achievement.raw or 0) < Decimal(150) for row in rows)
    assert queries.summary(unit=unit, quarter=quarter).predicate in {"Tinggi", "Sangat Tinggi"}
    lock = queries.period_lock(unit=unit, quarter=quarter)
    assert lock is not None
    assert quarter.end < lock.locked_at.date() <= AT.date()
    assert lock.contact.short_title == "Kasubbag Perencanaan"


@pytest.mark.parametrize("name", KECAMATAN)
def test_demo_increments_add_up_to_the_years_target(demo: dict[str, int], name: str) -> None:
    for indicator in Indicator.objects.filter(unit=office(name), accumulation="sum"):
        for year in (2025, 2026):
            targets = list(indicator.targets.filter(year=year))
            yearly = next(target.value for target in targets if target.quarter is None)
            assert yearly == sum(target.value for target in targets if target.quarter), indicator


def test_demo_keeps_what_users_changed(demo: dict[str, int]) -> None:
    indicator = Indicator.objects.filter(unit=office(), accumulation="last").first()
    assert indicator is not None
    Indicator.objects.filter(pk=indicator.pk).update(short_name="Nama baru", sequence=9)
    Target.objects.filter(indicator=indicator, year=2026, quarter=3).update(value=99)
    Realisation.objects.filter(indicator=indicator, year=2026, quarter=2).update(value=77)
    Realisation.objects.create(
        region=indicator.region, indicator=indicator, year=2026, quarter=3, value=Decimal(12)
    )

    assert set(load_demo_performance(at=AT).values()) == {0}

    indicator.refresh_from_db()
    assert indicator.short_name == "Nama baru"
    assert indicator.targets.get(year=2026, quarter=3).value == 99
    values = dict(indicator.realisations.filter(year=2026).values_list("quarter", "value"))
    assert (values[2], values[3]) == (77, 12)


def test_demo_leaves_a_quarter_open_in_which_somebody_works(demo: dict[str, int]) -> None:
    unit = office()
    PeriodLock.objects.filter(unit=unit, year=2026, quarter=2).delete()
    Realisation.objects.filter(indicator__unit=unit, year=2026, quarter=2).update(state="draf")

    load_demo_performance(at=AT)

    assert queries.period_lock(unit=unit, quarter=TW2) is None
