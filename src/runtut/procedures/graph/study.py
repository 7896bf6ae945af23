"""How long a run of an SOP takes, returns included. Pure; minutes are working minutes.

A run walks the steps in their order; a step with return targets sends it back with some probability, and
every step from the target on is done again. Waiting at a desk is not in it: it is this much at least. Of a
standard time that is a range, every length between its ends is assumed to be equally likely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from runtut.procedures.graph.nodes import Graph, StepNode

ENOUGH: Final = 10
"""Attempts from which past runs speak for a step; below that the standard and the assumption do."""
ASSUMED_RETURN: Final = 0.2
MOST_RETURN: Final = 0.95
RUNS: Final = 4000
SEED: Final = 35


@dataclass(frozen=True)
class Past:
    """What past runs tell of one step: the minutes of every attempt, and how many sent the run back."""

    minutes: tuple[int, ...] = ()
    returns: int = 0

    @property
    def is_enough(self) -> bool:
        return len(self.minutes) >= ENOUGH


@dataclass(frozen=True)
class WhatIf:
    """A step as it could be: another time, another share of returns (0 to 1), or both. Of a range `minutes`
    is the upper end and `least` the lower."""

    no: int
    minutes: int | None = None
    returns: float | None = None
    least: int | None = None


@dataclass(frozen=True)
class StudyStep:
    """One step of the study. `visits` is how often a run passes it on average, `minutes` the mean of one
    attempt, `total` both multiplied; `if_halved` the mean of a whole run with half that time. `least` is the
    lower end of a range that the study went by."""

    no: int
    activity: str
    standard: int
    minutes: float
    from_runs: bool
    returns: float
    returns_from_runs: bool
    visits: float
    if_halved: float
    least: int | None = None

    @property
    def total(self) -> float:
        return self.visits * self.minutes


@dataclass(frozen=True)
class Study:
    """`standard` is the sum of the standard times, `expected` the mean of a whole run, `ninetieth` what nine
    of ten runs do not exceed; `critical` is the step that takes most of it."""

    steps: tuple[StudyStep, ...]
    standard: int
    expected: float
    ninetieth: int
    critical: StudyStep

    @property
    def is_assumed(self) -> bool:
        """Whether some share of returns is an assumption."""
        return any(step.returns and not step.returns_from_runs for step in self.steps)

    @property
    def has_range(self) -> bool:
        """Whether some step's time was drawn between the ends of a range."""
        return any(step.least is not None for step in self.steps)


@dataclass(frozen=True)
class _Link:
    """A step as the walk sees it: where a return leads (indices), how likely, how long an attempt takes: one
    of the `samples`, or anything between `least` and the only one."""

    step: StepNode
    targets: tuple[int, ...]
    chance: float
    samples: tuple[int, ...]
    least: int | None = None

    @property
    def mean(self) -> float:
        if self.least is not None:
            return (self.least + self.samples[0]) / 2
        return sum(self.samples) / len(self.samples)

    def draw(self, random: Random) -> int:
        """The minutes of one attempt."""
        if self.least is not None:
            return random.randint(self.least, self.samples[0])
        return self.samples[0] if len(self.samples) == 1 else random.choice(self.samples)


def study(
    graph: Graph,
    past: Mapping[int, Past] | None = None,
    *,
    assumed: float = ASSUMED_RETURN,
    what_if: WhatIf | None = None,
    seed: int = SEED,
) -> Study:
    """Study a graph of at least one step; the same arguments always give the same figures.

    A step with at least `ENOUGH` attempts in `past` takes its times and its share of returns from there. Any
    other takes its standard time, anything between both ends of a range alike, and is sent back with the
    probability `assumed` when it has targets. Several targets are equally likely. Means are exact, the
    percentile comes from 4,000 drawn runs.
    """
    known = past or {}
    links = [_link(step, graph, known.get(step.no, Past()), assumed, what_if) for step in graph.steps]
    means = [link.mean for link in links]
    visits = _visits(links)
    expected = sum(count * mean for count, mean in zip(visits, means, strict=True))
    rows = tuple(
        _row(link, known.get(link.step.no, Past()), count, expected)
        for link, count in zip(links, visits, strict=True)
    )
    return Study(
        steps=rows,
        standard=graph.total_minutes,
        expected=expected,
        ninetieth=_percentile(_draw(links, Random(seed)), 90),  # noqa: S311  # a simulation, no secret
        critical=max(rows, key=lambda row: (row.total, -row.no)),
    )


def _link(step: StepNode, graph: Graph, past: Past, assumed: float, what_if: WhatIf | None) -> _Link:
    numbers = [one.no for one in graph.steps]
    here = numbers.index(step.no)
    targets = tuple(numbers.index(no) for no in step.return_to if no in numbers[:here])
    link = _Link(
        step=step,
        targets=targets,
        chance=_chance(past, assumed) if targets else 0.0,
        samples=past.minutes if past.is_enough else (step.minutes,),
        least=None if past.is_enough else step.least,
    )
    if what_if is None or what_if.no != step.no:
        return link
    if what_if.minutes is not None:
        link = replace(link, samples=(what_if.minutes,), least=what_if.least)
    if what_if.returns is not None and targets:
        link = replace(link, chance=min(max(what_if.returns, 0.0), MOST_RETURN))
    return link


def _chance(past: Past, assumed: float) -> float:
    share = past.returns / len(past.minutes) if past.is_enough else assumed
    return min(max(share, 0.0), MOST_RETURN)


def _row(link: _Link, past: Past, visits: float, expected: float) -> StudyStep:
    return StudyStep(
        no=link.step.no,
        activity=link.step.activity,
        standard=link.step.minutes,
        minutes=link.mean,
        from_runs=past.is_enough,
        returns=link.chance,
        returns_from_runs=past.is_enough,
        visits=visits,
        if_halved=expected - visits * link.mean / 2,
        least=link.least,
    )


def _visits(links: Sequence[_Link]) -> list[float]:
    """How often each step is passed, exactly: passing step k once per attempt, plus what every later return
    repeats. Whoever leaves step i for good has passed step k as often as the attempts at i made it."""
    counts = []
    for passed in range(len(links)):
        until: list[float] = []
        sums = [0.0]
        for index, link in enumerate(links):
            own = 1.0 if index == passed else 0.0
            again = [sums[index] - sums[target] for target in link.targets]
            repeated = sum(again) / len(again) if again else 0.0
            until.append((own + link.chance * repeated) / (1 - link.chance))
            sums.append(sums[-1] + until[-1])
        counts.append(sums[-1])
    return counts


def _draw(links: Sequence[_Link], random: Random) -> list[int]:
    return [_run(links, random) for _ in range(RUNS)]


def _run(links: Sequence[_Link], random: Random) -> int:
    minutes = index = 0
    while index < len(links):
        link = links[index]
        minutes += link.draw(random)
        if link.chance and random.random() < link.chance:
            index = link.targets[0] if len(link.targets) == 1 else random.choice(link.targets)
        else:
            index += 1
    return minutes


def _percentile(values: Sequence[int], share: int) -> int:
    """The smallest value that at least `share` per cent do not exceed (nearest rank)."""
    return sorted(values)[-(-len(values) * share // 100) - 1]
