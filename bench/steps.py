"""CPU per completed step: the product, the bare statements, SpiffWorkflow; and the product's growth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from uuid import uuid4

from tests.cases.factories import Desk

from bench import spiff
from bench.cpu import Meter
from bench.floor import Recording, record, run_floor, start_many
from bench.office import CHAIRS, STEPS
from bench.scratch import use
from runtut.cases import actions
from runtut.cases.models import Task


def product(desk: Desk, runs: int) -> Meter:
    """Take runs through all measured steps with `cases.actions.complete_task`."""
    meter = Meter()
    cases = [desk.start().pk for _ in range(runs)]
    people = {chair: desk.who(chair) for chair in set(CHAIRS)}
    for chair in CHAIRS[:STEPS]:
        tasks = list(
            Task.objects.filter(case__in=cases, state=1).order_by("id").values_list("uid", flat=True)
        )
        assert len(tasks) == runs
        at = desk.later(minutes=1)
        with meter.running():
            for uid in tasks:
                actions.complete_task(
                    task_uid=uid, case_version=0, data={}, key=uuid4(), authority=people[chair], at=at
                )
    return meter


def floor(desk: Desk, recording: Recording, runs: int) -> Meter:
    meter = Meter()
    subjects = start_many(desk, runs * STEPS)
    run_floor([recording.for_subject(subject) for subject in subjects], meter)
    return meter


def spiff_with_rows(desk: Desk, recording: Recording, runs: int) -> Meter:
    meter, ids = Meter(), spiff.start_runs(runs)
    for _step in range(STEPS):
        acts = [recording.for_subject(subject) for subject in start_many(desk, runs)]
        spiff.run_step(ids, acts, meter)
    return meter


def spiff_alone(runs: int) -> Meter:
    meter, ids = Meter(), spiff.start_runs(runs)
    for _step in range(STEPS):
        spiff.run_step(ids, [[]] * runs, meter)
    return meter


def compare(desk: Desk, *, rounds: int, runs: int) -> dict[str, list[float]]:
    """Return milliseconds of CPU per step, by variant: [total, client, server], medians of the rounds."""
    recording = record(desk)
    spiff.make_table()
    return interleaved(
        {
            "product": lambda: product(desk, runs),
            "floor": lambda: floor(desk, recording, runs),
            "spiff": lambda: spiff_with_rows(desk, recording, runs),
            "spiff_state_alone": lambda: spiff_alone(runs),
        },
        rounds,
        runs,
    )


def growth(desk: Desk, databases: Mapping[str, str], *, rounds: int, runs: int) -> dict[str, list[float]]:
    """Return the product's CPU per step in databases that differ in history alone."""

    def in_database(name: str) -> Callable[[], Meter]:
        def run() -> Meter:
            use(name)
            product(desk, 3)
            return product(desk, runs)

        return run

    return interleaved({key: in_database(name) for key, name in databases.items()}, rounds, runs)


def interleaved(
    variants: Mapping[str, Callable[[], Meter]], rounds: int, runs: int
) -> dict[str, list[float]]:
    """Run the variants in turn, one uncounted round first, and return the medians in ms per step."""
    found: dict[str, list[Meter]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, variant in variants.items():
            meter = variant()
            if number:
                found[name].append(meter)
    return {name: list(medians(meters, runs * STEPS)) for name, meters in found.items()}


def medians(meters: list[Meter], steps: int) -> Iterator[float]:
    yield median(meter.total for meter in meters) * 1000 / steps
    yield median(meter.client for meter in meters) * 1000 / steps
    yield median(meter.server for meter in meters) * 1000 / steps
