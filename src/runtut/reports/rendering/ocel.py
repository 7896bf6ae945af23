"""An event log as OCEL 2.0 in JSON: runs, SOPs, offices and positions are the objects of the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

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

ALWAYS: Final = "1970-01-01T00:00:00+00:00"
"""The instant from which on a value that never changes holds."""


def ocel(logs: Logs) -> Iterator[str]:
    """Yield the text of the log, a piece for each run; what the events have named follows them."""
    objects: dict[str, dict[str, Any]] = {}
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
            yield comma + ",".join(written(event_of(run, one)) for one in events)
            comma = ","
    types = [{"name": name, "attributes": columns(ATTRIBUTES)} for name in activities]
    kinds = [{"name": name, "attributes": columns(found)} for name, found in OBJECT_TYPES.items()]
    yield (
        f'],"objects":{written(list(objects.values()))},"eventTypes":{written(types)},'
        f'"objectTypes":{written(kinds)}}}\n'
    )


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def columns(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def run_object(run: LoggedRun) -> dict[str, Any]:
    """Return a run, related to its SOP and its office."""
    told = {"judul": run.title, "keadaan": run.state, "tahun": run.year, "triwulan": run.quarter}
    return {
        "id": run.uid,
        "type": "kerja",
        "attributes": [
            {"name": name, "time": run.started_at, "value": value}
            for name, value in told.items()
            if value is not None
        ],
        "relationships": [
            {"objectId": key_of("sop", run.sop), "qualifier": "menurut"},
            {"objectId": key_of("kantor", run.office), "qualifier": "di"},
        ],
    }


def named(objects: dict[str, dict[str, Any]], kind: str, name: str) -> None:
    """Add an object that is known by its name alone."""
    key = key_of(kind, name)
    if key not in objects:
        told = [{"name": "nama", "time": ALWAYS, "value": name}]
        objects[key] = {"id": key, "type": kind, "attributes": told, "relationships": []}


def key_of(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def event_of(run: LoggedRun, one: LoggedEvent) -> dict[str, Any]:
    told = {
        "pelaku": one.person,
        "transisi": one.transition,
        "langkah": one.step,
        "putaran": one.round,
        "menit_kerja": one.minutes,
        "terlambat": one.is_late,
    }
    related = [{"objectId": run.uid, "qualifier": "dalam"}]
    if one.role:
        related.append({"objectId": key_of("jabatan", f"{one.role}, {run.office}"), "qualifier": "oleh"})
    return {
        "id": f"{run.uid}#{one.sequence}",
        "type": one.activity,
        "time": one.at,
        "attributes": [{"name": name, "value": value} for name, value in told.items() if value is not None],
        "relationships": related,
    }
