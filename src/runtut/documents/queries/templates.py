"""How documents of a kind begin: the office's own text, the region's, or the shipped one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from runtut.documents.enums import DocumentKind, TemplateKind
from runtut.documents.formulas.markup import read_blocks, read_words, write_blocks
from runtut.documents.formulas.placeholders import PLACES, fill_places, fill_words
from runtut.documents.formulas.sheets import BODY, SHEETS, SheetText, filled, parted, places_of
from runtut.documents.models import DocumentTemplate
from runtut.documents.queries.documents import letterhead_content
from runtut.documents.queries.manuscripts import with_count
from runtut.documents.rendering import check_content
from runtut.organisations.models import OrganisationUnit

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "templates"


@dataclass(frozen=True)
class Template:
    """A template in force. `unit` is the unit that wrote it, None for a shipped one, whose `number` is 0."""

    kind: TemplateKind
    title: str
    text: str
    is_letter: bool
    basis: str = ""
    number: int = 0
    unit: OrganisationUnit | None = None

    @property
    def is_shipped(self) -> bool:
        return self.number == 0

    @property
    def is_sheet(self) -> bool:
        """Whether the paper is composed around data, so that only its beginning and end are words."""
        return self.kind in SHEETS


@cache
def shipped_template(kind: str) -> Template:
    """Return the text that comes with the programme; of a kind that has none, an empty page."""
    path = SHIPPED / f"{kind}.json"
    if not path.is_file():
        return Template(TemplateKind(kind), TemplateKind(kind).label.upper(), "", is_letter=False)
    data = json.loads(path.read_text(encoding="utf-8"))
    return Template(
        kind=TemplateKind(data["kind"]),
        title=data["title"],
        text="\n".join(data["text"]),
        is_letter=data.get("is_letter", False),
        basis=data.get("basis", ""),
    )


def shipped_kinds() -> list[TemplateKind]:
    """Return the kinds that have a shipped template, in the order of the list of kinds."""
    return [kind for kind in TemplateKind if (SHIPPED / f"{kind.value}.json").is_file()]


def template_for(*, kind: TemplateKind | DocumentKind | str, unit: OrganisationUnit) -> Template:
    """Return the template in force for a kind in a unit: that of the nearest unit at or above it that has
    one, else the shipped one. One query."""
    return templates_for(unit=unit, kinds=[kind])[TemplateKind(str(kind))]


def templates_for(
    *, unit: OrganisationUnit, kinds: Iterable[TemplateKind | DocumentKind | str]
) -> dict[TemplateKind, Template]:
    """Return the templates in force in a unit, by kind (one query)."""
    wanted = [TemplateKind(str(kind)) for kind in kinds]
    rows = DocumentTemplate.objects.filter(unit__path__in=unit.ancestor_paths, kind__in=wanted)
    newest: dict[tuple[str, int], DocumentTemplate] = {}
    for row in rows.select_related("unit").order_by("-unit__path", "-number"):
        newest.setdefault((row.kind, row.unit_id), row)
    found: dict[TemplateKind, Template] = {}
    for row in newest.values():
        if not row.is_dropped:
            found.setdefault(TemplateKind(row.kind), template_of(row))
    return {kind: found.get(kind) or shipped_template(kind.value) for kind in wanted}


def template_of(row: DocumentTemplate) -> Template:
    return Template(
        kind=TemplateKind(row.kind),
        title=row.title,
        text=row.text,
        is_letter=row.is_letter,
        number=row.number,
        unit=row.unit,
    )


def sheet_text(*, kind: TemplateKind, unit: OrganisationUnit) -> SheetText:
    """Return how a paper around data begins and ends in a unit, by the template in force (one query)."""
    template = template_for(kind=kind, unit=unit)
    return SheetText(template.title, template.text)


def filled_template(
    *, template: Template, values: Mapping[str, str], parts: Mapping[str, Iterable[Mapping[str, Any]]]
) -> dict[str, Any]:
    """Return form, title and blocks of a paper that is composed without being written by hand: `values` are
    words for its places, `parts` blocks for those that stand on a line of their own. What nobody knows is
    told by a dash, the title is in capitals. No query."""
    known = dict.fromkeys(PLACES, "-") | {name: words for name, words in values.items() if words.strip()}
    markup = {name: write_blocks(blocks) for name, blocks in parts.items()}
    capitals = {name: words.upper() for name, words in known.items()}
    return {
        "form": "surat" if template.is_letter else "naskah",
        "title": [line for line in fill_words(template.title, capitals).split("\n") if line],
        "blocks": read_blocks(with_count(fill_places(template.text, known, markup), 0)),
    }


def template_content(*, template: Template, unit: OrganisationUnit) -> dict[str, Any]:
    """Return what a template prints, with its places told in words. Raises ContentRefused for a text that
    cannot be composed. One query."""
    words = {name: f"({words})" for name, words in places_of(template.kind).items()}
    return check_content(
        {
            "kind": template.kind.value,
            "form": "surat" if template.is_letter else "naskah",
            "title": [line for line in fill_words(template.title, words).split("\n") if line],
            "letterhead": letterhead_content(unit=unit),
            "place": f"({PLACES['tempat']})",
            "blocks": blocks_of(template, words),
            "signatures": [{"position": f"({PLACES['penandatangan']})".upper()}],
            "draft": True,
        }
    )


def blocks_of(template: Template, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what a template prints with these words; what surrounds data has no tables and headings."""
    if not template.is_sheet:
        return read_blocks(with_count(fill_places(template.text, words), 0))
    above, below = (read_words(filled(part, words)) for part in parted(template.text) or (template.text, ""))
    return [*above, {"type": "paragraph", "text": words[BODY]}, *below]
