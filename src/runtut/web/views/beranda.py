"""Beranda: what waits for the reader today, and what will come."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from runtut.cases.queries import (
    PAGE,
    arrivals,
    count_open,
    count_unread,
    follow_up_inbox,
    inbox,
    waiting_for_others,
)
from runtut.core.dates import full_day_date
from runtut.core.worktime import Calendar
from runtut.demo.queries import Progress, progress
from runtut.performance.queries import Summary, newest_summary, summary
from runtut.web.frame.addresses import address
from runtut.web.frame.authority import administration, authorities, moment, person, today
from runtut.web.frame.pages import page
from runtut.web.frame.selectors import Selection, selection
from runtut.web.parts.follow_up_rows import follow_up_rows
from runtut.web.showing.answer_rows import answer_duties
from runtut.web.showing.asked_rows import figure_duties, part_duties
from runtut.web.showing.beranda_words import bars, headline, without_figure
from runtut.web.showing.figure_duties import open_figure_duties
from runtut.web.showing.first_steps import COOKIE, COOKIE_AGE, first_steps, wants_first_steps
from runtut.web.showing.obligations import Obligation, obligations
from runtut.web.showing.overseeing import overseen, units_overseen
from runtut.web.showing.turns import (
    delivery_duties,
    disposisi_duties,
    letter_duties,
    meeting_duties,
    signing_duties,
    sop_duties,
)
from runtut.web.showing.work_rows import Desk, Reading, calendar_shown, desk, sops_of, waiting_rows

MOST: Final = 2 * PAGE
NOTHING: Final = Desk((), (), ())


@require_GET
def beranda(request: HttpRequest) -> HttpResponse:
    """The steps that wait for the reader and those that wait for others, what comes, and the quarter."""
    chosen = selection(request)
    living = progress() if person(request).is_demo else None
    if living is not None and chosen.unit == living.unit:
        return being_lived(request, chosen, living)
    calendar = calendar_shown(request, chosen)
    figures = summary(unit=chosen.unit, quarter=chosen.quarter) if chosen.unit else None
    shown = newest_summary(unit=chosen.unit, current=figures) if chosen.unit and figures else None
    context = work(request, chosen, calendar)
    coming = coming_for(request, chosen, figures, calendar)
    overdue = next((one for one in coming if one.is_past), None)
    duties = duties_beside(request)
    besides = sum(map(len, duties.values()))
    following = next((one for one in coming if not one.is_past), None)
    context |= duties | {
        "sentence": headline(
            context["desk"],
            besides,
            overdue.title if overdue else "",
        ),
        "overdue": overdue,
        "day": full_day_date(today(request)),
        "figures": figures,
        "papers": context["desk"].papers + len(duties["to_sign"]),
        "overseen": overseen(authorities(request), chosen, calendar, moment(request)),
        "shown": shown,
        "bars": bars(shown) if shown else [],
        "blank": without_figure(shown) if shown else "",
        "coming": coming,
        "reckoned": any(one.is_reckoned for one in coming),
        "next": following,
        "is_free": context["desk"] == NOTHING and not besides,
        "is_next_today": following is not None and following.day == today(request),
        "start": address("web:kerja_mulai") if positions_of(request) else "",
        "unread": count_unread(user_id=person(request).pk, at=moment(request)),
        "steps": steps_for(request, chosen) if wants_first_steps(request) else (),
    }
    return page(request, "web/beranda.html", context, section="beranda", selection=chosen)


def duties_beside(request: HttpRequest) -> dict[str, list[Any]]:
    """What waits for the reader beside the steps, by its section of the page."""
    positions, paths, at = positions_of(request), paths_of(request), moment(request)
    return {
        "letters": letter_duties(position_ids=positions),
        "orders": disposisi_duties(position_ids=positions),
        "deliveries": delivery_duties(authorities(request)),
        "owed": part_duties(position_ids=positions, unit_paths=paths, at=at),
        "figures_asked": figure_duties(position_ids=positions, unit_paths=paths, at=at),
        "follow_ups": follow_up_rows(follow_up_inbox(position_ids=positions), at=at),
        "answers": answer_duties(position_ids=positions, at=at),
        "to_sign": signing_duties(position_ids=positions),
        "to_keep": meeting_duties(position_ids=positions),
        "figures_open": open_figure_duties(authorities(request)),
        "sops": sop_duties(position_ids=positions, unit_paths=paths),
    }


def being_lived(request: HttpRequest, chosen: Selection, living: Progress) -> HttpResponse:
    """What a made-up office shows while its past is still being lived: how far that is, and what to see
    meanwhile. Its steps of a year ago would look late."""
    context = {
        "day": full_day_date(today(request)),
        "living": living,
        "steps": steps_for(request, chosen)[:2],
    }
    return page(request, "web/beranda_disusun.html", context, section="beranda", selection=chosen)


def paths_of(request: HttpRequest) -> set[str]:
    """The paths of the offices in which the reader holds a position."""
    return {one.opens for one in authorities(request) if one.position_id}


@require_POST
def close_first_steps(request: HttpRequest) -> HttpResponse:
    """Put the list of first steps away in this browser."""
    answer = redirect("web:beranda")
    answer.set_cookie(
        COOKIE, "tutup", max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return answer


def steps_for(request: HttpRequest, chosen: Selection) -> Any:
    return first_steps(
        unit=chosen.unit,
        administers=administration(request) is not None,
        has_position=bool(positions_of(request)),
        oversees=bool(units_overseen(authorities(request), chosen.units)),
    )


def coming_for(
    request: HttpRequest, chosen: Selection, figures: Summary | None, calendar: Calendar | None
) -> list[Obligation]:
    if chosen.unit is None or figures is None:
        return []
    return obligations(
        unit=chosen.unit,
        unit_ids=[unit.pk for unit in chosen.units],
        authorities=authorities(request),
        figures=figures,
        calendar=calendar,
        at=moment(request),
    )


def positions_of(request: HttpRequest) -> list[int]:
    return [one.position_id for one in authorities(request) if one.position_id]


def work(request: HttpRequest, chosen: Selection, calendar: Calendar | None) -> dict[str, Any]:
    """The reader's own steps, and those of others in runs that the reader has worked on."""
    at, positions = moment(request), positions_of(request)
    mine = inbox(position_ids=positions, at=at, limit=MOST)
    units = [unit.pk for unit in chosen.units]
    others = waiting_for_others(position_ids=positions, unit_ids=units, at=at)
    lines = (*mine.lines, *others.lines)
    if calendar is None or not lines:
        return {"desk": NOTHING, "waiting": [], "total": 0, "most": MOST}
    reading = Reading(
        sops=sops_of({line.procedure_version_id for line in lines}),
        arrivals=arrivals(task_uids=[line.uid for line in mine.lines]),
        calendar=calendar,
        at=at,
        several=len(positions) > 1,
        home=chosen.unit.short_name if chosen.unit else "",
    )
    shown = desk(mine.lines, reading)
    return {
        "desk": shown,
        "waiting": waiting_rows(others.lines, reading.sops, calendar=calendar, at=at),
        "total": count_open(position_ids=positions, at=at)[0] if mine.after else 0,
        "most": MOST,
    }
