from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import AT, TODAY, Cast, make_cast
from tests.organisations.factories import REGION, make_oversight, make_unit, make_user

from runtut.core.models import AuditEntry
from runtut.organisations.actions import (
    Span,
    give_own_calendar,
    load_standard_calendar,
    remove_holiday,
    set_holiday,
    set_hours,
)
from runtut.organisations.enums import HolidayKind, HoursKind, UnitKind
from runtut.organisations.errors import (
    CalendarExists,
    CalendarMissing,
    HolidayExists,
    HolidayUnknown,
    HoursMissing,
    HoursOverlap,
    HoursReversed,
    NotAdministrator,
)
from runtut.organisations.events import calendar_changed
from runtut.organisations.models import OrganisationUnit, WorkCalendar
from runtut.organisations.queries import authorities_of, calendar_for

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 3, 3)


@pytest.fixture
def cast(db) -> Cast:
    cast = make_cast()
    cast.kabupaten.calendar = load_standard_calendar(region=REGION)
    cast.kabupaten.save()
    return cast


def holiday(cast: Cast, day: date = TUESDAY, calendar: WorkCalendar | None = None, user=None):
    return set_holiday(
        calendar=calendar or cast.kabupaten.calendar,
        day=day,
        kind=HolidayKind.REGIONAL,
        name="Hari jadi kabupaten",
        decree="Keputusan Bupati 1/2026",
        authority=cast.authority(user or cast.admin),
        at=AT,
    )


def test_calendar_is_inherited_from_above(cast):
    calendar = calendar_for(unit=cast.office.units["kasi1"])
    assert calendar.is_working_day(TUESDAY)
    assert calendar.version == 1


def test_calendar_runs_in_the_zone_of_the_unit(cast):
    unit = cast.office.unit
    unit.zone = "Asia/Jayapura"
    monday = datetime(2026, 6, 7, 20, 0, tzinfo=UTC)
    west = calendar_for(unit=cast.kabupaten).add(monday, 0)
    east = calendar_for(unit=unit).add(monday, 0)
    assert (west, east) == (
        datetime(2026, 6, 8, 0, 30, tzinfo=UTC),
        datetime(2026, 6, 7, 22, 30, tzinfo=UTC),
    )


def test_calendar_missing_is_said_with_the_way_out(db):
    with pytest.raises(CalendarMissing, match="Pengaturan"):
        calendar_for(unit=make_unit())


def test_set_holiday_closes_the_day_under_a_new_version(cast):
    holiday(cast)
    calendar = calendar_for(unit=cast.office.unit)
    assert not calendar.is_working_day(TUESDAY)
    assert calendar.version == 2


def test_set_holiday_announces_it_in_the_same_transaction(cast):
    heard = []
    calendar_changed.connect(
        lambda **news: heard.append(news["calendar"].version), weak=False, dispatch_uid="test"
    )
    try:
        holiday(cast)
    finally:
        calendar_changed.disconnect(dispatch_uid="test")
    assert heard == [2]
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.stream) == (
        "organisations.calendar.holiday_set",
        f"unit:{cast.kabupaten.pk}",
    )


def test_set_holiday_refuses_a_day_twice(cast):
    with pytest.raises(HolidayExists, match="17 Agustus 2026"):
        holiday(cast, date(2026, 8, 17))


def test_remove_holiday_opens_the_day_again(cast):
    holiday(cast)
    remove_holiday(calendar=cast.kabupaten.calendar, day=TUESDAY, authority=cast.authority(cast.admin), at=AT)
    calendar = calendar_for(unit=cast.office.unit)
    assert calendar.is_working_day(TUESDAY)
    assert calendar.version == 3
    with pytest.raises(HolidayUnknown):
        remove_holiday(
            calendar=cast.kabupaten.calendar,
            day=TUESDAY,
            authority=cast.authority(cast.admin),
            at=AT,
        )


def test_calendar_of_everybody_is_closed_to_a_local_administrator(cast):
    local = make_user()
    make_oversight(local, cast.office.unit)
    [authority] = authorities_of(user=local, on=TODAY)
    with pytest.raises(NotAdministrator, match="Kabupaten Contoh"):
        remove_holiday(calendar=cast.kabupaten.calendar, day=date(2026, 8, 17), authority=authority, at=AT)
    own = give_own_calendar(unit=cast.office.unit, name="Kalender kecamatan", authority=authority, at=AT)
    remove_holiday(calendar=own, day=date(2026, 8, 17), authority=authority, at=AT)
    assert calendar_for(unit=OrganisationUnit.objects.get(pk=cast.office.unit.pk)).is_working_day(
        date(2026, 8, 17)
    )
    assert not calendar_for(unit=cast.other_office.unit).is_working_day(date(2026, 8, 17))


def test_give_own_calendar_copies_what_was_inherited(cast):
    own = give_own_calendar(
        unit=cast.office.unit, name="Enam hari kerja", authority=cast.authority(cast.admin), at=AT
    )
    source = cast.kabupaten.calendar
    assert own.version == 1
    assert own.hours.count() == source.hours.count() > 0
    assert own.holidays.count() == source.holidays.count() > 0
    with pytest.raises(CalendarExists, match="Enam hari kerja"):
        give_own_calendar(unit=cast.office.unit, name="X", authority=cast.authority(cast.admin), at=AT)


def hours(cast: Cast, spans: list[Span], start: date = date(2026, 6, 1), until: date | None = None):
    return set_hours(
        calendar=cast.kabupaten.calendar,
        kind=HoursKind.NORMAL,
        valid_from=start,
        valid_until=until,
        spans=spans,
        authority=cast.authority(cast.admin),
        at=AT,
    )


def test_set_hours_hold_from_their_day_and_end_the_old_ones(cast):
    saturday = Span(5, time(8), time(12))
    hours(cast, [saturday])
    calendar = calendar_for(unit=cast.office.unit)
    assert calendar.is_working_day(date(2026, 5, 29))
    assert not calendar.is_working_day(date(2026, 6, 5))
    assert calendar.is_working_day(date(2026, 6, 6))
    assert calendar.version == 2


def test_set_hours_again_for_the_same_day_replaces_them(cast):
    hours(cast, [Span(5, time(8), time(12))])
    hours(cast, [Span(4, time(8), time(12))])
    calendar = calendar_for(unit=cast.office.unit)
    assert calendar.is_working_day(date(2026, 6, 5))
    assert not calendar.is_working_day(date(2026, 6, 6))


@pytest.mark.parametrize(
    "spans",
    [
        [Span(0, time(12), time(8))],
        [Span(0, time(8), time(12)), Span(0, time(11), time(16))],
        [Span(0, time(8), time(8))],
    ],
)
def test_set_hours_refuse_spans_that_make_no_sense(cast, spans):
    with pytest.raises(HoursReversed, match="Jam kerja Senin"):
        hours(cast, spans)


def test_set_hours_refuse_an_empty_week_and_covering_later_ones(cast):
    with pytest.raises(HoursMissing):
        hours(cast, [])
    hours(cast, [Span(0, time(8), time(12))], date(2026, 7, 1))
    with pytest.raises(HoursOverlap, match="1 Juli 2026"):
        hours(cast, [Span(0, time(8), time(12))], date(2026, 6, 1))
    hours(cast, [Span(0, time(8), time(12))], date(2026, 6, 1), date(2026, 7, 1))
    assert cast.kabupaten.calendar.hours.filter(kind="biasa", valid_from=date(2026, 6, 1)).count() == 1


def test_standard_calendar_is_loaded_once_and_keeps_changes(cast):
    holiday(cast)
    again = load_standard_calendar(region=REGION)
    assert again == cast.kabupaten.calendar
    assert again.holidays.filter(date=TUESDAY).exists()
    assert load_standard_calendar(region=3301) != again


@pytest.mark.parametrize("offices", [1, 3])
def test_calendar_takes_one_query_once_it_is_built(transactional_db, offices):
    root = make_unit()
    with transaction.atomic():
        root.calendar = load_standard_calendar(region=REGION)
        root.save()
    units = [make_unit(f"Kec. {number}", UnitKind.KECAMATAN, root) for number in range(offices)]
    first = calendar_for(unit=root)
    with CaptureQueriesContext(connection) as queries:
        found = [calendar_for(unit=unit) for unit in units]
    assert len(queries) == offices
    assert all(calendar is first for calendar in found)


def test_calendar_read_in_a_transaction_that_fails_is_not_kept(transactional_db):
    cast = make_cast()
    with transaction.atomic():
        cast.kabupaten.calendar = load_standard_calendar(region=REGION)
        cast.kabupaten.save()
    with pytest.raises(RuntimeError), transaction.atomic():
        holiday(cast)
        assert not calendar_for(unit=cast.office.unit).is_working_day(TUESDAY)
        raise RuntimeError
    holiday(cast, date(2026, 3, 4))
    calendar = calendar_for(unit=cast.office.unit)
    assert calendar.version == 2
    assert calendar.is_working_day(TUESDAY)
    assert not calendar.is_working_day(date(2026, 3, 4))
