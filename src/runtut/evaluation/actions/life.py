"""An instrument from its first draft to its close, and back when its run is returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from runtut.cases.models import Case, Task
from runtut.core.locks import write_transaction
from runtut.evaluation.actions.trail import leave_trail
from runtut.evaluation.enums import InstrumentState
from runtut.evaluation.errors import InstrumentExists, InstrumentIncomplete, NoInstrumentWanted
from runtut.evaluation.models import Instrument, Question, Section
from runtut.evaluation.queries import (
    INSTRUMENT,
    example_instrument,
    instrument_of,
    making_task,
    problems_of,
    tree_of,
)
from runtut.evaluation.rules import ensure_draft, ensure_makes
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.procedures.enums import Work
from runtut.procedures.queries import graph_of

LONGEST_INTRO = 2000


def ensure_making(case: Case, authority: Authority) -> Task:
    """Return the task in which the instrument is made. Raises NoInstrumentWanted and NotTheMaker."""
    task = making_task(case)
    if task is None:
        raise NoInstrumentWanted
    ensure_makes(authority, task)
    return task


def hold_draft(instrument: Instrument, authority: Authority) -> Instrument:
    """Return the row held until the commit, while it may be changed. Raises NoInstrumentWanted, NotTheMaker
    and InstrumentIsFrozen."""
    ensure_making(instrument.case, authority)
    held = (
        Instrument.objects.select_for_update(of=("self",)).select_related("case__unit").get(pk=instrument.pk)
    )
    ensure_draft(held)
    return held


def open_instrument(*, case: Case, example: bool, authority: Authority, at: datetime) -> Instrument:
    """Begin a run's instrument, from the ready-made one or empty, under the name of its SOP. Raises
    NoInstrumentWanted, NotTheMaker and InstrumentExists."""
    ensure_making(case, authority)
    with write_transaction():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if Instrument.objects.filter(case=case).exists():
            raise InstrumentExists
        given = example_instrument()
        instrument = Instrument.objects.create(
            region=case.region,
            case=case,
            title=case.procedure_version.title,
            intro=given["intro"] if example else "",
        )
        if example:
            fill(instrument, given["sections"])
        leave_trail(
            unit=case.unit,
            action="instrument.opened",
            subject=instrument.uid,
            authority=authority,
            at=at,
            data={"case": case.uid, "example": example},
        )
    return instrument


def fill(instrument: Instrument, sections: list[dict[str, Any]]) -> None:
    """Write sections with their questions into an empty instrument."""
    for place, given in enumerate(sections, start=1):
        section = Section.objects.create(
            region=instrument.region,
            instrument=instrument,
            sequence=place,
            title=given["title"],
            weight=Decimal(given["weight"]),
        )
        Question.objects.bulk_create(
            Question(region=instrument.region, section=section, sequence=number, **facts)
            for number, facts in enumerate(given["questions"], start=1)
        )


def describe_instrument(
    *, instrument: Instrument, title: str, intro: str, authority: Authority, at: datetime
) -> Instrument:
    """Set title and instructions of a draft. Raises what hold_draft refuses, NameMissing and TextTooLong."""
    clean = ensure_text(title, what="Judul", limit=200, field="title")
    text = ensure_fits(intro, what="Petunjuk", limit=LONGEST_INTRO, field="intro")
    with write_transaction():
        held = hold_draft(instrument, authority)
        held.title, held.intro = clean, text
        held.save(update_fields=["title", "intro"])
        leave_trail(
            unit=held.case.unit,
            action="instrument.described",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": clean},
        )
    return held


def use_instrument(*, instrument: Instrument, authority: Authority, at: datetime) -> Instrument:
    """Freeze a draft: from now on it is answered and nothing in it changes. Raises what hold_draft refuses,
    and InstrumentIncomplete."""
    with write_transaction():
        held = hold_draft(instrument, authority)
        problems = problems_of(tree_of(held))
        if problems:
            raise InstrumentIncomplete(problems="; ".join(problems))
        held.state, held.used_from = InstrumentState.IN_USE, at
        held.save(update_fields=["state", "used_from"])
        leave_trail(
            unit=held.case.unit,
            action="instrument.used",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"edition": held.edition},
        )
    return held


def close_instrument(
    *, instrument: Instrument, without: Mapping[str, str], authority: Authority, at: datetime
) -> Instrument:
    """Close the answering, with the reason for each position (by uid) that is not waited for. The caller has
    checked that whoever is missing has one."""
    with write_transaction():
        held = (
            Instrument.objects.select_for_update(of=("self",))
            .select_related("case__unit")
            .get(pk=instrument.pk)
        )
        held.state, held.closed_at, held.without = InstrumentState.CLOSED, at, dict(without)
        held.save(update_fields=["state", "closed_at", "without"])
        leave_trail(
            unit=held.case.unit,
            action="instrument.closed",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"without": dict(without)},
        )
    return held


def follow_return(*, case: Case, to_no: int, authority: Authority, at: datetime) -> None:
    """Let the instrument follow a return of its run, in the same transaction: back to its answering it opens
    again, back to its making (or before) the next edition begins as a copy."""
    steps = graph_of(case.procedure_version).steps
    numbers = {step.work: step.no for step in steps if step.topic == INSTRUMENT}
    if not numbers:
        return
    instrument = instrument_of(case)
    if instrument is None or instrument.is_draft:
        return
    if to_no <= numbers.get(Work.PREPARE, 0):
        copy_edition(instrument, authority, at)
    elif to_no <= numbers.get(Work.COLLECT, 0) and instrument.state == InstrumentState.CLOSED:
        Instrument.objects.filter(pk=instrument.pk).update(state=InstrumentState.IN_USE, closed_at=None)
        leave_trail(
            unit=case.unit,
            action="instrument.reopened",
            subject=instrument.uid,
            authority=authority,
            at=at,
            data={"to": to_no},
        )


def copy_edition(instrument: Instrument, authority: Authority, at: datetime) -> Instrument:
    """Close an edition and begin the next one with the same questions."""
    case = instrument.case
    Instrument.objects.filter(pk=instrument.pk).update(
        state=InstrumentState.CLOSED, closed_at=instrument.closed_at or at
    )
    fresh = Instrument.objects.create(
        region=case.region,
        case=case,
        edition=instrument.edition + 1,
        title=instrument.title,
        intro=instrument.intro,
    )
    names = ("kind", "text", "aspect", "options", "measure", "is_optional")
    fill(
        fresh,
        [
            {
                "title": tree.section.title,
                "weight": tree.section.weight,
                "questions": [{name: getattr(one, name) for name in names} for one in tree.questions],
            }
            for tree in tree_of(instrument)
        ],
    )
    leave_trail(
        unit=case.unit,
        action="instrument.edition",
        subject=fresh.uid,
        authority=authority,
        at=at,
        data={"edition": fresh.edition, "of": instrument.uid},
    )
    return fresh
