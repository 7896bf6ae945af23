"""CPU per completed step: the product, the bare statements, SpiffWorkflow; and the product's growth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from tests.cases.factories import Desk

from bench import spiff
from bench.cpu import Meter
from bench.floor import Recording, Statement, record, run_floor, start_many
from bench.office import CHAIRS, STEPS
from bench.scratch import use
from bench.sops import Move, Sop, linear, seven
from runtut.cases import actions
from runtut.cases.enums import CaseState
from runtut.cases.models import Case, Task
from runtut.organisations.models import Authority
from runtut.procedures.models import ProcedureVersion

LINEAR = linear(CHAIRS)
GROWTH = 4
"""How many times the rounds of the other measurements the growth is given."""


def product(desk: Desk, runs: int) -> Meter:
    """Take runs of the linear SOP through all measured steps with `cases.actions.complete_task`."""
    meter = Meter()
    walk(desk, desk.version, list(LINEAR.moves(returns=False))[:STEPS], runs, meter)
    return meter


def walk(desk: Desk, version: ProcedureVersion, moves: Sequence[Move], runs: int, meter: Meter) -> list[Case]:
    """Start runs of an SOP and make every move in each of them."""
    cases = [desk.start(moves[0].chair, procedure_version=version) for _ in range(runs)]
    people = {move.chair: desk.who(move.chair) for move in moves}
    for move in moves:
        tasks = list(
            Task.objects.filter(
                case__in=cases, state=1, step_no=move.no, position=desk.position(move.chair)
            ).values_list("uid", flat=True)
        )
        assert len(tasks) == runs
        at = desk.later(minutes=1)
        with meter.running():
            for uid in tasks:
                press(move, uid, people[move.chair], at)
    return cases


def press(move: Move, uid: UUID, authority: Authority, at: datetime) -> None:
    given: dict[str, Any] = {
        "task_uid": uid,
        "case_version": 0,
        "key": uuid4(),
        "authority": authority,
        "at": at,
    }
    if move.target is None:
        actions.complete_task(data={}, **given)
    else:
        actions.return_task(target_no=move.target, reason="Angka seksi belum lengkap", **given)


def floor(desk: Desk, recording: Recording, runs: int) -> Meter:
    meter = Meter()
    subjects = start_many(desk, runs * STEPS)
    run_floor([recording.for_subject(subject) for subject in subjects], meter)
    return meter


def spiff_walk(
    sop: Sop, moves: Sequence[Move], runs: int, meter: Meter, rows: Callable[[], list[list[Statement]]]
) -> list[int]:
    """Start runs of an SOP in SpiffWorkflow and make every move in each; `rows` are written with it."""
    ids = spiff.start_runs(sop.rows, runs)
    for move in moves:
        spiff.run_move(ids, move, rows(), meter)
    return ids


def no_rows(runs: int) -> Callable[[], list[list[Statement]]]:
    return lambda: [[] for _ in range(runs)]


def same_rows(desk: Desk, recording: Recording, runs: int) -> Callable[[], list[list[Statement]]]:
    """The product's own writes of a step, for as many fresh runs."""
    return lambda: [recording.for_subject(subject) for subject in start_many(desk, runs)]


def spiff_linear(rows: Callable[[], list[list[Statement]]], runs: int) -> Meter:
    meter = Meter()
    spiff_walk(LINEAR, list(LINEAR.moves(returns=False))[:STEPS], runs, meter, rows)
    return meter


def compare(desk: Desk, *, rounds: int, runs: int) -> dict[str, list[float]]:
    """Return milliseconds of CPU per step of the linear SOP, by variant: [total, client, server], medians of
    the rounds, and the total of the quietest round: what else the machine does can only add to it."""
    recording = record(desk)
    return interleaved(
        {
            "product": lambda: product(desk, runs),
            "floor": lambda: floor(desk, recording, runs),
            "spiff": lambda: spiff_linear(same_rows(desk, recording, runs), runs),
            "spiff_state_alone": lambda: spiff_linear(no_rows(runs), runs),
        },
        rounds,
        runs * STEPS,
    )


def compare_library(desk: Desk, *, rounds: int, runs: int, returns: bool) -> dict[str, Any]:
    """Return the same for the seven SOPs of the library, all moves of all of them weighing the same."""
    recording, sops = record(desk), seven()
    found = [(sop, library_version(desk, sop), list(sop.moves(returns=returns))) for sop in sops]

    def ours() -> Meter:
        meter = Meter()
        for sop, version, moves in found:
            cases = walk(desk, version, moves, runs, meter)
            done = Case.objects.filter(pk__in=[case.pk for case in cases], state=CaseState.DONE).count()
            assert done == runs, sop.key
        return meter

    def theirs(rows: Callable[[], list[list[Statement]]]) -> Meter:
        meter = Meter()
        for sop, _version, moves in found:
            ids = spiff_walk(sop, moves, runs, meter, rows)
            assert all(spiff.is_finished(run) for run in ids), sop.key
        return meter

    variants = {
        "product": ours,
        "spiff": lambda: theirs(same_rows(desk, recording, runs)),
        "spiff_state_alone": lambda: theirs(no_rows(runs)),
    }
    count = sum(len(moves) for _sop, _version, moves in found)
    return {"moves": count, **interleaved(variants, rounds, runs * count)}


def library_version(desk: Desk, sop: Sop) -> ProcedureVersion:
    """Return the SOP as the office has it, written the first time it is asked for."""
    found = ProcedureVersion.objects.filter(title=f"SOP {sop.key}").first()
    return found or sop.procedure(desk.office)


def growth(desk: Desk, databases: Mapping[str, str], *, rounds: int, runs: int) -> dict[str, list[float]]:
    """Return the product's CPU per step in databases that differ in history alone.

    A fifth is the budget and single rounds differ by as much: it is measured in more rounds than the rest."""

    def in_database(name: str) -> Callable[[], Meter]:
        def run() -> Meter:
            use(name)
            product(desk, 3)
            return product(desk, runs)

        return run

    return interleaved(
        {key: in_database(name) for key, name in databases.items()}, rounds * GROWTH, runs * STEPS
    )


def interleaved(
    variants: Mapping[str, Callable[[], Meter]], rounds: int, steps: int
) -> dict[str, list[float]]:
    """Run the variants in turn, one uncounted round first, and return the figures in ms per step.

    Every other round goes backwards, so that a machine that grows slower meanwhile favours nobody."""
    found: dict[str, list[Meter]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, variant in list(variants.items())[:: 1 if number % 2 else -1]:
            meter = variant()
            if number:
                found[name].append(meter)
    return {name: list(medians(meters, steps)) for name, meters in found.items()}


def medians(meters: list[Meter], steps: int) -> Iterator[float]:
    yield median(meter.total for meter in meters) * 1000 / steps
    yield median(meter.client for meter in meters) * 1000 / steps
    yield median(meter.server for meter in meters) * 1000 / steps
    yield min(meter.total for meter in meters) * 1000 / steps
