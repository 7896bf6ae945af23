"""The official form of a version as facts, and who may look one up by its code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runtut.core.dates import loose_date
from runtut.documents.formulas.codes import read_code
from runtut.documents.queries import letterhead_content, paper_address, pictures_of, signature_block
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import IN_MAKING
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries.documents import document_of
from runtut.procedures.queries.graphs import graph_of
from runtut.procedures.queries.versions import LISTS, effective_words
from runtut.procedures.rendering.paper import Approver, Flowchart, FormFacts


def form_of(version: ProcedureVersion, *, on: date, beside: Sequence[ProcedureVersion] = ()) -> FormFacts:
    """Return the official form of a version; `beside` are SOPs whose flowcharts stand under its identity.

    A ratified version is signed by who acted for the approver's position on that day, a draft by who would on
    the day `on`. Twelve queries, six more for every SOP beside.
    """
    unit = version.procedure.unit
    letterhead = letterhead_content(unit=unit)
    return FormFacts(
        government=letterhead["government"],
        office=letterhead["office"],
        address=letterhead["address"],
        title=version.title,
        number=version.sop_number,
        created=loose_date(version.created_date),
        revised=loose_date(version.revised_date),
        effective=effective_words(version),
        approver=approver_of(version, on=on),
        lists=tuple((heading, getattr(version, name)) for heading, name in LISTS),
        charts=tuple(chart_of(one) for one in (version, *beside)),
        version=f"versi {version.number}",
        is_draft=version.state in IN_MAKING,
        code=version.code,
        url=paper_address(version.code) if version.code else "",
    )


def chart_of(version: ProcedureVersion) -> Flowchart:
    return Flowchart(version.title, graph_of(version), document_of(version))


def approver_of(version: ProcedureVersion, *, on: date) -> Approver:
    """Name who makes the version binding, with titles and NIP as on a signature."""
    position = version.approver_position
    if position is None:
        return Approver("")
    unit = version.procedure.unit
    day = unit.local_date(version.ratified_at) if version.ratified_at else on
    block = signature_block(position=position, on=day)
    title = f"{block.get('acting', '')} {block['position']}".strip()
    return Approver(title, block.get("name", ""), block.get("rank", ""), block.get("nip", ""))


def form_logo(unit: OrganisationUnit) -> bytes:
    """Return the picture in the head of the form, nothing where the office has none."""
    return next(iter(pictures_of({"letterhead": letterhead_content(unit=unit)}).values()), b"")


def public_version(*, code: str) -> ProcedureVersion | None:
    """Return the version of a code as somebody typed it, None for an unknown one. One query."""
    wanted = read_code(code)
    if not wanted:
        return None
    rows = ProcedureVersion.objects.select_related("procedure__unit", "approver_position", "ratified_by")
    return rows.filter(code=wanted).first()
