"""Writing the Renstra: period, goals, objectives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.performance.actions.trail import leave_trail
from runtut.performance.errors import GoalOfOtherOffice, RenstraOverlaps, YearsOfRenstraWrong
from runtut.performance.models import Goal, Objective, Renstra
from runtut.performance.rules import ensure_can_plan


def create_renstra(
    *,
    unit: OrganisationUnit,
    title: str,
    decree: str,
    first_year: int,
    last_year: int,
    authority: Authority,
    at: datetime,
) -> Renstra:
    """Open the Renstra of an office for a period.

    Raises NotThePlanner, NameMissing, TextTooLong, YearsOfRenstraWrong, and RenstraOverlaps naming the one
    that covers some of the years already.
    """
    ensure_can_plan(authority, unit)
    title = ensure_text(title, what="Judul Renstra", limit=200, field="title")
    decree = ensure_fits(decree, what="Dasar penetapan", limit=200, field="decree")
    if not 0 <= last_year - first_year < YearsOfRenstraWrong.most:
        raise YearsOfRenstraWrong(most=YearsOfRenstraWrong.most, field="last_year")
    with write_transaction():
        OrganisationUnit.objects.select_for_update().get(pk=unit.pk)
        there = Renstra.objects.filter(
            unit=unit, first_year__lte=last_year, last_year__gte=first_year
        ).first()
        if there is not None:
            raise RenstraOverlaps(unit=unit.short_name, period=there.period, field="first_year")
        renstra = Renstra.objects.create(
            region=unit.region,
            unit=unit,
            title=title,
            decree=decree,
            first_year=first_year,
            last_year=last_year,
        )
        leave_trail(
            unit=unit,
            action="renstra.created",
            subject=renstra.uid,
            authority=authority,
            at=at,
            data={"title": title, "period": renstra.period, "decree": decree},
        )
    return renstra


def describe_renstra(
    *, renstra: Renstra, title: str, decree: str, authority: Authority, at: datetime
) -> Renstra:
    """Change title and decree of a Renstra. Raises NotThePlanner, NameMissing and TextTooLong."""
    ensure_can_plan(authority, renstra.unit)
    before = {"title": renstra.title, "decree": renstra.decree}
    with write_transaction():
        renstra.title = ensure_text(title, what="Judul Renstra", limit=200, field="title")
        renstra.decree = ensure_fits(decree, what="Dasar penetapan", limit=200, field="decree")
        renstra.save(update_fields=["title", "decree"])
        leave_trail(
            unit=renstra.unit,
            action="renstra.described",
            subject=renstra.uid,
            authority=authority,
            at=at,
            data={"before": before, "after": {"title": renstra.title, "decree": renstra.decree}},
        )
    return renstra


def add_goals(*, renstra: Renstra, texts: Sequence[str], authority: Authority, at: datetime) -> list[Goal]:
    """Add goals at the end, in the order given. Raises NotThePlanner, NameMissing and TextTooLong, and adds
    none then."""
    ensure_can_plan(authority, renstra.unit)
    with write_transaction():
        Renstra.objects.select_for_update().get(pk=renstra.pk)
        last = renstra.goals.aggregate(last=Max("sequence"))["last"] or 0
        made = [
            Goal.objects.create(region=renstra.region, renstra=renstra, sequence=last + place, text=text)
            for place, text in enumerate(_worded(texts, "Tujuan"), start=1)
        ]
        for goal in made:
            leave_trail(
                unit=renstra.unit,
                action="goal.added",
                subject=goal.uid,
                authority=authority,
                at=at,
                data={"text": goal.text},
            )
    return made


def add_objectives(
    *, goal: Goal, texts: Sequence[str], authority: Authority, at: datetime
) -> list[Objective]:
    """Add objectives to a goal, in force for the Renstra's years and numbered within the office. Raises
    NotThePlanner, NameMissing and TextTooLong, and adds none then."""
    renstra = goal.renstra
    ensure_can_plan(authority, renstra.unit)
    with write_transaction():
        Renstra.objects.select_for_update().get(pk=renstra.pk)
        there = Objective.objects.filter(unit=renstra.unit, valid_until_year__gte=renstra.first_year)
        last = there.aggregate(last=Max("sequence"))["last"] or 0
        made = [
            Objective.objects.create(
                region=renstra.region,
                unit=renstra.unit,
                goal=goal,
                sequence=last + place,
                text=text,
                valid_from_year=renstra.first_year,
                valid_until_year=renstra.last_year,
            )
            for place, text in enumerate(_worded(texts, "Sasaran"), start=1)
        ]
        for objective in made:
            leave_trail(
                unit=renstra.unit,
                action="objective.added",
                subject=objective.uid,
                authority=authority,
                at=at,
                data={"goal": goal.uid, "text": objective.text},
            )
    return made


def _worded(texts: Sequence[str], what: str) -> list[str]:
    """The words of new rows; none at all is refused as a blank is."""
    return [ensure_text(text, what=what, limit=300, field="text") for text in texts or ("",)]


def place_objective(*, objective: Objective, goal: Goal, authority: Authority, at: datetime) -> Objective:
    """Put an objective that was there before the Renstra, or stands under another goal, under this one.
    Raises NotThePlanner, and GoalOfOtherOffice."""
    ensure_can_plan(authority, objective.unit)
    if goal.renstra.unit_id != objective.unit_id:
        raise GoalOfOtherOffice(field="goal")
    before = objective.goal
    if before == goal:
        return objective
    with write_transaction():
        objective.goal = goal
        objective.save(update_fields=["goal"])
        leave_trail(
            unit=objective.unit,
            action="objective.placed",
            subject=objective.uid,
            authority=authority,
            at=at,
            data={"before": before.uid if before else None, "goal": goal.uid},
        )
    return objective


def change_objective(
    *, objective: Objective, text: str, goal: Goal | None, authority: Authority, at: datetime
) -> None:
    """Change the words of an objective and, with `goal`, the goal that it serves. Raises as `reword` and
    `place_objective` do."""
    with write_transaction():
        if text != objective.text:
            reword(row=objective, text=text, authority=authority, at=at)
        if goal is not None:
            place_objective(objective=objective, goal=goal, authority=authority, at=at)


def reword(*, row: Goal | Objective, text: str, authority: Authority, at: datetime) -> None:
    """Change the words of a goal or an objective. Raises NotThePlanner, NameMissing and TextTooLong."""
    unit = row.renstra.unit if isinstance(row, Goal) else row.unit
    ensure_can_plan(authority, unit)
    what = "Tujuan" if isinstance(row, Goal) else "Sasaran"
    before = row.text
    with write_transaction():
        row.text = ensure_text(text, what=what, limit=300, field="text")
        row.save(update_fields=["text"])
        leave_trail(
            unit=unit,
            action=f"{row._meta.model_name}.reworded",
            subject=row.uid,
            authority=authority,
            at=at,
            data={"before": before, "after": row.text},
        )
