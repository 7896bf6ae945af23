"""What is known before a run is started: its likely period, the last run of each SOP, and the letters that
have led to one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.procedures.models import Procedure


def latest_runs(*, procedure_ids: Collection[int]) -> dict[int, Case]:
    """Return the newest run of each SOP by the SOP's pk, cancelled ones left out. One query."""
    runs = Case.objects.filter(procedure_version__procedure__in=procedure_ids)
    newest = runs.exclude(state=CaseState.CANCELLED).values("procedure_version__procedure")
    found = Case.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    rows = found.select_related("procedure_version", "unit")
    return {one.procedure_version.procedure_id: one for one in rows}


def runs_under_way(procedure: Procedure) -> list[Case]:
    """Return the runs of an SOP that are not over, the newest first, three at most. One query."""
    rows = Case.objects.filter(procedure_version__procedure=procedure, state=CaseState.RUNNING)
    return list(rows.order_by("-pk")[:3])


def runs_of_letters(*, letter_ids: Collection[int]) -> dict[int, str]:
    """Return by the letter's pk the title of the newest run that it led to; a run that a step called takes
    over the letter of the run that called it. One query."""
    rows = Case.objects.filter(letter__in=letter_ids, parent_task=None).order_by("pk")
    return {key: title for key, title in rows.values_list("letter_id", "title") if key is not None}


def period_to_run(*, procedure: Procedure, on: date) -> Quarter:
    """Return the quarter that a run of the SOP is most likely about: the newest that has ended unless it has
    a run already, then the present one. One query."""
    now = Quarter.of(on)
    ended = now.previous()
    runs = Case.objects.filter(procedure_version__procedure=procedure, year=ended.year, quarter=ended.number)
    return now if runs.exclude(state=CaseState.CANCELLED).exists() else ended
