"""Binding an office's SOPs in one file: asked for by a person, made by the worker."""

from __future__ import annotations

from datetime import date, datetime

from runtut.core import jobs
from runtut.core.locks import write_transaction
from runtut.documents.actions import keep_made_file
from runtut.documents.formulas.sniffing import PDF
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.actions.trail import note
from runtut.procedures.errors import NothingInForce
from runtut.procedures.models import Collection
from runtut.procedures.queries import collection_content, versions_in_force
from runtut.procedures.rules import ensure_can_manage_procedures


def request_collection(
    *,
    unit: OrganisationUnit,
    year: int,
    sheet: str,
    decree_number: str,
    decree_date: date | None,
    authority: Authority,
    at: datetime,
) -> Collection:
    """Ask for the himpunan SOP of an office; the worker makes it. Raises NotManager and NothingInForce."""
    with write_transaction():
        ensure_can_manage_procedures(authority, unit)
        if not versions_in_force(unit):
            raise NothingInForce(unit=unit.short_name)
        made = Collection.objects.create(
            region=unit.region,
            unit=unit,
            year=year,
            sheet=sheet,
            decree_number=" ".join(decree_number.split()),
            decree_date=decree_date,
            requested_by_id=authority.user_id,
            requested_at=at,
        )
        data = {"year": year, "sheet": sheet}
        note(
            unit=unit,
            action="collection.requested",
            subject=made.uid,
            authority=authority,
            at=at,
            data=data,
        )
        jobs.enqueue(
            region=unit.region,
            topic="procedures.collect",
            key=f"procedures.collect:{made.uid}",
            payload={"collection": made.uid},
            at=at,
        )
    return made


def make_collection(*, collection: Collection, at: datetime) -> Collection:
    """Make the file of a collection; nothing to do when it is there. Raises RenderingFailed."""
    if collection.file_id:
        return collection
    content, count = collection_content(collection)
    name = f"Himpunan SOP {collection.unit.short_name} {collection.year}.pdf"
    with write_transaction():
        held = Collection.objects.select_for_update().get(pk=collection.pk)
        if held.file_id is None:
            held.file = keep_made_file(unit=collection.unit, name=name, kind=PDF, content=content, at=at)
            held.count, held.made_at = count, at
            held.save(update_fields=["file", "count", "made_at"])
    return held
