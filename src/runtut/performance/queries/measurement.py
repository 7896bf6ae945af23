from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from runtut.core.periods import Quarter
from runtut.documents.enums import TemplateKind
from runtut.documents.queries import letterhead_content, sheet_text, signature_block
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import signing_place
from runtut.performance import formulas
from runtut.performance.formulas.figures import rounded
from runtut.performance.queries.grid_row import GridRow
from runtut.performance.queries.standing_in import who_submitted
from runtut.performance.queries.summary import ObjectiveRows, summary
from runtut.performance.rendering import (
    Measurement,
    MeasurementLine,
    MeasurementObjective,
)

FULL = Decimal(100)


def measurement_of(*, unit: OrganisationUnit, quarter: Quarter, on: date) -> Measurement:
    """Return the facts of the quarter's Dokumen Pengukuran Kinerja, with the head as of the day (eleven
    queries, whatever the number of indicators)."""
    found = summary(unit=unit, quarter=quarter)
    head = letterhead_content(unit=unit)
    return Measurement(
        office=unit.name,
        period=f"Triwulan {quarter.roman} Tahun {quarter.year}",
        through=f"TW {quarter.roman}",
        year=quarter.year,
        place=signing_place(unit),
        letterhead=head,
        objectives=tuple(_objective(item) for item in found.objectives),
        average="" if found.average.value is None else formulas.percent(found.average.value),
        predicate=found.predicate,
        counted=found.average.counted,
        excluded=found.average.excluded,
        scale=found.scale.named,
        signature=signature_of(unit=unit, on=on),
        sheet=sheet_text(kind=TemplateKind.PENGUKURAN, unit=unit),
        submitted=who_submitted(row for one in found.objectives for row in one.rows),
    )


def signature_of(*, unit: OrganisationUnit, on: date) -> dict[str, str]:
    """Return the signature block of an office on a day: whoever acts for its head, Plt. and Plh. named as
    such, nameless for a vacant chair (four queries)."""
    position = Position.objects.filter(unit=unit, is_head=True, is_active=True).first()
    if position is None:
        return {"position": f"Pimpinan {unit.name}".upper()}
    return signature_block(position=position, on=on)


def _objective(found: ObjectiveRows) -> MeasurementObjective:
    return MeasurementObjective(
        title=f"Sasaran {found.objective.sequence}. {found.objective.text}",
        lines=tuple(_line(row) for row in found.rows),
        average="" if found.average.value is None else formulas.percent(found.average.value),
        predicate=found.predicate,
    )


def _line(row: GridRow) -> MeasurementLine:
    indicator, achieved = row.indicator, row.achievement
    shown, year = achieved.shown, row.year_achievement.shown
    return MeasurementLine(
        key=str(indicator.uid),
        number=row.number,
        name=indicator.name,
        measure=indicator.measure,
        target=row.target_text,
        realisation=row.reached_text,
        achievement="" if shown is None else formulas.percent(shown),
        predicate=row.predicate,
        cause=row.cause,
        sum_text=achieved.sum_text,
        words=row.words,
        year_target=row.year_target_text,
        year_achievement="" if year is None else formulas.percent(year),
        note=achieved.note,
        is_under_target=is_under_target(row),
        as_of=row.as_of,
        lacks=tuple(lacks(row)),
    )


def is_under_target(row: GridRow) -> bool:
    """Tell whether an achievement, as printed, stays below 100 per cent."""
    shown = row.achievement.shown
    return shown is not None and rounded(shown, 2) < FULL


def lacks(row: GridRow) -> Iterator[str]:
    """Yield what the owner of a figure that the quarter asks for has not given."""
    if row.is_due and row.value is None:
        yield f"angka TW {row.quarter.roman}"
    if not row.cause and (is_under_target(row) or (row.is_due and row.value is None)):
        yield "penyebab"
    if row.is_due and not row.has_evidence:
        yield "bukti"
