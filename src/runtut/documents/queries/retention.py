"""What the retention table says of what is in the archive. Nothing is ever deleted by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from runtut.documents.formulas.retention import nearest_code, years_after
from runtut.documents.models import ArchiveRecord, RetentionRule


@dataclass(frozen=True)
class Retention:
    """The line for one archived file. Without a confirmed rule it has no dates."""

    record: ArchiveRecord
    rule: RetentionRule | None
    inactive_on: date | None
    decided_on: date | None

    @property
    def is_set(self) -> bool:
        """Whether the head of the region has set the rule."""
        return self.rule is not None and self.rule.is_confirmed

    def is_due(self, on: date) -> bool:
        """Whether its fate (destroy, keep, judge anew) is to be decided by a day."""
        return self.decided_on is not None and self.decided_on <= on


def retention_rules(*, region: int, on: date) -> dict[str, RetentionRule]:
    """Return the rule in force for each code on a day: the region's own before the shipped one, the newest
    first. One query."""
    rows = RetentionRule.objects.filter(region__in=(0, region), valid_from__lte=on)
    found: dict[str, RetentionRule] = {}
    for rule in rows.select_related("archive_class").order_by("region", "valid_from", "id"):
        found[rule.archive_class.code] = rule
    return found


def confirmed_rule(*, code: str, region: int, on: date) -> RetentionRule | None:
    """Return the line that holds for a class on a day, None unless the head of the region has set it (one
    query)."""
    rules = retention_rules(region=region, on=on)
    rule = rules.get(nearest_code(code, set(rules)))
    return rule if rule is not None and rule.is_confirmed else None


def retention_lines(*, region: int, code: str) -> list[RetentionRule]:
    """Return every line that was ever entered for a class, the newest day first, the shipped one last (one
    query)."""
    rows = RetentionRule.objects.filter(region__in=(0, region), archive_class__code=code)
    return list(rows.select_related("archive_class").order_by("-region", "-valid_from", "-id"))


def retention_of(record: ArchiveRecord, rules: dict[str, RetentionRule]) -> Retention:
    """Return what the line says that the file was archived under; where none was set then, the one in force
    now, of the nearest class above for a finer one. No query, if `retention` was read with the record."""
    rule = record.retention or rules.get(nearest_code(record.archive_class.code, set(rules)))
    if rule is None or not rule.is_confirmed:
        return Retention(record, rule, None, None)
    closed = record.archived_at.astimezone(ZoneInfo(record.unit.zone)).date()
    active, inactive = rule.active_years or 0, rule.inactive_years or 0
    return Retention(record, rule, years_after(closed, active), years_after(closed, active + inactive))


def falling_due(
    *, records: QuerySet[ArchiveRecord], rules: dict[str, RetentionRule], on: date
) -> Iterable[Retention]:
    """Yield the files whose fate is to be decided by a day, in the order given. One query."""
    for record in records.select_related("unit", "archive_class", "retention", "version__document").iterator(
        500
    ):
        line = retention_of(record, rules)
        if line.is_due(on):
            yield line
