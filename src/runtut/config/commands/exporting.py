from __future__ import annotations

import argparse
import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from runtut.config.commands import Failed
from runtut.organisations.models import OrganisationUnit
from runtut.reports.queries import event_log
from runtut.reports.rendering import LoggedEvent, LoggedRun, Logs, ocel, xes

FORMATS: Final[dict[str, Callable[[Logs], Iterator[str]]]] = {".xes": xes, ".json": ocel}


def export_cases(options: argparse.Namespace) -> int:
    """Write the acts of all runs, or of one office's, as an event log; the name of the file says in which
    form. A file that is there already is not touched."""
    target = Path(options.file)
    is_packed = target.suffix == ".gz"
    form = FORMATS.get(Path(target.stem).suffix if is_packed else target.suffix)
    if form is None:
        raise Failed(f"{target.name}: name it .xes, .xes.gz, .json or .json.gz.")
    if target.exists():
        raise Failed(f"{target} exists already.")
    unit = office_named(options.office) if options.office else None
    told = Tally(event_log(unit=unit, year=options.year, with_names=options.names))
    write(target, form(told), is_packed=is_packed)
    print(f"{told.runs} runs, {told.events} events.")
    return 0


def office_named(name: str) -> OrganisationUnit:
    """Return the one office of a short name."""
    found = list(OrganisationUnit.objects.filter(short_name=name)[:2])
    if len(found) != 1:
        raise Failed(f"{name}: {'no office has' if not found else 'several offices have'} this short name.")
    return found[0]


class Tally:
    """Counts what passes through."""

    def __init__(self, logs: Logs) -> None:
        self.logs = logs
        self.runs = self.events = 0

    def __iter__(self) -> Iterator[tuple[LoggedRun, Sequence[LoggedEvent]]]:
        for run, events in self.logs:
            self.runs += 1
            self.events += len(events)
            yield run, events


def write(target: Path, pieces: Iterable[str], *, is_packed: bool) -> None:
    """Write beside the target and put it there whole: what is cut off leaves no log behind."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb") if is_packed else file as out:
            for piece in pieces:
                out.write(piece.encode())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
