"""Documents of collected figures, and handing figures over once they were examined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.actions import store_file
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion, StoredFile
from runtut.documents.queries import letterhead_content, signature_block
from runtut.documents.rendering import render_workbook
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import signing_place
from runtut.performance.actions.handover import ensure_all_submitted, hand_over_rows
from runtut.performance.actions.papers import hand_in_paper
from runtut.performance.actions.rows import ensure_period_is_open
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.verifying import verify_others
from runtut.performance.errors import FindingsOpen
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import asked_lines, collection_facts, findings_of, grid
from runtut.performance.rendering import FormFacts, compose_collection, compose_form

COMPILED = "Himpunan Data Kinerja"
VALIDATED = "Data Kinerja Tervalidasi"


def draft_compilation(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    intro: str,
    signer: Position,
    document: Document | None,
    authority: Authority,
    at: datetime,
    is_final: bool = True,
) -> DocumentVersion:
    """Compose the figures of a quarter by owner, a new document or the next version of one.

    Raises NotAllSubmitted while somebody owes figures, unless the document is made before they are handed
    over (`is_final` false), and what the documents room refuses.
    """
    with write_transaction():
        if is_final:
            ensure_all_submitted(unit=unit, quarter=quarter)
        facts = collection_facts(
            unit=unit, quarter=quarter, title=COMPILED, signer=signer, on=unit.local_date(at)
        )
        return hand_in_paper(
            unit=unit,
            kind=DocumentKind.BAHAN,
            title=f"{COMPILED} {unit.short_name} {quarter.label}",
            content=compose_collection(facts, intro),
            document=document,
            authority=authority,
            at=at,
        )


def draft_validation(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    intro: str,
    explained: Mapping[str, str],
    signer: Position,
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Hand the examined figures over, verified by who examined them, and compose them with their findings,
    each resolved or explained.

    Raises FindingsOpen naming those that are neither, RealisationIsLocked, and what the documents room
    refuses. Whether the authority may act is the run's to say.
    """
    with write_transaction():
        ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        found = findings_of(unit=unit, quarter=quarter)
        open_ones = [one.label for one in found if not explained.get(one.key, "").strip()]
        if open_ones:
            raise FindingsOpen(findings="; ".join(open_ones))
        facts = collection_facts(
            unit=unit,
            quarter=quarter,
            title=VALIDATED,
            signer=signer,
            on=unit.local_date(at),
            explained=explained,
        )
        _hand_over(unit, quarter, explained, authority, at)
        verify_others(unit=unit, quarter=quarter, authority=authority, at=at)
        return hand_in_paper(
            unit=unit,
            kind=DocumentKind.BAHAN,
            title=f"{VALIDATED} {unit.short_name} {quarter.label}",
            content=compose_collection(facts, intro),
            document=document,
            authority=authority,
            at=at,
        )


def _hand_over(
    unit: OrganisationUnit,
    quarter: Quarter,
    explained: Mapping[str, str],
    authority: Authority,
    at: datetime,
) -> None:
    """Hand over every figure still open; a blank whose finding was explained keeps that as its cause."""
    rows = [row for row in grid(unit=unit, quarter=quarter) if row.is_due and not row.is_handed_over]
    held: list[Realisation] = []
    explained_blanks: list[int] = []
    for row in rows:
        realisation = row.realisation
        if realisation is None:
            realisation = Realisation.objects.create(
                region=unit.region, indicator=row.indicator, year=quarter.year, quarter=quarter.number
            )
        reason = explained.get(f"{row.indicator.uid}.missing", "").strip()
        if realisation.value is None and not realisation.cause and reason:
            realisation.cause = reason
            realisation.save(update_fields=["cause"])
            explained_blanks.append(row.indicator.pk)
        held.append(realisation)
    if explained_blanks:
        keep_sums(indicators=explained_blanks, year=quarter.year)
    hand_over_rows(held, unit=unit, quarter=quarter, authority=authority, at=at)


def draft_form(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    indicators: Sequence[Indicator],
    fields: Sequence[str],
    note: str,
    signer: Position,
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Compose the form that asks the owners for their figures. Raises what the documents room refuses."""
    head = letterhead_content(unit=unit)
    facts = FormFacts(
        office=unit.name,
        period=f"Triwulan {quarter.roman} Tahun {quarter.year}",
        place=signing_place(unit),
        letterhead=head,
        indicators=tuple(asked_lines(unit=unit, quarter=quarter, indicators=indicators)),
        fields=tuple(fields),
        note=note,
        made_on=unit.local_date(at).isoformat(),
        signature=signature_block(position=signer, on=unit.local_date(at)),
    )
    return hand_in_paper(
        unit=unit,
        kind=DocumentKind.BAHAN,
        title=f"Format Pengumpulan Data Kinerja {unit.short_name} {quarter.label}",
        content=compose_form(facts),
        document=document,
        authority=authority,
        at=at,
    )


def form_workbook(*, version: DocumentVersion, authority: Authority, at: datetime) -> StoredFile:
    """Keep the table of a form as a workbook, for those who fill it in outside Runtut. Same rows, same
    columns as the document. Raises what storing a file refuses."""
    title = version.document.title
    table = next(block for block in version.content["blocks"] if block["type"] == "table")
    content = render_workbook(
        title=title,
        sheet="Isian",
        columns=[(column["label"], column["width"]) for column in table["columns"]],
        rows=[[cell.strip() for cell in row] for row in table["rows"]],
        at=at,
    )
    unit = version.document.unit
    return store_file(unit=unit, name=f"{title}.xlsx", content=content, authority=authority, at=at)
