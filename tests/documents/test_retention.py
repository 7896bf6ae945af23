from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast
from tests.documents.factories import approve, make_version, sakip_class

from runtut.documents.actions import archive_version, load_retention, set_retention
from runtut.documents.errors import RetentionInUse, RetentionYears
from runtut.documents.formulas.retention import nearest_code, years_after
from runtut.documents.models import ArchiveClass, ArchiveRecord, RetentionRule
from runtut.documents.queries import falling_due, retention_of, retention_rules
from runtut.organisations.errors import NotAdministrator

TODAY = date(2026, 3, 2)


def archived(cast: Cast) -> ArchiveRecord:
    version = make_version(cast)
    approve(version, cast.office.authority("perencanaan"), AT)
    return archive_version(
        version=version,
        archive_class=sakip_class(),
        location="",
        authority=cast.office.authority("staf"),
        at=AT,
    )


def enter(cast: Cast, **fields: object) -> RetentionRule:
    given = {
        "unit": cast.kabupaten,
        "archive_class": sakip_class(),
        "active_years": 2,
        "inactive_years": 3,
        "outcome": "permanen",
        "citation": "Perbup JRA",
        "valid_from": date(2026, 1, 1),
        "authority": cast.authority(cast.admin),
        "at": AT,
    }
    return set_retention(**(given | fields))


@pytest.mark.parametrize(
    ("start", "years", "day"),
    [
        (date(2026, 3, 2), 5, date(2031, 3, 2)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_years_after_is_the_same_day_of_a_later_year(start: date, years: int, day: date) -> None:
    assert years_after(start, years) == day


def test_nearest_code_goes_up_the_list() -> None:
    known = {"000.8", "000.8.6"}

    assert nearest_code("000.8.6.3", known) == "000.8.6"
    assert nearest_code("000.8", known) == "000.8"
    assert nearest_code("900", known) == ""


def test_shipped_rules_are_proposals_by_which_nothing_falls_due(cast: Cast) -> None:
    record = archived(cast)
    rules = retention_rules(region=cast.kabupaten.region, on=TODAY)
    line = retention_of(record, rules)

    assert not any(rule.is_confirmed for rule in rules.values())
    assert not line.is_set
    far = date(2199, 1, 1)
    assert list(falling_due(records=ArchiveRecord.objects.all(), rules=rules, on=far)) == []
    assert load_retention() == 0


def test_rule_of_the_region_names_the_days_and_deletes_nothing(cast: Cast) -> None:
    record = archived(cast)
    enter(cast)
    rules = retention_rules(region=cast.kabupaten.region, on=TODAY)
    line = retention_of(record, rules)

    assert line.inactive_on == date(2028, 3, 2)
    assert line.decided_on == date(2031, 3, 2)
    records = ArchiveRecord.objects.all()
    assert list(falling_due(records=records, rules=rules, on=date(2031, 3, 1))) == []
    due = list(falling_due(records=records, rules=rules, on=date(2031, 3, 2)))
    assert [one.record for one in due] == [record]
    assert ArchiveRecord.objects.filter(pk=record.pk).exists()


def test_rule_of_another_region_or_a_later_day_does_not_count(cast: Cast) -> None:
    enter(cast, valid_from=TODAY + timedelta(days=1))

    assert not retention_rules(region=cast.kabupaten.region, on=TODAY)["000.8.6.3"].is_confirmed
    assert not retention_rules(region=1, on=date(2027, 1, 1))["000.8.6.3"].is_confirmed


def test_set_retention_is_the_administrators_and_checked(cast: Cast) -> None:
    with pytest.raises(NotAdministrator):
        enter(cast, authority=cast.office.authority("umum"))
    with pytest.raises(RetentionYears):
        enter(cast, active_years=101)
    enter(cast)
    enter(cast, active_years=4)

    assert RetentionRule.objects.get(is_confirmed=True).active_years == 4
    assert ArchiveClass.objects.filter(code="000.8.6.3").count() == 1


def test_a_file_keeps_the_line_it_was_archived_under(cast: Cast) -> None:
    first = enter(cast)
    record = archived(cast)
    later = enter(cast, active_years=9, citation="Perbup JRA baru", valid_from=TODAY + timedelta(days=30))
    on = TODAY + timedelta(days=60)
    rules = retention_rules(region=cast.kabupaten.region, on=on)

    assert rules[sakip_class().code] == later
    assert retention_of(record, rules).rule == record.retention == first
    assert RetentionRule.objects.filter(region=cast.kabupaten.region).count() == 2


def test_a_file_archived_before_any_line_was_set_follows_the_one_in_force(cast: Cast) -> None:
    record = archived(cast)
    assert record.retention is None
    rule = enter(cast)

    assert retention_of(record, retention_rules(region=cast.kabupaten.region, on=TODAY)).rule == rule


def test_a_line_is_put_right_on_its_day_until_something_is_archived_under_it(cast: Cast) -> None:
    enter(cast)
    assert enter(cast, active_years=4).active_years == 4
    archived(cast)

    with pytest.raises(RetentionInUse) as refusal:
        enter(cast, active_years=5)

    assert refusal.value.field == "valid_from"
    assert "1 berkas sudah diarsipkan" in refusal.value.sentence
    assert RetentionRule.objects.get(region=cast.kabupaten.region).active_years == 4
