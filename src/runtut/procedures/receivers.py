"""What changes the search for SOPs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from runtut.core import search
from runtut.procedures.models import Procedure, ProcedureVersion, Step
from runtut.procedures.queries.searching import PROCEDURES, procedure_entries, procedure_uids


def offer_search() -> None:
    """Offer SOPs to the search; once per process."""
    search.offer(PROCEDURES, search.Source(procedure_uids, procedure_entries))
    search.follow(Procedure, PROCEDURES)
    search.follow(
        ProcedureVersion, PROCEDURES, uids=of_version, fields=("title", "sop_number", "legal_basis")
    )
    search.follow(Step, PROCEDURES, uids=of_step, fields=("activity", "no"))


def of_version(version: ProcedureVersion) -> Iterable[UUID]:
    return [version.procedure.uid]


def of_step(step: Step) -> Iterable[UUID]:
    return [step.version.procedure.uid]
