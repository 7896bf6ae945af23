"""How the documents of an office begin: changed without code, every change kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import TemplateKind
from runtut.documents.errors import (
    BodyPlaceMissing,
    ContentRefused,
    ManuscriptTooLong,
    ManuscriptUnreadable,
    UnknownPlace,
)
from runtut.documents.formulas.placeholders import unknown_places
from runtut.documents.formulas.sheets import parted, places_of
from runtut.documents.models import DocumentTemplate
from runtut.documents.queries import Template, template_content
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_can_administer, ensure_fits

TEXT_LIMIT = 20_000


def set_document_template(
    *,
    unit: OrganisationUnit,
    kind: TemplateKind | str,
    title: str,
    text: str,
    is_letter: bool,
    authority: Authority,
    at: datetime,
) -> DocumentTemplate:
    """Put a new text in force for a kind in a unit and those below it; documents begun earlier stay as they
    are.

    Raises UnknownPlace for a place that is not of the list, BodyPlaceMissing for a paper around data that
    does not say where they stand, ManuscriptUnreadable for a text that cannot be
    composed, ManuscriptTooLong, TextTooLong and the refusals of ensure_can_administer.
    """
    ensure_can_administer(authority, unit)
    kind = TemplateKind(str(kind))
    title = ensure_fits(title.replace("\r\n", "\n"), what="Judul", limit=240, field="title")
    text = text.replace("\r\n", "\n").rstrip()
    if len(text) > TEXT_LIMIT:
        raise ManuscriptTooLong(limit=TEXT_LIMIT, field="text")
    for words, field in ((title, "title"), (text, "text")):
        if unknown := unknown_places(words, places_of(kind)):
            raise UnknownPlace(names=", ".join(f"{{{{{name}}}}}" for name in unknown), field=field)
    template = Template(kind, title, text, is_letter)
    if template.is_sheet and parted(text) is None:
        raise BodyPlaceMissing(field="text")
    ensure_composable(template, unit)
    return write_row(unit, kind, authority, at, title=title, text=text, is_letter=is_letter)


def ensure_composable(template: Template, unit: OrganisationUnit) -> None:
    try:
        template_content(template=template, unit=unit)
    except ContentRefused as refusal:
        raise ManuscriptUnreadable(problem=refusal.details["problem"], field="text") from refusal


def drop_document_template(
    *, unit: OrganisationUnit, kind: TemplateKind | str, authority: Authority, at: datetime
) -> DocumentTemplate:
    """Go back to the template of the unit above, or to the shipped one. Raises the refusals of
    ensure_can_administer."""
    ensure_can_administer(authority, unit)
    return write_row(unit, TemplateKind(str(kind)), authority, at, is_dropped=True)


def write_row(
    unit: OrganisationUnit, kind: TemplateKind, authority: Authority, at: datetime, **values: object
) -> DocumentTemplate:
    with write_transaction():
        OrganisationUnit.objects.select_for_update().get(pk=unit.pk)
        rows = DocumentTemplate.objects.filter(unit=unit, kind=kind)
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        row = DocumentTemplate.objects.create(
            region=unit.region,
            unit=unit,
            kind=kind,
            number=number,
            made_by_id=authority.user_id,
            made_at=at,
            **values,
        )
        leave_trail(
            unit=unit,
            action="template.dropped" if row.is_dropped else "template.set",
            subject=row.uid,
            authority=authority,
            at=at,
            data={"kind": kind.value, "number": number},
        )
    return row
