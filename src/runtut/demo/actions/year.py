"""A year and more of the office, asked for once and lived in portions."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from runtut.cases.models import Case
from runtut.core import jobs
from runtut.core.errors import DomainError
from runtut.core.locks import write_transaction
from runtut.demo.actions.desk import NobodyThere, Office
from runtut.demo.actions.life import Life, start_key
from runtut.demo.formulas import first_year
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.models import OrganisationUnit
from runtut.performance.models import Realisation, Rkt

logger = logging.getLogger(__name__)

TOPIC = "demo.year"
FIRST_OF_ALL = datetime.min
"""Due before whatever else the worker has to do."""


@dataclass(frozen=True)
class Lived:
    """How far the story is: the instant of the last move, how many moves were made now, whether nothing is left."""

    now: datetime
    moves: int
    is_over: bool


def is_untouched(unit: OrganisationUnit, year: int) -> bool:
    """Tell whether nobody has begun to work in an office: no run, no plan and no figure from a year on."""
    return not (
        Case.objects.filter(unit=unit).exists()
        or Rkt.objects.filter(unit=unit, year__gte=year).exists()
        or Realisation.objects.filter(indicator__unit=unit, year__gte=year).exists()
    )


def wants_year(*, at: datetime) -> bool:
    """Tell whether the demonstration's office is still without a past: also when it is not there yet."""
    office = Office.find()
    return office is None or is_untouched(office.unit, first_year(office.unit.local_date(at)))


def order_year(*, at: datetime) -> bool:
    """Have the worker live the year up to this instant, once. False where there is an office that somebody works in."""
    office = Office.find()
    if office is None or not is_untouched(office.unit, first_year(office.unit.local_date(at))):
        return False
    with write_transaction():
        jobs.enqueue(
            region=office.unit.region, topic=TOPIC, key=TOPIC, payload={"until": at}, at=at, due_at=at
        )
    return True


def live_year(*, until: datetime, moves: int = 10**6) -> Lived:
    """Live the office's days up to an instant, so many moves at most, and say how far it is.

    Goes on where it stopped. It never goes on against what somebody else has done in the office: the first
    refusal of an action ends the story, and what is there stays. Raises DemoNotAllowed unless RUNTUT_DEMO=1.
    """
    if not settings.DEMO:
        raise DemoNotAllowed
    office = Office.find()
    if office is None:
        return Lived(until, 0, is_over=True)
    life = Life(office, until)
    try:
        made = life.live(moves)
    except (DomainError, NobodyThere) as refusal:
        logger.warning("The demonstration year ends at %s: %s", life.now, refusal)
        return Lived(life.now, 0, is_over=True)
    return Lived(life.now, made, is_over=life.next_story() is None)
