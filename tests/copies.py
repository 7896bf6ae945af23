"""A layer of small tests in several processes that import everything once.

The process that collected is forked; each copy takes the next module for as long as there is one, and the
first tells what the others found. xdist would import every module in every worker, beside a process that only
directs: for tests that need no database that costs more than they do.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO

import pytest

END = "end"
NUMBER = 2
"""Bytes of a module's number in the queue."""


def run_in_copies(session: pytest.Session, copies: int) -> None:
    """Run the collected tests in so many processes, this one among them."""
    modules = [list(items) for _, items in groupby(session.items, key=lambda item: item.path)]
    queue = queue_of(len(modules))
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(copies - 1)]
        others = [start_copy(session, modules, queue, reports) for reports in files]
        run(session, taken(modules, queue))
        for pid, reports in zip(others, files, strict=True):
            os.waitpid(pid, 0)
            retell(session, reports)


def queue_of(count: int) -> int:
    """Return a pipe that holds the numbers below `count`, each of which is read by one process only."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(NUMBER) for number in range(count)))
    os.close(writing)
    return reading


def taken(modules: list[list[pytest.Item]], queue: int) -> Iterator[pytest.Item]:
    while number := os.read(queue, NUMBER):
        yield from modules[int.from_bytes(number)]


def run(session: pytest.Session, items: Iterator[pytest.Item]) -> None:
    item = next(items, None)
    while item:
        following = next(items, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail or session.shouldstop:
            raise session.Interrupted(session.shouldfail or session.shouldstop)
        item = following


def start_copy(
    session: pytest.Session, modules: list[list[pytest.Item]], queue: int, reports: IO[bytes]
) -> int:
    """Fork; the copy runs what it takes, writes its reports to the file and is gone."""
    pid = os.fork()
    if pid:
        return pid
    try:
        keep_apart(session.config, reports)
        run(session, taken(modules, queue))
        pickle.dump(END, reports)
        reports.flush()
    finally:
        os._exit(0)


def keep_apart(config: pytest.Config, reports: IO[bytes]) -> None:
    """Let a copy print nothing, and capture into files of its own."""
    plugins = config.pluginmanager
    plugins.unregister(name="terminalreporter")
    plugins.register(Writer(config, reports))
    capture = plugins.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()


class Writer:
    """Keeps the reports of a copy."""

    def __init__(self, config: pytest.Config, reports: IO[bytes]) -> None:
        self.config = config
        self.reports = reports

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        pickle.dump(
            self.config.hook.pytest_report_to_serializable(config=self.config, report=report), self.reports
        )


def retell(session: pytest.Session, reports: IO[bytes]) -> None:
    """Report what a copy reported, as if it had been run here; one that was cut off is a fault."""
    hook = session.config.hook
    reports.seek(0)
    try:
        while (data := pickle.load(reports)) != END:
            report = hook.pytest_report_from_serializable(config=session.config, data=data)
            if report.when == "setup":
                hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
            hook.pytest_runtest_logreport(report=report)
            if report.when == "teardown":
                hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)
    except (EOFError, pickle.UnpicklingError) as error:
        raise RuntimeError("a copy of the test process ended in the middle of a test") from error
