"""What the search knows of SOPs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Prefetch

from runtut.core import search
from runtut.procedures.graph.lint import cited_laws
from runtut.procedures.models import Procedure, ProcedureVersion

PROCEDURES = "sop"


def procedure_uids() -> Iterable[UUID]:
    return Procedure.objects.values_list("uid", flat=True)


def procedure_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of SOPs: title and numbers of all versions, steps and laws of the newest, a law by
    its short name too. Three queries."""
    versions = ProcedureVersion.objects.order_by("-number").prefetch_related("steps")
    rows = Procedure.objects.filter(uid__in=uids).select_related("unit")
    for row in rows.prefetch_related(Prefetch("versions", versions)):
        numbers = dict.fromkeys(one.sop_number for one in row.versions.all() if one.sop_number)
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.title,
            detail=", ".join(numbers),
            body=body_of(list(row.versions.all())),
        )


def body_of(versions: list[ProcedureVersion]) -> str:
    if not versions:
        return ""
    steps = sorted(versions[0].steps.all(), key=lambda step: step.no)
    laws = {line: f"{line} ({cited.short})" for line, cited in cited_laws(versions[0].legal_basis)}
    basis = (laws.get(line, line) for line in versions[0].legal_basis)
    return "\n".join([*(f"{step.no}. {step.activity}" for step in steps), *basis])
