"""The SOPs of several offices at once: what is sought among them, which office lacks which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from runtut.core import search
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import UNFINISHED, CheckupState, VersionState
from runtut.procedures.models import Checkup, Procedure, ProcedureVersion
from runtut.procedures.queries.searching import PROCEDURES
from runtut.procedures.queries.versions import ProcedureRow, rows_of


@dataclass(frozen=True)
class Sought:
    """What is asked for among SOPs; what is empty is not asked. `text` are words of title, number, steps or
    laws; `state` is one that some version is in; `is_overdue`: a monitoring or evaluation is late."""

    text: str = ""
    state: str = ""
    is_overdue: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.state or self.is_overdue)


@dataclass(frozen=True)
class Lack:
    """An SOP that an office has not in force and most offices of its kind have; it may be in the making."""

    title: str
    is_drafted: bool


@dataclass(frozen=True)
class OfficeStanding:
    """Where an office stands with its SOPs: how many are in force, in the making, overdue for review."""

    unit: OrganisationUnit
    in_force: int
    unfinished: int
    overdue: int
    lacks: tuple[Lack, ...]


def subjects_of(procedures: Collection[Procedure]) -> dict[int, str]:
    """Return by id by what SOPs of several offices are known as the same: the library's entry, also for one
    that an office wrote itself under the title of such an SOP; else the title."""
    titles = {one.pk: one.title.casefold() for one in procedures}
    entries = {titles[one.pk]: one.library_key for one in procedures if one.library_key}
    return {one.pk: one.library_key or entries.get(titles[one.pk], titles[one.pk]) for one in procedures}


def procedures_below(
    unit: OrganisationUnit, sought: Sought, *, on: date, start: int = 0, most: int | None = None
) -> list[ProcedureRow]:
    """Return the SOPs of a unit and of all below it, office by office, by title; five queries at most."""
    found = _sought(unit, sought, on).select_related("unit").order_by("unit__path", "title", "id")
    procedures = list(found[start : None if most is None else start + most])
    overdue = _overdue(procedures, on)
    return [replace(row, overdue_since=overdue.get(row.procedure.pk)) for row in rows_of(procedures)]


def units_with_procedures(unit: OrganisationUnit) -> set[int]:
    """Return the ids of a unit and of those below it, as far as they have SOPs in any state. One query."""
    return set(_below(unit).order_by().values_list("unit_id", flat=True).distinct())


def _below(unit: OrganisationUnit) -> QuerySet[Procedure]:
    return Procedure.objects.filter(unit__path__gte=unit.path, unit__path__lt=f"{unit.path}a")


def _sought(unit: OrganisationUnit, sought: Sought, on: date) -> QuerySet[Procedure]:
    found = _below(unit)
    if sought.text:
        found = found.filter(_saying(sought.text, unit))
    if sought.state:
        versions = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), state=sought.state)
        found = found.filter(Exists(versions))
    if sought.is_overdue:
        found = found.filter(Exists(_late(on).filter(procedure=OuterRef("pk"))))
    return found


def _saying(text: str, unit: OrganisationUnit) -> Q:
    """The condition that an SOP at or below a unit has the words; what is too short to search for is sought
    in the title. The index is asked first, by itself: its table cannot be named inside another query."""
    wanted = search.wanted(text)
    if not wanted:
        return Q(title__icontains=text)
    below = Q(kind=PROCEDURES, unit_path__gte=unit.path, unit_path__lt=f"{unit.path}a")
    return Q(uid__in=list(search.answers(wanted, below).order_by().values_list("uid", flat=True)))


def _late(on: date) -> QuerySet[Checkup]:
    return Checkup.objects.filter(state=CheckupState.WAITING, due_on__lt=on)


def _overdue(procedures: Collection[Procedure], on: date) -> dict[int, date]:
    rows = _late(on).filter(procedure__in=procedures).values_list("procedure_id")
    return dict(rows.annotate(since=Min("due_on")))


def standing_of(units: Sequence[OrganisationUnit], *, on: date) -> list[OfficeStanding]:
    """Return where offices stand with their SOPs, in the order given. Three queries.

    An office lacks an SOP that at least half of the offices of its kind have in force, itself counted.
    Several SOPs of an office under one subject count as one that it has.
    """
    procedures = list(Procedure.objects.filter(unit__in=units).order_by("title", "id"))
    in_force = _with_version(procedures, [VersionState.EFFECTIVE])
    unfinished = _with_version(procedures, UNFINISHED)
    late = dict(_late(on).filter(procedure__in=procedures).values_list("procedure_id").annotate(Count("id")))
    own: dict[int, list[Procedure]] = {unit.pk: [] for unit in units}
    for procedure in procedures:
        own[procedure.unit_id].append(procedure)
    subjects = subjects_of(procedures)
    expected = _expected(units, own, in_force, subjects)
    return [
        OfficeStanding(
            unit,
            in_force=sum(one.pk in in_force for one in own[unit.pk]),
            unfinished=sum(one.pk in unfinished for one in own[unit.pk]),
            overdue=sum(one.pk in late for one in own[unit.pk]),
            lacks=tuple(
                _lacks(
                    expected[unit.kind],
                    in_force={subjects[one.pk] for one in own[unit.pk] if one.pk in in_force},
                    unfinished={subjects[one.pk] for one in own[unit.pk] if one.pk in unfinished},
                )
            ),
        )
        for unit in units
    ]


def _with_version(procedures: Collection[Procedure], states: Collection[str]) -> set[int]:
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, state__in=states)
    return set(rows.values_list("procedure_id", flat=True))


def _expected(
    units: Sequence[OrganisationUnit],
    own: dict[int, list[Procedure]],
    in_force: Collection[int],
    subjects: dict[int, str],
) -> dict[str, dict[str, str]]:
    """The SOPs that at least half of each kind of office have in force: subject and title."""
    titles: dict[str, str] = {}
    having: dict[str, Counter[str]] = {unit.kind: Counter() for unit in units}
    for unit in units:
        has = [one for one in own[unit.pk] if one.pk in in_force]
        for procedure in has:
            titles.setdefault(subjects[procedure.pk], procedure.title)
        having[unit.kind].update({subjects[one.pk] for one in has})
    size = Counter(unit.kind for unit in units)
    return {
        kind: {subject: titles[subject] for subject in titles if 2 * counts[subject] >= size[kind]}
        for kind, counts in having.items()
    }


def _lacks(
    expected: dict[str, str], *, in_force: Collection[str], unfinished: Collection[str]
) -> Iterable[Lack]:
    """What an office lacks of the subjects expected, given those that it has in force and in the making."""
    for subject, title in expected.items():
        if subject not in in_force:
            yield Lack(title, is_drafted=subject in unfinished)
