"""An event log as XES (IEEE 1849): one trace for each run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import quoteattr

from runtut.reports.rendering.facts import LoggedEvent, LoggedRun, Logs

SITE: Final = "http://www.xes-standard.org"
EXTENSIONS: Final = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
)
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 cannot hold, even escaped."""


def xes(logs: Logs) -> Iterator[str]:
    """Yield the text of the log, a piece for each run."""
    yield head()
    for run, events in logs:
        yield trace(run, events)
    yield "</log>\n"


def head() -> str:
    extensions = "".join(
        f'<extension name="{name}" prefix="{prefix}" uri="{SITE}/{prefix}.xesext"/>\n'
        for name, prefix in EXTENSIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<log xes.version="1849.2016" xes.features="" xmlns="{SITE}/">\n{extensions}'
        '<global scope="trace">\n<string key="concept:name" value=""/>\n</global>\n'
        '<global scope="event">\n<string key="concept:name" value=""/>\n'
        '<string key="lifecycle:transition" value="complete"/>\n'
        '<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>\n</global>\n'
        '<classifier name="Kegiatan" keys="concept:name"/>\n'
        '<classifier name="Jabatan" keys="org:role"/>\n'
    )


def trace(run: LoggedRun, events: Sequence[LoggedEvent]) -> str:
    """Return a run with its events."""
    quarter = f'<int key="triwulan" value="{run.quarter}"/>\n' if run.quarter else ""
    closed = f'<date key="selesai" value="{run.closed_at}"/>\n' if run.closed_at else ""
    return (
        f'<trace>\n<string key="concept:name" value="{run.uid}"/>\n'
        f'<string key="judul" value={quoted(run.title)}/>\n'
        f"{string('sop', run.sop)}{string('kantor', run.office)}{string('keadaan', run.state)}"
        f'<int key="tahun" value="{run.year}"/>\n{quarter}'
        f'<date key="mulai" value="{run.started_at}"/>\n<date key="tenggat" value="{run.due_at}"/>\n'
        f"{closed}{''.join(map(event, events))}</trace>\n"
    )


def event(one: LoggedEvent) -> str:
    return (
        f"<event>\n{string('concept:name', one.activity)}"
        f'<string key="lifecycle:transition" value="{one.transition}"/>\n'
        f'<date key="time:timestamp" value="{one.at}"/>\n'
        f"{string('org:resource', one.person)}{string('org:role', one.role)}{of_step(one)}</event>\n"
    )


def of_step(one: LoggedEvent) -> str:
    """Return what is told of the step that an event ends."""
    if one.step is None:
        return ""
    told = f'<int key="langkah" value="{one.step}"/>\n<int key="putaran" value="{one.round}"/>\n'
    if one.opened_at is not None:
        told += f'<date key="start_timestamp" value="{one.opened_at}"/>\n'
    if one.minutes is not None:
        told += f'<int key="menit_kerja" value="{one.minutes}"/>\n'
    if one.is_late is not None:
        told += f'<boolean key="terlambat" value="{"true" if one.is_late else "false"}"/>\n'
    return told


@lru_cache(maxsize=8192)
def string(key: str, value: str) -> str:
    """Return a text attribute whose value comes again and again."""
    return f'<string key="{key}" value={quoted(value)}/>\n'


def quoted(value: str) -> str:
    return quoteattr(NOT_XML.sub("", value))
