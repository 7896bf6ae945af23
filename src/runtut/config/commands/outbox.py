from __future__ import annotations

import argparse
from datetime import UTC

from runtut.config.nightly import NIGHTLY
from runtut.core import clock, jobs
from runtut.core.models import NightlyJob, OutboxMessage


def overview(options: argparse.Namespace) -> int:
    """Print the nightly jobs with their last run, and how much of the outbox waits or was given up; exit 1
    when a job found or failed at something."""
    rows = {row.name: row for row in NightlyJob.objects.all()}
    for job in NIGHTLY:
        print(f"{job.name:<14}{standing(rows.get(job.name))}")
    waiting = OutboxMessage.objects.filter(sent_at=None, dead_at=None).count()
    print(f"{waiting} messages wait; {jobs.dead_letters().count()} were given up.")
    return 0 if all(row.is_well for row in rows.values()) else 1


def standing(row: NightlyJob | None) -> str:
    """Say how the newest run of a job went."""
    if row is None or row.started_at is None:
        return "not run yet"
    when = f"{row.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if row.failure:
        return f"{when}  failed: {row.failure}"
    if row.finished_at is None:
        return f"{when}  not finished"
    return f"{when}  {row.findings} findings: {row.command}" if row.findings else f"{when}  nothing wrong"


def dead(options: argparse.Namespace) -> int:
    """Print the messages that were given up, each with its last error; exit 1 when there are any."""
    count = 0
    for row in jobs.dead_letters():
        when = f"{row.dead_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if row.dead_at else ""
        print(f"{when}  {row.topic}  {row.key}  after {row.attempts} attempts: {row.last_error}")
        count += 1
    print(
        f"{count} given up; `runtut jobs revive` puts them back." if count else "Nothing has been given up."
    )
    return 1 if count else 0


def revive(options: argparse.Namespace) -> int:
    """Put given-up messages back in the queue, all or those of one topic."""
    print(f"{jobs.revive(at=clock.now(), topic=options.topic)} put back.")
    return 0
