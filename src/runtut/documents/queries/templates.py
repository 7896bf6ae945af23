"""How documents of a kind begin: the office's own text, the region's, or the shipped one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentTemplate
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import ancestors_of

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "templates"


@dataclass(frozen=True)
class Template:
    """A template in force. `unit` is the unit that wrote it, None for the region's and the shipped ones;
    `number` is 0 for a shipped one."""

    kind: DocumentKind
    title: str
    text: str
    is_letter: bool
    basis: str = ""
    number: int = 0
    unit: OrganisationUnit | None = None

    @property
    def is_shipped(self) -> bool:
        return self.number == 0


@cache
def shipped_template(kind: str) -> Template:
    """Return the text that comes with the programme; of a kind that has none, an empty page."""
    path = SHIPPED / f"{kind}.json"
    if not path.is_file():
        return Template(DocumentKind(kind), DocumentKind(kind).label.upper(), "", is_letter=False)
    data = json.loads(path.read_text(encoding="utf-8"))
    return Template(
        kind=DocumentKind(data["kind"]),
        title=data["title"],
        text="\n".join(data["text"]),
        is_letter=data.get("is_letter", False),
        basis=data.get("basis", ""),
    )


def shipped_kinds() -> list[DocumentKind]:
    """Return the kinds that have a shipped template, in the order of the list of kinds."""
    return [kind for kind in DocumentKind if (SHIPPED / f"{kind.value}.json").is_file()]


def template_for(*, kind: DocumentKind | str, unit: OrganisationUnit) -> Template:
    """Return the template in force for a kind in a unit: that of the nearest unit at or above it that has
    one, else the region's, else the shipped one. Two queries at most."""
    units = list(ancestors_of(unit))
    rows = DocumentTemplate.objects.filter(region=unit.region, kind=kind).order_by("-number")
    by_unit: dict[int | None, DocumentTemplate] = {}
    for row in rows.select_related("unit"):
        by_unit.setdefault(row.unit_id, row)
    found = next((by_unit[one] for one in [*(unit.pk for unit in units), None] if one in by_unit), None)
    return template_of(found) if found else shipped_template(str(kind))


def template_of(row: DocumentTemplate) -> Template:
    return Template(
        kind=DocumentKind(row.kind),
        title=row.title,
        text=row.text,
        is_letter=row.is_letter,
        number=row.number,
        unit=row.unit,
    )
