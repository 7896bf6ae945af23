"""The interchange format of an SOP (docs/formats/sop.md): read and checked without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from runtut.organisations.enums import Role
from runtut.procedures.enums import Confidence, Mode, StepKind, TimeUnit, Work
from runtut.procedures.graph.nodes import MINUTES, Column, Graph, StepNode, least_of, split_modes

FORMAT = "runtut-sop/1"

_TEXTS = ("title", "number")
_LISTS = (
    "legal_basis",
    "related_sops",
    "qualifications",
    "equipment",
    "warnings",
    "records",
    "performers",
    "notes",
)
_STEP_TEXTS = ("activity", "label", "topic", "note", "calls")


class DocumentInvalid(ValueError):
    """A document that is not in the format; `problems` lists every reason with its place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


def read_document(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document as a plain dict; raises DocumentInvalid with every problem found.

    Whether the SOP makes sense (return targets, symbols, gaps) is lint's business, not the format's.
    """
    problems = list(_problems(data))
    if problems:
        raise DocumentInvalid(problems)
    return dict(data)


def graph_of_document(data: Mapping[str, Any]) -> Graph:
    """Build the graph of a valid document; columns are numbered from 1 in the order of the form."""
    roles = data.get("roles", {})
    ids = {name: index for index, name in enumerate(data["performers"], start=1)}
    columns = tuple(Column(index, name, roles.get(name, "")) for name, index in ids.items())
    return Graph(steps=tuple(_node(step, ids) for step in data["steps"]), columns=columns)


def _node(step: Mapping[str, Any], ids: Mapping[str, int]) -> StepNode:
    places = [(ids[who["name"]], who["mode"]) for who in step["performers"]]
    return step_node(step, no=step["no"], places=places, return_to=step["return_to"])


def step_node(
    step: Mapping[str, Any], *, no: int, places: Sequence[tuple[int, str]], return_to: Iterable[int]
) -> StepNode:
    """Return the node of a step as the SOP format words it; `places` are (number of the column, mode)."""
    mode, actors, joint = split_modes(places)
    time = step["time"]
    return StepNode(
        no=no,
        activity=step["activity"],
        label=step["label"],
        kind=step["kind"],
        work=step["work"],
        topic=step["topic"],
        actors=actors,
        mode=mode,
        joint=joint,
        rule_value=Decimal(str(time["value"])),
        rule_unit=time["unit"],
        minutes=time["minutes"],
        outputs=tuple(step["outputs"]),
        requirements=tuple(step["requirements"]),
        return_to=tuple(return_to),
        calls=step["calls"],
        time_text=time["text"],
        note=step["note"],
        least=least_of(Decimal(str(time["low"])) if "low" in time else None, time["unit"]),
    )


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("format") != FORMAT:
        yield f"format: harus {FORMAT}"
    for name in _TEXTS:
        if not isinstance(data.get(name), str):
            yield f"{name}: harus teks"
    for name in _LISTS:
        if not _is_texts(data.get(name)):
            yield f"{name}: harus daftar teks"
    yield from _date_problems(data.get("dates"))
    yield from _role_problems(data)
    steps = data.get("steps")
    if not isinstance(steps, list):
        yield "steps: harus daftar"
        return
    names = data.get("performers") if _is_texts(data.get("performers")) else []
    for index, step in enumerate(steps):
        for problem in _step_problems(step, names or []):
            yield f"steps[{index}].{problem}"


def _date_problems(dates: object) -> Iterator[str]:
    wanted = {"created", "revised", "effective"}
    if not isinstance(dates, Mapping) or set(dates) != wanted:
        yield "dates: harus memuat created, revised, effective"
    elif not all(isinstance(value, str) for value in dates.values()):
        yield "dates: harus teks, boleh kosong"


def _role_problems(data: Mapping[str, Any]) -> Iterator[str]:
    roles = data.get("roles", {})
    if not isinstance(roles, Mapping):
        yield "roles: harus objek nama pelaksana ke peran"
        return
    for name, role in roles.items():
        if role not in {*Role.values, ""}:
            yield f"roles.{name}: peran tidak dikenal"


def _step_problems(step: object, names: list[str]) -> Iterator[str]:
    if not isinstance(step, Mapping):
        yield "harus objek"
        return
    if not _is_number(step.get("no")):
        yield "no: harus bilangan bulat"
    for name in _STEP_TEXTS:
        if not isinstance(step.get(name), str):
            yield f"{name}: harus teks"
    for name in ("requirements", "outputs"):
        if not _is_texts(step.get(name)):
            yield f"{name}: harus daftar teks"
    yield from _choice(step, "kind", StepKind.values)
    yield from _choice(step, "work", Work.values)
    yield from _choice(step, "return_confidence", Confidence.values)
    targets = step.get("return_to")
    if not isinstance(targets, list) or not all(_is_number(target) for target in targets):
        yield "return_to: harus daftar nomor langkah"
    yield from _performer_problems(step.get("performers"), names)
    yield from _time_problems(step.get("time"))


def _performer_problems(performers: object, names: list[str]) -> Iterator[str]:
    if not isinstance(performers, list) or not all(isinstance(who, Mapping) for who in performers):
        yield "performers: harus daftar objek"
        return
    for who in performers:
        if who.get("name") not in names:
            yield "performers: nama tidak ada di daftar pelaksana"
        yield from _choice(who, "mode", Mode.values)
        yield from _choice(who, "confidence", Confidence.values)


def _time_problems(time: object) -> Iterator[str]:
    if not isinstance(time, Mapping) or not isinstance(time.get("text"), str):
        yield "time: harus memuat text, value, unit, minutes"
        return
    yield from _choice(time, "unit", TimeUnit.values)
    value, minutes = time.get("value"), time.get("minutes")
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_number(minutes):
        yield "time: value dan minutes harus angka"
    elif time.get("unit") in MINUTES and round(value * MINUTES[time["unit"]]) != minutes:
        yield "time: minutes tidak sama dengan value dan unit"
    else:
        yield from _range_problems(time.get("low"), time.get("high"), value)


def _range_problems(low: object, high: object, value: float) -> Iterator[str]:
    """A range has both ends, the lower first; its value is the upper one."""
    if low is None and high is None:
        return
    if isinstance(low, bool) or not isinstance(low, int | float) or not 0 <= low < value or high != value:
        yield "time: low dan high harus angka, low di bawah high, high sama dengan value"


def _choice(data: Mapping[str, Any], name: str, values: list[str]) -> Iterator[str]:
    if data.get(name) not in values:
        yield f"{name}: harus salah satu dari {', '.join(values)}"


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
