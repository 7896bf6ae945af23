"""Telling the owners of figures that some came back to them, and who gave them back that they are mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlencode

from runtut.cases.actions import News, close_notices, tell_office
from runtut.cases.enums import CaseState, NoticeAbout, NoticeKind
from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation

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
    mended = [row for row in rows if row.state == RealisationState.RETURNED]
    owners = {row.indicator.owner_id for row in mended}
    close_notices(
        about=NoticeAbout.FIGURES,
        at=at,
        unit=unit,
        path=figures_path(GRID, unit, quarter),
        position__in=owners,
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
