"""A year and more of the office, asked for once and lived in portions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from runtut.core import jobs
from runtut.core.locks import write_transaction
from runtut.demo.actions.desk import Office
from runtut.demo.actions.life import Life
from runtut.demo.queries import TOPIC, living_since
from runtut.documents.actions.trail import RENDER
from runtut.organisations.errors import DemoNotAllowed

LATER = timedelta(days=1)
"""How long papers wait at most for the year to be over."""


@dataclass(frozen=True)
class Lived:
    """How far the story is: the instant of the last move, how many moves were made now, whether nothing is
    left."""

    now: datetime
    moves: int
    is_over: bool


def order_year(*, at: datetime) -> bool:
    """Have the worker live the year up to this instant, once. False where there is no office, or one in which
    somebody has begun to work by themselves."""
    office = Office.find()
    if office is None or living_since(at=at) is None:
        return False
    with write_transaction():
        jobs.enqueue(region=office.unit.region, topic=TOPIC, key=TOPIC, payload={"until": at}, at=at)
    return True


def live_year(*, until: datetime, moves: int = 10**6, stopping: jobs.Asked = jobs.never) -> Lived:
    """Live the office's days up to an instant, so many moves at most and none once `stopping` says so, and
    say how far it is.

    Goes on where it stopped. It never goes on against what somebody else has done in the office: what is
    there stays, and what an action refuses is left out (see Life). Its papers are made when it is over, the
    newest first. Raises DemoNotAllowed unless RUNTUT_DEMO=1.
    """
    if not settings.DEMO:
        raise DemoNotAllowed
    office = Office.find()
    if office is None or living_since(at=until) is None:
        return Lived(until, 0, is_over=True)
    life = Life(office, until)
    made = life.live(moves, stopping)
    lived = Lived(life.now, made, is_over=life.next_story() is None)
    jobs.put_off(topic=RENDER, due_before=until, to=until + LATER)
    if lived.is_over:
        jobs.newest_first(topic=RENDER, due_at=until + LATER, at=until)
    return lived
