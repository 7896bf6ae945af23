"""Telling the owners of figures that some came back to them, and who gave them back that they are mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlencode

from runtut.cases.actions import News, close_notices, tell_office
from runtut.cases.enums import CaseState, NoticeAbout, NoticeKind
from runtut.cases.models import Case, Notice, Task
from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation
from runtut.performance.queries import asked_by_step, form_sent, sending_no

GRID, EXAMINATION = "/kinerja/", "/kinerja/periksa/"
"""Where figures are mended, and where they are examined."""


def figures_path(page: str, unit: OrganisationUnit, quarter: Quarter) -> str:
    query = urlencode({"unit": unit.uid, "tahun": quarter.year, "tw": quarter.number})
    return f"{page}?{query}"


def tell_of_return(
    rows: Iterable[Realisation],
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    reason: str,
    authority: Authority,
    at: datetime,
) -> None:
    """Tell the owner of each figure that was given back why, and where it is mended; not who did it."""
    path = figures_path(GRID, unit, quarter)
    for position_id, own in sorted(grouped(rows, lambda row: row.indicator.owner_id).items()):
        if position_id == authority.position_id:
            continue
        news = News(
            NoticeKind.RETURNED,
            unit,
            position_id,
            NoticeAbout.FIGURES,
            title=title_of(own, quarter),
            path=path,
            note=reason,
        )
        tell_office(news, at)
    close_examined(unit=unit, quarter=quarter, at=at)


def tell_of_mending(
    rows: Iterable[Realisation],
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    authority: Authority,
    at: datetime,
) -> None:
    """Tell whoever gave figures back that they are handed over again, and close what their owners were told.

    `rows` are as they were before. A run under way leads on to whoever examines them by its own steps.
    """
    given = list(rows)
    mended = [row for row in given if row.state == RealisationState.RETURNED]
    close_notices(
        about=NoticeAbout.FIGURES,
        at=at,
        unit=unit,
        path=figures_path(GRID, unit, quarter),
        position__in={row.indicator.owner_id for row in given},
    )
    running = Case.objects.filter(
        unit=unit, year=quarter.year, quarter=quarter.number, state=CaseState.RUNNING
    )
    if not mended or running.exists():
        return
    path = figures_path(EXAMINATION, unit, quarter)
    for position_id, own in sorted(grouped(mended, lambda row: row.returned_in_id or 0).items()):
        if position_id not in (0, authority.position_id):
            title = title_of(own, quarter)
            news = News(
                NoticeKind.ASSIGNED, unit, position_id, NoticeAbout.EXAMINATION, title=title, path=path
            )
            tell_office(news, at)


def tell_of_form(*, case: Case, task_id: int | None, at: datetime) -> None:
    """Tell the owners of figures, once the form has gone out with a task, that they are asked for and until
    when; whom a step of the run asks is told by that step. May be repeated: nobody is told twice of one
    sending."""
    task = Task.objects.filter(pk=task_id or 0).first()
    if task is None or task.step_no != sending_no(case.procedure_version):
        return
    with write_transaction():
        unit = OrganisationUnit.objects.select_for_update().get(pk=case.unit_id)
        sent = form_sent(case=case, at=at)
        if sent is None:
            return
        path = figures_path(GRID, unit, sent.quarter)
        day = long_date(unit.local_date(sent.by))
        title = f"Realisasi {sent.quarter.label} {unit.short_name}, paling lambat {day}"
        told = Notice.objects.filter(unit=unit, about=NoticeAbout.FIGURES, path=path, given_at=at)
        without = {task.position_id, *asked_by_step(case), *told.values_list("position_id", flat=True)}
        for position_id in sorted(set(sent.owners) - without):
            kind, about = NoticeKind.ASSIGNED, NoticeAbout.FIGURES
            tell_office(News(kind, unit, position_id, about, title=title, path=path), at)


def close_examined(*, unit: OrganisationUnit, quarter: Quarter, at: datetime) -> None:
    """Close what was told of mended figures, once none of the quarter waits to be verified."""
    waiting = Realisation.objects.filter(
        indicator__unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        state=RealisationState.SUBMITTED,
        verified_at=None,
    )
    if not waiting.exists():
        path = figures_path(EXAMINATION, unit, quarter)
        close_notices(about=NoticeAbout.EXAMINATION, at=at, unit=unit, path=path)


def grouped(
    rows: Iterable[Realisation], position_of: Callable[[Realisation], int]
) -> dict[int, list[Realisation]]:
    found: dict[int, list[Realisation]] = {}
    for row in rows:
        found.setdefault(position_of(row), []).append(row)
    return found


def title_of(rows: Iterable[Realisation], quarter: Quarter) -> str:
    """Name a quarter and the indicators: "TW I 2026: Indeks Kepuasan Masyarakat"."""
    return f"{quarter.label}: {', '.join(row.indicator.short_name for row in rows)}"
