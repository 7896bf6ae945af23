"""Entering figures and their evidence."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from runtut.core.errors import SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.core.numbers import format_decimal, parse_decimal
from runtut.core.periods import Quarter
from runtut.documents.actions import keep_once, take_off
from runtut.documents.models import StoredFile
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits
from runtut.performance.actions.rows import ensure_row_is_open, hold_open_row
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.trail import leave_trail
from runtut.performance.errors import CauseTooLong, EvidenceIsGone, FileOfAnotherOffice, ValueOutOfRange
from runtut.performance.models import Evidence, Indicator, Realisation
from runtut.performance.rules import acts_on_behalf, ensure_can_enter

CAUSE_LIMIT = 2000
LARGEST = Decimal(10) ** 14


def enter_realisation(
    *,
    indicator: Indicator,
    quarter: Quarter,
    value_text: str,
    cause: str,
    authority: Authority,
    at: datetime,
    version: int | None = None,
    source: str | None = None,
    note: str | None = None,
) -> Realisation:
    """Save what a person typed for one indicator and quarter; blank stays blank and is never zero.

    `version` is the one the form was drawn from; a `source` or `note` that is not given stays as it is.
    Nothing is written when nothing changed: sending the same again, because the answer was lost, harms
    nobody. Raises NotTheOwner, NotANumber, TooManyDecimals, ValueOutOfRange, CauseTooLong, TextTooLong (these
    with the form's field), the refusals of a closed quarter or row, and SomeoneWasFaster.
    """
    ensure_can_enter(authority, indicator)
    value = read_value(indicator=indicator, text=value_text)
    reason = read_cause(cause)
    beside = read_beside(source=source, note=note)
    with write_transaction():
        row = hold_open_row(indicator=indicator, quarter=quarter, at=at)
        after = {"value": value, "cause": reason, **beside}
        before = {name: getattr(row, name) for name in after}
        if before == after and row.entered_at is not None:
            return row
        if version is not None and version != row.version:
            raise SomeoneWasFaster
        for name, given in after.items():
            setattr(row, name, given)
        row.entered_by_id, row.entered_in_id, row.entered_at = authority.user_id, authority.position_id, at
        row.version += 1
        row.save(update_fields=[*after, "entered_by", "entered_in", "entered_at", "version"])
        keep_sums(indicators=[indicator.pk], year=quarter.year)
        leave_trail(
            unit=indicator.unit,
            action="realisation.entered",
            subject=row.uid,
            authority=authority,
            at=at,
            data={
                "indicator": indicator.uid,
                "period": quarter.label,
                "before": before,
                "after": after,
                "on_behalf_of": indicator.owner_id if acts_on_behalf(authority, indicator) else None,
            },
        )
    return row


def read_beside(*, source: str | None, note: str | None) -> dict[str, str]:
    """Return what is kept beside the figure, as far as it was given. Raises TextTooLong with the field."""
    found = {}
    if source is not None:
        found["source"] = ensure_fits(source, what="Sumber data", limit=200, field="source")
    if note is not None:
        found["note"] = ensure_fits(note, what="Catatan", limit=500, field="note")
    return found


def read_value(*, indicator: Indicator, text: str, field: str = "value_text") -> Decimal | None:
    """Read a typed figure as the indicator allows it, None for a blank; refusals carry the field."""
    value = parse_decimal(text, decimals=indicator.decimals, field=field)
    if value is None:
        return None
    below = indicator.minimum is not None and value < indicator.minimum
    above = indicator.maximum is not None and value > indicator.maximum
    if below or above or abs(value) >= LARGEST:
        raise ValueOutOfRange(
            value=format_decimal(value),
            bounds=bounds_text(indicator),
            measure=indicator.measure,
            field=field,
        )
    return value


def bounds_text(indicator: Indicator) -> str:
    """Return the permitted figures in words: "0 sampai 100", "paling kecil 0"."""
    low, high = indicator.minimum, indicator.maximum
    if low is not None and high is not None:
        return f"{format_decimal(low)} sampai {format_decimal(high)}"
    if low is not None:
        return f"paling kecil {format_decimal(low)}"
    return f"paling besar {format_decimal(LARGEST - 1 if high is None else high)}"


def read_cause(text: str, *, field: str = "cause") -> str:
    """Return the explanation without blanks around it. Raises CauseTooLong with the field."""
    cleaned = text.strip()
    if len(cleaned) > CAUSE_LIMIT:
        raise CauseTooLong(limit=CAUSE_LIMIT, length=len(cleaned), field=field)
    return cleaned


def add_evidence(
    *, indicator: Indicator, quarter: Quarter, file: StoredFile, authority: Authority, at: datetime
) -> Evidence:
    """Attach a stored file to a quarter's figure; a file of the same content is attached once.

    Raises NotTheOwner, FileOfAnotherOffice, and the refusals of a closed quarter or row.
    """
    ensure_can_enter(authority, indicator)
    if file.region != indicator.region or not file.unit.path.startswith(indicator.unit.path):
        raise FileOfAnotherOffice(field="evidence")
    with write_transaction():
        row = hold_open_row(indicator=indicator, quarter=quarter, at=at)
        evidence, is_new = keep_once(
            standing=row.evidence.all(),
            file=file,
            region=indicator.region,
            realisation=row,
            added_by_id=authority.user_id,
            added_at=at,
        )
        if not is_new:
            return evidence
        leave_trail(
            unit=indicator.unit,
            action="evidence.added",
            subject=evidence.uid,
            authority=authority,
            at=at,
            data={
                "indicator": indicator.uid,
                "period": quarter.label,
                "file": file.uid,
                "sha256": file.sha256,
            },
        )
    return evidence


def remove_evidence(*, evidence: Evidence, authority: Authority, at: datetime) -> Evidence:
    """Take a file off a figure; the file and the fact that it was there remain.

    Raises NotTheOwner, EvidenceIsGone, and the refusals of a closed quarter or row.
    """
    indicator = evidence.realisation.indicator
    ensure_can_enter(authority, indicator)
    with write_transaction():
        row = Realisation.objects.select_for_update().get(pk=evidence.realisation_id)
        quarter = Quarter(row.year, row.quarter)
        ensure_row_is_open(row=row, indicator=indicator, quarter=quarter, at=at)
        if not take_off(rows=row.evidence.all(), key=evidence.pk, at=at):
            raise EvidenceIsGone
        evidence.removed_at = at
        leave_trail(
            unit=indicator.unit,
            action="evidence.removed",
            subject=evidence.uid,
            authority=authority,
            at=at,
            data={"indicator": indicator.uid, "period": quarter.label, "file": evidence.file.uid},
        )
    return evidence
