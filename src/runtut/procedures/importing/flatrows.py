"""Deal the words of run-together lines out to the columns activity, requirements and outputs.

Each line holds up to three fragments side by side. Where they part is chosen so that words that stand
together elsewhere in the document stay together, across lines too, that columns begin with a capital, run
without holes, and keep their width. The time between the last two columns is a sure cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import log2

from runtut.procedures.importing.times import READ
from runtut.procedures.importing.words import key, likeness

BAR = "|"
CUT = "\x00"
LONE = re.compile(r"(?<![\w.,/])(\d{1,3})(?![\w.,/)])")
UNIT_WORD = re.compile(r"(?i)(?<![\w])(menit|mnt|jam|hari|minggu)(?!\w)")
SHORT = {
    "di",
    "ke",
    "yg",
    "dr",
    "pd",
    "tk",
    "sk",
    "pp",
    "uu",
    "ba",
    "pk",
    "rt",
    "rw",
    "ii",
    "iv",
    "ni",
    "n,",
    "a",
    "ya",
    "dg",
    "&",
    "tu",
    "an",
    "na",
    "si",
    "nya",
    "kan",
    "i",
}
BEAM = 60
ROUNDS = 3
COLUMNS = 3
EMPTY = (1.2, 0.1, 0.0)
"""What a line costs that leaves a column empty that has begun: the activity is mostly the longest text."""


@dataclass(frozen=True)
class Line:
    """The words of a line, the cuts that bars make, the time and where it stood among the words (or -1)."""

    words: tuple[str, ...]
    bars: frozenset[int]
    time: str = ""
    cut: int = -1


@dataclass(frozen=True)
class _State:
    cost: float
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]


def lines_of(texts: Sequence[str], unit: str = "") -> list[Line]:
    """Take the time and the noise of a drawing out of the lines of a step."""
    marked = list(texts)
    times = [""] * len(marked)
    at = next((i for i, text in enumerate(marked) if READ.search(text)), -1)
    if at >= 0:
        match = READ.search(marked[at])
        assert match is not None
        times[at] = match.group()
        marked[at] = f"{marked[at][: match.start()]} {CUT} {marked[at][match.end() :]}"
    else:
        _halved(marked, times, unit)
    return [_line(text, time) for text, time in zip(marked, times, strict=True)]


def _line(text: str, time: str) -> Line:
    words: list[str] = []
    bars: set[int] = set()
    cut = -1
    for part in text.replace(BAR, f" {BAR} ").split():
        if part == BAR:
            bars.add(len(words))
        elif part == CUT:
            cut = len(words)
        elif not _is_noise(part):
            words.append(part)
    return Line(tuple(words), frozenset(bars), time, cut)


def _halved(marked: list[str], times: list[str], unit: str) -> None:
    """A time whose number and unit stand on two lines, or a bare number where the head gives the unit."""
    for at, text in enumerate(marked):
        for number in LONE.finditer(text):
            after = marked[at + 1 : at + 3]
            found = next(
                (
                    (i, match)
                    for i, line in enumerate(after, start=at + 1)
                    if (match := UNIT_WORD.search(line))
                ),
                None,
            )
            if found is None and not unit:
                continue
            times[at] = number[1] + (f" {found[1][1]}" if found else "")
            marked[at] = f"{text[: number.start()]} {CUT} {text[number.end() :]}"
            if found:
                line = marked[found[0]]
                marked[found[0]] = f"{line[: found[1].start()]} {CUT} {line[found[1].end() :]}"
            return


def _is_noise(part: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", part)
    if part == "&" or (letters and part[-1] in "-,"):
        return False
    if not letters:
        return not re.search(r"\d{2}", part)
    if len(letters) == 1 and part.isupper():
        return True
    return len(letters) <= 2 and part.casefold() not in SHORT and not re.fullmatch(r"[A-Z]{2}", part)


def neighbours(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often two words stand side by side in the lines of a document."""
    return Counter(pair for text in texts for pair in pairwise(map(key, _line(text, "").words)))


def part_lines(
    blocks: Sequence[Sequence[Line]], pairs: Counter[tuple[str, str]]
) -> list[tuple[list[str], list[str], list[str]]]:
    """Part the lines of every step into its three columns; `pairs` are the neighbours in the document."""
    widths = [10**6] * COLUMNS
    result = _pass(blocks, pairs, widths)
    if max((len(lines) for lines in blocks), default=0) < 2:
        return result
    for _ in range(ROUNDS):
        widths = [
            _width([len(text) for step in result for text in step[column] if text])
            for column in range(COLUMNS)
        ]
        result = _pass(blocks, pairs + _down(result), widths)
    return result


def _down(result: Sequence[tuple[list[str], list[str], list[str]]]) -> Counter[tuple[str, str]]:
    """Words that follow each other from line to line in the columns so far, each pair counted once less."""
    found = Counter(
        (key(one.split()[-1]), key(other.split()[0]))
        for step in result
        for column in step
        for one, other in pairwise(column)
    )
    return Counter({pair: count - 1 for pair, count in found.items() if count > 1})


def _width(lengths: Sequence[int]) -> int:
    """The width of a column: what nine in ten of its fragments keep."""
    ordered = sorted(lengths)
    return ordered[int(len(ordered) * 0.85)] if ordered else 10**6


def _pass(
    blocks: Sequence[Sequence[Line]], pairs: Counter[tuple[str, str]], widths: Sequence[int]
) -> list[tuple[list[str], list[str], list[str]]]:
    result = []
    before = ""
    for lines in blocks:
        parts = _part(lines, pairs, widths, before)
        result.append(parts)
        before = " ".join(parts[2]) or before
    return result


def _part(
    lines: Sequence[Line], pairs: Counter[tuple[str, str]], widths: Sequence[int], before: str
) -> tuple[list[str], list[str], list[str]]:
    beam = [_State(0.0, ((),) * COLUMNS, (-1,) * COLUMNS)]
    timed = next((at for at, line in enumerate(lines) if line.cut >= 0), -1)
    for at, line in enumerate(lines):
        grown = [
            _grown(state, line, at, first, second, pairs, widths, timed)
            for state in beam
            for first, second in _cuts(line)
        ]
        beam = sorted(grown, key=lambda state: state.cost)[:BEAM]
    best = min(beam, key=partial(_total, before=before))
    return tuple(list(column) for column in best.columns)  # type: ignore[return-value]  # always three


def _total(state: _State, before: str) -> float:
    needs = " ".join(state.columns[1])
    empty = sum(cost for column, cost in zip(state.columns, (15.0, 3.0, 3.0), strict=True) if not column)
    return state.cost + empty - 4 * likeness(needs, before)


def _cuts(line: Line) -> list[tuple[int, int]]:
    count = len(line.words)
    if line.cut >= 0:
        return [(first, line.cut) for first in range(line.cut + 1)]
    return [(first, second) for first in range(count + 1) for second in range(first, count + 1)]


def _grown(
    state: _State, line: Line, at: int, first: int, second: int,
    pairs: Counter[tuple[str, str]], widths: Sequence[int], timed: int,
) -> _State:  # fmt: skip
    words = line.words
    edges = (0, first, second, len(words))
    cost = state.cost
    columns: list[tuple[str, ...]] = []
    rows: list[int] = []
    for column in range(COLUMNS):
        part = words[edges[column] : edges[column + 1]]
        cost += _fragment_cost(part, column, state, at, pairs, widths[column])
        columns.append((*state.columns[column], " ".join(part)) if part else state.columns[column])
        rows.append(at if part else state.rows[column])
    for edge in {first, second}:
        if 0 < edge < len(words) and edge != line.cut:
            cost += 1.5 * log2(max(1, pairs[key(words[edge - 1]), key(words[edge])])) + (
                -2.0 if edge in line.bars else 0.4
            )
    cost += sum(3.0 for bar in line.bars if 0 < bar < len(words) and bar not in edges)
    return _State(cost, tuple(columns), tuple(rows))


def _fragment_cost(
    part: Sequence[str], column: int, state: _State, at: int, pairs: Counter[tuple[str, str]], width: int
) -> float:
    last = state.columns[column][-1].split()[-1] if state.columns[column] else ""
    if not part:
        broken = 5.0 if last.endswith("-") and state.rows[column] == at - 1 else 0.0
        return broken + (EMPTY[column] if last else 0.0)
    cost = 1.0 * max(0, len(" ".join(part)) - width - 2)
    word = part[0]
    if not last:
        cost += 0.0 if word[:1].isupper() else 3.0
        cost += 0.4 * at
        if column == 0:
            cost += 0.0 if re.match(r"(?:Me|Pe|Di|Ber)[a-z]{3}", word) else 2.5
        return cost
    cost += 4.0 * (at - state.rows[column] - 1 > 0)
    together = pairs[key(last), key(word)]
    cost -= 1.5 * log2(1 + together) if together else 0.0
    if word[:1].isupper() and not word.isupper() and not together:
        cost += 1.0
    if last.endswith("-") and word[:1].islower():
        cost -= 3.0
    return cost
