"""Whether the office lives its own past, since when, and how far it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min

from runtut.cases.models import Case, CaseEvent
from runtut.core.models import OutboxMessage
from runtut.demo.formulas import FIRST_RENSTRA_YEAR, LAST_RENSTRA_YEAR, first_year, founding_day
from runtut.organisations.actions.demo import demo_uid
from runtut.organisations.models import OrganisationUnit
from runtut.performance.models import Realisation, Rkt

OFFICE = "sukamaju"
TOPIC = "demo.year"


@dataclass(frozen=True)
class Progress:
    """A past that is being lived right now: whose, up to which instant (None before its first act), and how
    many hundredths of its days that is."""

    unit: OrganisationUnit
    reached: datetime | None
    percent: int


def start_key(key: str, attempt: int = 1) -> UUID:
    """Return the key that a run of the demonstration ("s2.2025.1") is started with, once and for all; another
    for each further attempt at it."""
    return demo_uid("run", key if attempt == 1 else f"{key}#{attempt}")


def living_office() -> OrganisationUnit | None:
    """Return the office of the demonstration that has a past, None where it is not there."""
    return OrganisationUnit.objects.filter(uid=demo_uid("unit", OFFICE)).first()


def living_since(*, at: datetime) -> int | None:
    """Return the first year of the past that the office lives through its own acts, or would; None where
    somebody has worked in it before it was asked to."""
    unit = living_office()
    if unit is None:
        return first_year(at.date())
    plans = [start_key(f"s5.{year}") for year in range(FIRST_RENSTRA_YEAR, LAST_RENSTRA_YEAR + 1)]
    begun = Case.objects.filter(unit=unit, start_key__in=plans).aggregate(first=Min("year"))["first"]
    if begun is not None:
        return int(begun)
    order = OutboxMessage.objects.filter(topic=TOPIC).first()
    year = first_year(unit.local_date(ordered_until(order) if order else at))
    return year if order or is_untouched(unit, year) else None


def ordered_until(order: OutboxMessage) -> datetime:
    """Return up to which instant the past was asked for."""
    return datetime.fromisoformat(json.loads(order.payload)["until"])


def is_untouched(unit: OrganisationUnit, year: int) -> bool:
    """Tell whether nobody has begun to work in an office: no run, no plan and no figure from a year on."""
    return not (
        Case.objects.filter(unit=unit).exists()
        or Rkt.objects.filter(unit=unit, year__gte=year).exists()
        or Realisation.objects.filter(indicator__unit=unit, year__gte=year).exists()
    )


def progress() -> Progress | None:
    """Return how far the past is that the worker is still living, None when there is none (one query; three
    while it goes on)."""
    if not settings.DEMO:
        return None
    message = OutboxMessage.objects.filter(topic=TOPIC, sent_at=None, dead_at=None).first()
    unit = living_office() if message else None
    if message is None or unit is None:
        return None
    until = ordered_until(message)
    runs = Case.objects.filter(unit=unit).values("pk")
    lived = CaseEvent.objects.filter(case_id__in=runs, at__lte=until)
    reached = lived.aggregate(last=Max("at"))["last"]
    return Progress(unit, reached, hundredths(unit, reached, until))


def hundredths(unit: OrganisationUnit, reached: datetime | None, until: datetime) -> int:
    """Return how much of the days from the founding to the end is over."""
    today = unit.local_date(until)
    founded = founding_day(today)
    now = unit.local_date(reached) if reached else founded
    return 100 * (now - founded).days // max(1, (today - founded).days)
