"""Which version stands for an SOP, and what its list and identity page show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from runtut.core.dates import long_date, loose_date
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import Holder, holders_of
from runtut.procedures.enums import IN_MAKING, StepKind, VersionState, Work
from runtut.procedures.models import Procedure, ProcedureVersion, Step

LISTS = (
    ("Dasar hukum", "legal_basis"),
    ("Kualifikasi pelaksana", "qualifications"),
    ("Keterkaitan", "related_sops"),
    ("Peralatan dan perlengkapan", "equipment"),
    ("Peringatan", "warnings"),
    ("Pencatatan dan pendataan", "records"),
)
"""The six boxes of the identity page in the order of the form, left and right by turns."""


@dataclass(frozen=True)
class ProcedureRow:
    """A line of the SOP list. `version` is the effective one, else the newest; `minutes` are the standard
    working minutes of all its steps; `draft` is a version in the making beside it, `coming` one that is
    ratified for a later day; `overdue_since` the day on which its earliest late monitoring or evaluation was
    due, where that was asked for."""

    procedure: Procedure
    version: ProcedureVersion
    draft: ProcedureVersion | None
    steps: int
    decisions: int
    minutes: int
    coming: ProcedureVersion | None = None
    overdue_since: date | None = None


@dataclass(frozen=True)
class Identity:
    """The head of the official form as data. Dates are ISO text of any precision, or empty."""

    title: str
    sop_number: str
    created: str
    revised: str
    effective: str
    approver: Position | None
    approver_holder: Holder | None
    lists: tuple[tuple[str, Sequence[str]], ...]


def effective_version(procedure: Procedure) -> ProcedureVersion | None:
    """Return the version in force, None while there is none."""
    return procedure.versions.filter(state=VersionState.EFFECTIVE).first()


def called_version(*, key: str, unit: OrganisationUnit) -> ProcedureVersion | None:
    """Return the version in force of the SOP that a step calls by its library key or title, of this office.

    None while the office has none in force: the run cannot open its child then.
    """
    wanted = key.strip()
    return (
        ProcedureVersion.objects.filter(procedure__unit=unit, state=VersionState.EFFECTIVE)
        .filter(
            Q(procedure__library_key__iexact=wanted)
            | Q(procedure__title__iexact=wanted.removeprefix("SOP ").strip())
        )
        .select_related("procedure")
        .first()
    )


def effective_words(version: ProcedureVersion) -> str:
    """Return since when a version is in force: the day where it is known, else as its source says."""
    day = version.effective_from
    return long_date(day) if day else loose_date(version.effective_date)


def procedures_of(unit: OrganisationUnit) -> list[ProcedureRow]:
    """Return every SOP of an office with its counts, by title. Three queries whatever their number."""
    found = Procedure.objects.filter(unit=unit).select_related("unit").order_by("title", "id")
    return rows_of(list(found))


def rows_of(procedures: Sequence[Procedure]) -> list[ProcedureRow]:
    """Return a line of the list for each of some SOPs, in their order. Two queries."""
    versions: dict[int, list[ProcedureVersion]] = {}
    for version in ProcedureVersion.objects.filter(procedure__in=procedures).order_by("number"):
        versions.setdefault(version.procedure_id, []).append(version)
    shown = {procedure.pk: _shown(versions[procedure.pk]) for procedure in procedures}
    counts = _counts([version.pk for version in shown.values()])
    return [_row(procedure, shown[procedure.pk], versions[procedure.pk], counts) for procedure in procedures]


def procedures_within(unit_ids: Sequence[int]) -> list[Procedure]:
    """Return the SOPs of several units with the name of their unit, by title. One query."""
    found = Procedure.objects.filter(unit__in=unit_ids).select_related("unit")
    found = found.only("uid", "title", "unit__short_name")
    return list(found.order_by("title", "unit__path", "id"))


def effective_procedures(unit: OrganisationUnit) -> list[ProcedureRow]:
    """Return the SOPs of an office that have a version in force: what a run may be started from."""
    return [row for row in procedures_of(unit) if row.version.state == VersionState.EFFECTIVE]


def ends_of(versions: Sequence[ProcedureVersion]) -> dict[int, tuple[str, str]]:
    """Return by pk how each version begins and what it brings forth: the first activity, and the first output
    of the last step that is signed, else of the last step. One query."""
    rows = Step.objects.filter(version__in=versions).order_by("version_id", "no")
    ends: dict[int, tuple[str, str]] = {}
    signed: set[int] = set()
    for key, activity, work, outputs in rows.values_list("version_id", "activity", "work", "outputs"):
        first, found = ends.get(key, (activity, ""))
        if work == Work.SIGN or key not in signed:
            found = outputs[0] if outputs else found
        if work == Work.SIGN:
            signed.add(key)
        ends[key] = (first, found)
    return ends


def identity_of(version: ProcedureVersion, *, on: date) -> Identity:
    """Return the identity page of a version; whoever acts for the approver's position on the day is named.

    Two queries where there is an approver.
    """
    approver = version.approver_position
    holders = holders_of(position_ids=[approver.pk], on=on)[approver.pk] if approver else []
    return Identity(
        title=version.title,
        sop_number=version.sop_number,
        created=version.created_date,
        revised=version.revised_date,
        effective=version.effective_date,
        approver=approver,
        approver_holder=holders[0] if holders else None,
        lists=tuple((heading, getattr(version, name)) for heading, name in LISTS),
    )


def _shown(versions: Sequence[ProcedureVersion]) -> ProcedureVersion:
    effective = [version for version in versions if version.state == VersionState.EFFECTIVE]
    return effective[0] if effective else versions[-1]


def _counts(version_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    rows = (
        Step.objects.filter(version__in=version_ids)
        .values("version_id")
        .annotate(
            steps=Count("id"),
            decisions=Count("id", filter=Q(kind=StepKind.DECISION)),
            total=Sum("minutes"),
        )
    )
    return {row["version_id"]: (row["steps"], row["decisions"], row["total"]) for row in rows}


def _row(
    procedure: Procedure,
    shown: ProcedureVersion,
    versions: Sequence[ProcedureVersion],
    counts: dict[int, tuple[int, int, int]],
) -> ProcedureRow:
    making = [version for version in versions if version.state in IN_MAKING]
    draft = making[-1] if making and making[-1].pk != shown.pk else None
    steps, decisions, minutes = counts.get(shown.pk, (0, 0, 0))
    ratified = [version for version in versions if version.state == VersionState.RATIFIED]
    coming = ratified[-1] if ratified and ratified[-1].pk != shown.pk else None
    return ProcedureRow(procedure, shown, draft, steps, decisions, minutes, coming)
