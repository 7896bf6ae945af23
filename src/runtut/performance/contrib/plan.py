"""Steps of the RKT: "prepare" composes it, "sign" makes its targets the year's; both of topic "rkt"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib import Sign
from runtut.cases.contrib.generic import text_gate, typed
from runtut.cases.models import Task
from runtut.cases.queries import answering, output_name, run_document
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.documents.enums import DocumentKind
from runtut.organisations.models import Authority
from runtut.performance.actions import approve_rkt, draft_rkt
from runtut.performance.enums import PlanState
from runtut.performance.errors import RktMissing
from runtut.performance.models import Rkt
from runtut.performance.queries import renstra_gap, rkt_facts, rkt_of, rkt_view
from runtut.performance.rendering import RktDrafted, compose_rkt, rkt_wording


class PrepareRkt(WorkHandler):
    """`data`: "intro", "closing"; what is not there is as proposed. The figures are those of the RKT of the
    run's year."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The plan is drawn and complete, the paragraphs are written."""
        rkt = rkt_of(unit=task.case.unit, year=task.case.year)
        opened = Gate(
            code="rkt",
            label=f"RKT {task.case.year} disusun dari Renstra",
            met=rkt is not None,
            hint="" if rkt else way_to_rkt(task, at),
            anchor="rkt",
        )
        if rkt is None:
            return [opened]
        drafted = rkt_drafted(rkt, data, task, at)
        return [
            opened,
            complete_gate(rkt),
            text_gate("intro", "Pendahuluan", drafted.intro),
            text_gate("closing", "Penutup", drafted.closing),
        ]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any] | None:
        """The plan as it stands, once it is drawn."""
        rkt = rkt_of(unit=task.case.unit, year=task.case.year)
        if rkt is None:
            return None
        facts = rkt_facts(rkt=rkt, on=task.case.unit.local_date(at))
        return compose_rkt(facts, rkt_drafted(rkt, data, task, at))

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Compose the document, or in a later round its next version."""
        rkt = required_rkt(task)
        version = draft_rkt(
            rkt=rkt,
            drafted=rkt_drafted(rkt, data, task, at),
            document=run_document(case=task.case, kind=DocumentKind.RKT),
            authority=authority,
            at=at,
        )
        return [OutputSpec(output_name(task), document=version.document, document_version=version)]


class SignRkt(Sign):
    """`data` as for any approval."""

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Approve the document and put the targets in force, in one transaction."""
        made = super().complete(task, data, authority, at)
        approve_rkt(rkt=required_rkt(task), authority=authority, at=at)
        return made


def way_to_rkt(task: Task, at: datetime) -> str:
    """Return how to come to an RKT: there must be a Renstra to draw it from."""
    unit = task.case.unit
    gap = renstra_gap(unit=unit, year=task.case.year, on=unit.local_date(at))
    if gap is None or gap.renstra is not None:
        return "Buka halaman RKT dan susun dari Renstra."
    return f"{gap.sentence} {gap.who}"


def required_rkt(task: Task) -> Rkt:
    """Return the RKT of the run's year. Raises RktMissing."""
    rkt = rkt_of(unit=task.case.unit, year=task.case.year)
    if rkt is None:
        raise RktMissing(year=task.case.year, unit=task.case.unit.short_name)
    return rkt


def complete_gate(rkt: Rkt) -> Gate:
    """Everything that is still missing from the plan, by name."""
    problems = [] if PlanState(rkt.state) is PlanState.WAITING else rkt_view(rkt=rkt).problems
    return Gate(
        code="rkt_complete",
        label="Target dan pagu RKT lengkap",
        met=not problems,
        hint=f"Belum: {'; '.join(problems)}." if problems else "",
        anchor="rkt",
    )


def rkt_drafted(rkt: Rkt, data: Mapping[str, Any], task: Task, at: datetime) -> RktDrafted:
    """Return the paragraphs: what was typed, and what is proposed where nothing was."""
    facts = rkt_facts(rkt=rkt, on=task.case.unit.local_date(at))
    proposed = rkt_wording(facts)
    return RktDrafted(
        intro=typed(data, "intro", answering(task.case, proposed.opening)),
        closing=typed(data, "closing", proposed.closing),
    )
