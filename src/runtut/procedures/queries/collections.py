"""What a himpunan SOP holds: the versions in force, the keputusan, the front."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from runtut.core.dates import long_date
from runtut.documents.queries import letterhead_content, signature_block
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import signing_place
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Collection, ProcedureVersion
from runtut.procedures.queries.forms import form_logo, form_of
from runtut.procedures.queries.versions import effective_words
from runtut.procedures.rendering import DecreeFacts, compose_decree
from runtut.procedures.rendering.paper import SHEETS, CollectionFacts, collection_pdf

SHOWN = 10


def versions_in_force(unit: OrganisationUnit) -> list[ProcedureVersion]:
    """Return the versions in force of an office, by title. One query."""
    rows = ProcedureVersion.objects.filter(procedure__unit=unit, state=VersionState.EFFECTIVE)
    return list(rows.select_related("procedure__unit", "approver_position").order_by("title", "id"))


def collections_of(unit: OrganisationUnit) -> list[Collection]:
    """Return the last few collections of an office, the newest first. One query."""
    rows = Collection.objects.filter(unit=unit).select_related("requested_by", "file")
    return list(rows.order_by("-id")[:SHOWN])


def decree_of(collection: Collection, *, on: date) -> dict[str, Any]:
    """Return the keputusan of a collection as content of a document; signed by the position that approves
    most of its SOPs, on the day of the keputusan or else on the day given. Eight queries."""
    unit, versions = collection.unit, versions_in_force(collection.unit)
    head = usual_approver(versions)
    day = collection.decree_date
    letterhead = letterhead_content(unit=unit)
    signature = signature_block(position=head, on=day or on) if head else {"position": "KEPALA KANTOR"}
    return compose_decree(
        DecreeFacts(
            position=head.title if head else "Kepala Kantor",
            office=unit.name,
            number=collection.decree_number,
            date=long_date(day) if day else "",
            place=signing_place(unit),
            page=collection.sheet,
            letterhead=letterhead,
            signature=signature,
            rows=tuple((one.sop_number, one.title, effective_words(one)) for one in versions),
        )
    )


def usual_approver(versions: list[ProcedureVersion]) -> Position | None:
    """The position that approves most of some versions."""
    counts = Counter(one.approver_position for one in versions if one.approver_position)
    return counts.most_common(1)[0][0] if counts else None


def collection_content(collection: Collection) -> tuple[bytes, int]:
    """Return a collection as PDF with the versions in force now, and how many they are. A dozen queries for
    each SOP: made by the worker, never while somebody waits."""
    unit = collection.unit
    on = unit.local_date(collection.requested_at)
    forms = [form_of(version, on=on) for version in versions_in_force(unit)]
    letterhead = letterhead_content(unit=unit)
    facts = CollectionFacts(
        government=letterhead["government"],
        office=letterhead["office"],
        year=collection.year,
        decree=decree_of(collection, on=on),
    )
    sheet = SHEETS[collection.sheet]
    content = collection_pdf(facts, forms, sheet, at=collection.requested_at, logo=form_logo(unit))
    return content, len(forms)
