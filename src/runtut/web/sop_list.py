"""The list of SOPs of a unit and what lies below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Sum

from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import units_within
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.web.status import VERSION_BADGES

SIZE: Final = 25


@dataclass(frozen=True)
class SopRow:
    uid: UUID
    title: str
    unit: str
    number: str
    version: int
    state: str
    detail: str
    steps: int
    minutes: int


def shown_version(versions: Sequence[ProcedureVersion]) -> ProcedureVersion:
    """The version that stands for the SOP: the one in force, else the newest."""
    in_force = [version for version in versions if version.state == VersionState.EFFECTIVE]
    return in_force[0] if in_force else max(versions, key=lambda version: version.number)


def sop_rows(*, unit: OrganisationUnit | None, start: int) -> list[SopRow]:
    """Up to one page of rows and one more, which says that there is another page. Two queries."""
    if unit is None:
        return []
    found = Procedure.objects.filter(unit__in=units_within([unit.path]).values("pk")).select_related("unit")
    procedures = list(found.order_by("unit__path", "title", "id")[start : start + SIZE + 1])
    versions: dict[int, list[ProcedureVersion]] = {}
    for version in (
        ProcedureVersion.objects.filter(procedure__in=[procedure.pk for procedure in procedures])
        .annotate(step_count=Count("steps"), step_minutes=Sum("steps__minutes"))
        .only("procedure_id", "number", "state", "title", "sop_number")
    ):
        versions.setdefault(version.procedure_id, []).append(version)
    return [sop_row(procedure, shown_version(versions[procedure.pk])) for procedure in procedures]


def sop_row(procedure: Procedure, version: ProcedureVersion) -> SopRow:
    return SopRow(
        uid=procedure.uid,
        title=version.title,
        unit=procedure.unit.short_name,
        number=version.sop_number,
        version=version.number,
        state=VERSION_BADGES[version.state],
        detail=version.get_state_display().lower(),
        steps=version.step_count,  # type: ignore[attr-defined]  # annotated above
        minutes=version.step_minutes or 0,  # type: ignore[attr-defined]  # annotated above
    )
