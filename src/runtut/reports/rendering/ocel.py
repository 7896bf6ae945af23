"""An event log as OCEL 2.0 in JSON: runs, SOPs, offices and positions are the objects of the events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
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

LATE: Final = {
    None: "",
    True: ',{"name":"terlambat","value":true}',
    False: ',{"name":"terlambat","value":false}',
}
ACTIVITY: Final = attrgetter("activity")
ROLE: Final = attrgetter("role")

written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

ALWAYS: Final = "1970-01-01T00:00:00+00:00"
"""The instant from which on a value that never changes holds."""


def ocel(logs: Logs) -> Iterator[str]:
    """Yield the text of the log, a piece for each run; what the events have named follows them."""
    runs: list[str] = []
    sops: dict[str, None] = {}
    positions: dict[str, dict[str, None]] = {}
    activities: dict[str, None] = {}
    yield '{"events":['
    comma = ""
    for run, events in logs:
        runs.append(run_object(run))
        sops[run.sop] = None
        positions.setdefault(run.office, {}).update(dict.fromkeys(map(ROLE, events)))
        activities.update(dict.fromkeys(map(ACTIVITY, events)))
        if events:
            yield comma + ",".join([event_of(run.uid, run.office, one) for one in events])
            comma = ","
    types = [{"name": name, "attributes": columns(ATTRIBUTES)} for name in activities]
    kinds = [{"name": name, "attributes": columns(found)} for name, found in OBJECT_TYPES.items()]
    yield (
        f'],"objects":[{",".join([*runs, *named_objects(sops, positions)])}],'
        f'"eventTypes":{written(types)},"objectTypes":{written(kinds)}}}\n'
    )


def named_objects(sops: Iterable[str], positions: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the objects that are known by their names alone; `positions` are those of each office."""
    yield from (named("sop", name) for name in sops)
    yield from (named("kantor", office) for office in positions)
    for office, roles in positions.items():
        yield from (named("jabatan", f"{role}, {office}") for role in roles if role)


def columns(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def run_object(run: LoggedRun) -> str:
    """Return a run as text, related to its SOP and its office."""
    since = f'"time":"{run.started_at}","value":'
    quarter = "" if run.quarter is None else f',{{"name":"triwulan",{since}{run.quarter}}}'
    return (
        f'{{"id":"{run.uid}","type":"kerja","attributes":[{{"name":"judul",{since}{written(run.title)}}},'
        f'{{"name":"keadaan",{since}{quoted(run.state)}}},{{"name":"tahun",{since}{run.year}}}{quarter}],'
        f'"relationships":[{related("sop", run.sop, "menurut")},{related("kantor", run.office, "di")}]}}'
    )


def named(kind: str, name: str) -> str:
    """Return an object that is known by its name alone."""
    told = [{"name": "nama", "time": ALWAYS, "value": name}]
    return written({"id": key_of(kind, name), "type": kind, "attributes": told, "relationships": []})


def key_of(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def event_of(uid: str, office: str, one: LoggedEvent) -> str:
    """Return an event of a run as text: they are many, and a dictionary for each takes longer than its
    writing."""
    return (
        f'{{"id":"{uid}#{one.sequence}","type":{quoted(one.activity)},"time":"{one.at}",'
        f'"attributes":[{act(one.person, one.transition)}{"" if one.step is None else of_step(one)}],'
        f'"relationships":[{{"objectId":"{uid}","qualifier":"dalam"}}{by(one.role, office)}]}}'
    )


def of_step(one: LoggedEvent) -> str:
    """Return what is told of the step that an event ends."""
    minutes = "" if one.minutes is None else f',{{"name":"menit_kerja","value":{one.minutes}}}'
    return f"{place(one.step, one.round)}{minutes}{LATE[one.is_late]}"


@lru_cache(maxsize=8192)
def act(person: str, transition: str) -> str:
    """Return who acted, and what that is in the lifecycle."""
    told = ({"name": "pelaku", "value": person}, {"name": "transisi", "value": transition})
    return ",".join(map(written, told))


@lru_cache(maxsize=8192)
def place(step: int, round_no: int) -> str:
    return f',{{"name":"langkah","value":{step}}},{{"name":"putaran","value":{round_no}}}'


@lru_cache(maxsize=8192)
def by(role: str, office: str) -> str:
    """Return the relationship to the position that acted; empty where none did."""
    return f",{related('jabatan', f'{role}, {office}', 'oleh')}" if role else ""


@lru_cache(maxsize=8192)
def related(kind: str, name: str, qualifier: str) -> str:
    return written({"objectId": key_of(kind, name), "qualifier": qualifier})


quoted = lru_cache(maxsize=8192)(written)
"""A text in JSON; most come again and again."""
