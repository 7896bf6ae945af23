"""Which numbers the SOPs of an office bear, and which comes next."""

from __future__ import annotations

from datetime import date

from runtut.documents.queries import next_sop_number
from runtut.procedures.graph import is_same_number
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.rules import CLOSED


def bearers_beside(procedure: Procedure) -> list[ProcedureVersion]:
    """Return the versions of the office's other SOPs that bear a number and are not closed (one query)."""
    versions = ProcedureVersion.objects.filter(procedure__unit=procedure.unit).exclude(sop_number="")
    return list(versions.exclude(procedure=procedure).exclude(state__in=CLOSED).order_by("id"))


def bearer_of(*, number: str, procedure: Procedure) -> ProcedureVersion | None:
    """Return another SOP of the office that bears a number, however it is written (one query)."""
    return next((one for one in bearers_beside(procedure) if is_same_number(one.sop_number, number)), None)


def coming_number(*, procedure: Procedure, on: date) -> str:
    """Return the number of the office's register that an SOP would take on a day: one that no other bears
    (three queries)."""
    borne = [one.sop_number for one in bearers_beside(procedure)]
    return next_sop_number(
        office=procedure.unit, on=on, is_taken=lambda text: any(is_same_number(one, text) for one in borne)
    )
