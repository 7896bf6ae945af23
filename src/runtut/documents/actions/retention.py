"""The retention table (JRA): data of the region, never an order to delete."""

from __future__ import annotations

import json
from datetime import date, datetime
from importlib import resources

from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import RetentionOutcome
from runtut.documents.errors import RetentionInUse, RetentionYears
from runtut.documents.models import ArchiveClass, ArchiveRecord, RetentionRule
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_can_administer, ensure_text

MOST_YEARS = 100


def set_retention(
    *,
    unit: OrganisationUnit,
    archive_class: ArchiveClass,
    active_years: int,
    inactive_years: int,
    outcome: RetentionOutcome | str,
    citation: str,
    valid_from: date,
    authority: Authority,
    at: datetime,
) -> RetentionRule:
    """Enter a line of the region's JRA as the head of the region has set it, from a day on. `unit` is the
    region itself.

    Earlier lines stay. The one of the same day is put right as long as nothing was archived under it. Raises
    RetentionYears, RetentionInUse, NameMissing or TextTooLong (citation), NotAdministrator.
    """
    ensure_can_administer(authority, unit)
    citation = ensure_text(citation, what="Dasar", limit=240, field="citation")
    for name, years in (("active_years", active_years), ("inactive_years", inactive_years)):
        if not 0 <= years <= MOST_YEARS:
            raise RetentionYears(most=MOST_YEARS, field=name)
    with write_transaction():
        OrganisationUnit.objects.select_for_update().get(pk=unit.pk)
        ensure_not_in_use(unit.region, archive_class, valid_from)
        rule, _ = RetentionRule.objects.update_or_create(
            region=unit.region,
            archive_class=archive_class,
            valid_from=valid_from,
            defaults={
                "active_years": active_years,
                "inactive_years": inactive_years,
                "outcome": RetentionOutcome(outcome),
                "is_confirmed": True,
                "citation": citation,
            },
        )
        leave_trail(
            unit=unit,
            action="retention.set",
            subject=None,
            authority=authority,
            at=at,
            data={
                "class": archive_class.code,
                "active": active_years,
                "inactive": inactive_years,
                "outcome": str(outcome),
                "citation": citation,
                "valid_from": valid_from,
            },
        )
    return rule


def ensure_not_in_use(region: int, archive_class: ArchiveClass, day: date) -> None:
    """Raise RetentionInUse when papers were archived under the line of that very day."""
    there = RetentionRule.objects.filter(region=region, archive_class=archive_class, valid_from=day)
    count = ArchiveRecord.objects.filter(retention__in=there).count()
    if count:
        raise RetentionInUse(count=count, day=long_date(day), field="valid_from")


def load_retention() -> int:
    """Write the shipped proposals into the database; what is there stays. Returns how many were added."""
    source = resources.files("runtut.documents") / "data" / "retention.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    since = date.fromisoformat(data["valid_from"])
    classes = {row.code: row for row in ArchiveClass.objects.filter(is_legacy=False)}
    with write_transaction():
        known = set(RetentionRule.objects.filter(region=0).values_list("archive_class__code", flat=True))
        rows = [
            RetentionRule(
                archive_class=classes[row["code"]],
                active_years=row["active_years"],
                inactive_years=row["inactive_years"],
                outcome=row["outcome"],
                citation=data["citation"],
                valid_from=since,
            )
            for row in data["rules"]
            if row["code"] in classes and row["code"] not in known
        ]
        RetentionRule.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
