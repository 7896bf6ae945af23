"""The findings of a quarter, and the facts of the documents that collect its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runtut.core.periods import Quarter
from runtut.documents.queries import letterhead_content, signature_block
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import holders_of, signing_place
from runtut.performance import formulas
from runtut.performance.models import Indicator
from runtut.performance.queries.grid import grid, indicators_of, is_due
from runtut.performance.queries.grid_row import GridRow
from runtut.performance.rendering import AskedLine, CollectedLine, CollectedOwner, CollectionFacts, FoundLine


@dataclass(frozen=True)
class RowFinding:
    """A finding on one indicator's figure; `key` names it in forms."""

    row: GridRow
    finding: formulas.Finding

    @property
    def key(self) -> str:
        return f"{self.row.indicator.uid}.{self.finding.code}"

    @property
    def label(self) -> str:
        return f"{self.row.number} {self.row.indicator.short_name}: {self.finding.text}"


def findings_of(*, unit: OrganisationUnit, quarter: Quarter) -> list[RowFinding]:
    """Return every finding on the figures that a quarter asks for, in official order (four queries)."""
    return [
        RowFinding(row, finding)
        for row in grid(unit=unit, quarter=quarter)
        if row.is_due
        for finding in formulas.examine(row.examined)
    ]


def explained_blanks(rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows that were left blank for a reason: no finding that waits for an answer, and still to be
    told to whoever approves the figures."""
    return [row for row in rows if row.is_due and row.value is None and row.cause.strip()]


def collection_facts(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    title: str,
    signer: Position,
    on: date,
    explained: Mapping[str, str] | None = None,
) -> CollectionFacts:
    """Return what a document of the quarter's figures tells, by owner, signed by `signer`.
    `explained`, where the figures were examined, holds the answer to every finding by its key; blanks that
    have a reason are told beside the findings."""
    rows = [row for row in grid(unit=unit, quarter=quarter) if row.is_due]
    owners = list(dict.fromkeys(row.indicator.owner for row in rows))
    holders = holders_of(position_ids=[owner.pk for owner in owners], on=on)
    head = letterhead_content(unit=unit)
    found = findings_of(unit=unit, quarter=quarter) if explained is not None else []
    answers = explained or {}
    blank = explained_blanks(rows) if explained is not None else []
    return CollectionFacts(
        office=unit.name,
        period=f"Triwulan {quarter.roman} Tahun {quarter.year}",
        place=signing_place(unit),
        title=title,
        letterhead=head,
        owners=tuple(
            CollectedOwner(
                title=owner.title,
                holder=", ".join(holder.label for holder in holders[owner.pk]),
                lines=collected_lines([row for row in rows if row.indicator.owner_id == owner.pk]),
            )
            for owner in owners
        ),
        findings=(
            *(FoundLine(one.label, answers.get(one.key, "").strip()) for one in found),
            *(FoundLine(_blank_label(row), row.cause.strip()) for row in blank),
        ),
        was_examined=explained is not None,
        signature=signature_block(position=signer, on=on),
    )


def _blank_label(row: GridRow) -> str:
    return f"{row.number} {row.indicator.short_name}: Belum diisi."


def collected_lines(rows: Sequence[GridRow]) -> tuple[CollectedLine, ...]:
    """Return the rows of one owner as they are printed."""
    return tuple(
        CollectedLine(
            number=row.number,
            name=row.indicator.name,
            measure=row.indicator.measure,
            target=row.target_text,
            reached=row.reached_as_of,
            value=_written(row.value, row),
            cause=row.cause,
            evidence=tuple(item.file.name for item in row.evidence),
            source=row.source,
            note=row.note,
            stand_in=_sentence(row.stand_in.words) if row.stand_in else "",
        )
        for row in rows
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _written(value: Decimal | None, row: GridRow) -> str:
    return "" if value is None else formulas.figure(value, row.indicator.decimals)


def form_indicators(*, unit: OrganisationUnit, quarter: Quarter) -> list[Indicator]:
    """Return the indicators that a form may ask for: those of which the quarter has a figure (one query)."""
    return [one for one in indicators_of(unit=unit, year=quarter.year) if is_due(one, quarter)]


def asked_lines(
    *, unit: OrganisationUnit, quarter: Quarter, indicators: Sequence[Indicator]
) -> list[AskedLine]:
    """Return what a form asks for: with the source of every figure, and what was noted beside it, where that
    is known already (four queries)."""
    wanted = {one.pk for one in indicators}
    return [
        AskedLine(
            number=row.number,
            name=row.indicator.name,
            measure=row.indicator.measure,
            owner=row.indicator.owner.short_title,
            known={"sumber": row.source or row.indicator.source, "catatan": row.note},
        )
        for row in grid(unit=unit, quarter=quarter)
        if row.indicator.pk in wanted
    ]
