"""An event log as OCEL 2.0 in JSON: runs, SOPs, offices and positions are the objects of the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from runtut.reports.rendering.facts import LoggedEvent, LoggedRun, Logs

ATTRIBUTES: Final = {
    "pelaku": "string",
    "transisi": "string",
    "langkah": "integer",
    "putaran": "integer",
    "menit_kerja": "integer",
    "terlambat": "boolean",
}
"""What every kind of event may tell, with its type."""

OF_RUN: Final = {"judul": "string", "keadaan": "string", "tahun": "integer", "triwulan": "integer"}
NAMED: Final = {"nama": "string"}
OBJECT_TYPES: Final = {"kerja": OF_RUN, "sop": NAMED, "kantor": NAMED, "jabatan": NAMED}

written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

ALWAYS: Final = "1970-01-01T00:00:00+00:00"
"""The instant from which on a value that never changes holds."""


def ocel(logs: Logs) -> Iterator[str]:
    """Yield the text of the log, a piece for each run; what the events have named follows them."""
    objects: dict[str, str] = {}
    activities: dict[str, None] = {}
    yield '{"events":['
    comma = ""
    for run, events in logs:
        objects[run.uid] = run_object(run)
        named(objects, "sop", run.sop)
        named(objects, "kantor", run.office)
        for one in events:
            activities.setdefault(one.activity)
            if one.role:
                named(objects, "jabatan", f"{one.role}, {run.office}")
        if events:
            yield comma + ",".join(event_of(run, one) for one in events)
            comma = ","
    types = [{"name": name, "attributes": columns(ATTRIBUTES)} for name in activities]
    kinds = [{"name": name, "attributes": columns(found)} for name, found in OBJECT_TYPES.items()]
    yield (
        f'],"objects":[{",".join(objects.values())}],"eventTypes":{written(types)},'
        f'"objectTypes":{written(kinds)}}}\n'
    )


def columns(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def run_object(run: LoggedRun) -> str:
    """Return a run as text, related to its SOP and its office."""
    told = {"judul": run.title, "keadaan": run.state, "tahun": run.year, "triwulan": run.quarter}
    attributes = ",".join(
        f'{{"name":"{name}","time":"{run.started_at}","value":{written(value)}}}'
        for name, value in told.items()
        if value is not None
    )
    return (
        f'{{"id":"{run.uid}","type":"kerja","attributes":[{attributes}],'
        f'"relationships":[{related("sop", run.sop, "menurut")},{related("kantor", run.office, "di")}]}}'
    )


def named(objects: dict[str, str], kind: str, name: str) -> None:
    """Add an object that is known by its name alone."""
    key = key_of(kind, name)
    if key not in objects:
        told = [{"name": "nama", "time": ALWAYS, "value": name}]
        objects[key] = written({"id": key, "type": kind, "attributes": told, "relationships": []})


def key_of(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def event_of(run: LoggedRun, one: LoggedEvent) -> str:
    """Return an event as text: they are many, and a dictionary for each takes longer than its writing."""
    told = [attribute("pelaku", one.person), attribute("transisi", one.transition)]
    if one.step is not None:
        told += [number("langkah", one.step), number("putaran", one.round)]
        told += [number("menit_kerja", one.minutes)] if one.minutes is not None else []
    if one.is_late is not None:
        told.append(f'{{"name":"terlambat","value":{"true" if one.is_late else "false"}}}')
    own = f'{{"objectId":"{run.uid}","qualifier":"dalam"}}'
    whose = f"{own},{related('jabatan', f'{one.role}, {run.office}', 'oleh')}" if one.role else own
    return (
        f'{{"id":"{run.uid}#{one.sequence}","type":{quoted(one.activity)},"time":"{one.at}",'
        f'"attributes":[{",".join(told)}],"relationships":[{whose}]}}'
    )


@lru_cache(maxsize=8192)
def attribute(name: str, value: str) -> str:
    return written({"name": name, "value": value})


@lru_cache(maxsize=8192)
def number(name: str, value: int) -> str:
    return written({"name": name, "value": value})


@lru_cache(maxsize=8192)
def related(kind: str, name: str, qualifier: str) -> str:
    return written({"objectId": key_of(kind, name), "qualifier": qualifier})


quoted = lru_cache(maxsize=8192)(written)
"""A text in JSON; most come again and again."""
