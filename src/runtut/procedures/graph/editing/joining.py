"""Two steps made of one, and one made of two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtut.procedures.enums import Mode, StepKind, TimeUnit
from runtut.procedures.errors import EditImpossible
from runtut.procedures.graph.editing.asking import LIMITS, asked_number
from runtut.procedures.graph.editing.sheet import Row
from runtut.procedures.graph.editing.times import time_of
from runtut.procedures.graph.nodes import MINUTES


def halves(activity: str, at: Any) -> tuple[str, str]:
    words = activity.split()
    if at not in (None, ""):
        place = asked_number(at)
        first, second = activity[:place].strip(" ,;"), activity[place:].strip(" ,;")
    else:
        half = (len(words) + 1) // 2
        cut = next((i for i, word in enumerate(words) if i and word.casefold() in {"dan", "serta"}), half)
        rest = (
            words[cut + 1 :]
            if cut < len(words) and words[cut].casefold() in {"dan", "serta"}
            else words[cut:]
        )
        first, second = " ".join(words[:cut]).strip(" ,;"), " ".join(rest).strip(" ,;")
    if not first or not second:
        raise EditImpossible(why="Kegiatan ini terlalu pendek untuk dipecah; tulis dahulu kedua bagiannya.")
    return first, second[:1].upper() + second[1:]


def shared(time: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The minutes of a time on two steps; together they are what they were."""
    late = time["minutes"] // 2
    return _minutes(time["minutes"] - late), _minutes(late)


def _minutes(minutes: int) -> dict[str, Any]:
    """Working minutes in the largest unit that tells them without a fraction."""
    for unit in (TimeUnit.DAY.value, TimeUnit.HOUR.value):
        if minutes and minutes % MINUTES[unit] == 0:
            return time_of(str(minutes // MINUTES[unit]), unit)
    return time_of(str(minutes), TimeUnit.MINUTE.value)


def joined(row: Row, following: Row) -> dict[str, Any]:
    one, two = row.cells, following.cells
    second = two["activity"]
    told = f"{one['activity']} dan {second[:1].lower()}{second[1:]}" if one["activity"] and second else ""
    needs = [name for name in two["requirements"] if name not in one["outputs"]]
    targets = [key for key in (*one["return_to"], *two["return_to"]) if key not in {row.key, following.key}]
    decides = StepKind.DECISION.value in {one["kind"], two["kind"]}
    return {
        "activity": (told or one["activity"] or second)[: LIMITS["activity"]],
        "kind": StepKind.DECISION.value if decides else one["kind"],
        "performers": _together(one["performers"], two["performers"]),
        "requirements": list(dict.fromkeys([*one["requirements"], *needs])),
        "outputs": list(dict.fromkeys(two["outputs"] or one["outputs"])),
        "time": _minutes(one["time"]["minutes"] + two["time"]["minutes"]),
        "note": " ".join(dict.fromkeys(note for note in (one["note"], two["note"]) if note))[
            : LIMITS["note"]
        ],
        "return_to": list(dict.fromkeys(targets)),
        "calls": one["calls"] or two["calls"],
    }


def _together(one: list[list[str]], two: list[list[str]]) -> list[list[str]]:
    """Everybody of both; the second step's own take part in what the first one's complete."""
    there = {mark[0] for mark in one}
    acting = any(mark[1] != Mode.JOINT for mark in one)
    extra = [[key, Mode.JOINT.value if acting else mode, sure] for key, mode, sure in two if key not in there]
    return [*(list(mark) for mark in one), *extra]
