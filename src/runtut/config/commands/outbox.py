from __future__ import annotations

import argparse
from datetime import UTC

from runtut.core import clock, jobs


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
