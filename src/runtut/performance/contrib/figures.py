"""Papers whose figures are drawn from rows: what is written on them must agree with the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from runtut.cases.models import Case
from runtut.cases.registry import FigureKeeper
from runtut.core.periods import Quarter
from runtut.documents.models import DocumentVersion
from runtut.organisations.models import Authority
from runtut.performance.actions import hand_in_rkt_again
from runtut.performance.enums import PlanState
from runtut.performance.models import Rkt
from runtut.performance.queries import ekt_facts, measurement_of, period_lock, rkt_facts, rkt_of, rkt_view
from runtut.performance.rendering import (
    EKT_LISTS,
    EktDrafted,
    RktDrafted,
    compose_ekt,
    compose_rkt,
    departures,
    differences,
    renewed,
)

Blocks = list[dict[str, Any]]


class RktFigures(FigureKeeper):
    """The RKT of the run's year: targets, programmes and budget as they are kept."""

    def differences(self, case: Case, content: Mapping[str, Any], on: date) -> list[str]:
        """Compare every table with the plan's rows."""
        rkt = rkt_of(unit=case.unit, year=case.year)
        return differences(rkt_blocks(rkt, on), content["blocks"]) if rkt else []

    def renewed(self, case: Case, blocks: Sequence[Mapping[str, Any]], on: date) -> Blocks:
        """Put the tables of the plan in place of the written ones."""
        rkt = rkt_of(unit=case.unit, year=case.year)
        return renewed(rkt_blocks(rkt, on), map(dict, blocks)) if rkt else [dict(one) for one in blocks]

    def missing(self, case: Case) -> list[str]:
        """A plan that was taken back is handed in with the document, so it must be whole."""
        rkt = rkt_of(unit=case.unit, year=case.year)
        return rkt_view(rkt=rkt).problems if rkt and PlanState(rkt.state).is_open else []

    def withdrawn(self, case: Case) -> str:
        """A plan that was taken back is not the one of the document any more."""
        rkt = rkt_of(unit=case.unit, year=case.year)
        is_open = rkt is not None and PlanState(rkt.state).is_open
        return "RKT sedang ditarik kembali untuk diperbaiki" if is_open else ""

    def handed_over(self, case: Case, version: DocumentVersion, authority: Authority, at: datetime) -> None:
        """Hand a plan in again that was taken back, as this version."""
        rkt = rkt_of(unit=case.unit, year=case.year)
        if rkt is not None and PlanState(rkt.state).is_open:
            hand_in_rkt_again(rkt=rkt, version=version, authority=authority, at=at)


class EktFigures(FigureKeeper):
    """The report on the run's year: every table, and how each figure was worked out."""

    def differences(self, case: Case, content: Mapping[str, Any], on: date) -> list[str]:
        """Compare with the year's figures."""
        return differences(ekt_blocks(case, on), content["blocks"], lists=EKT_LISTS)

    def renewed(self, case: Case, blocks: Sequence[Mapping[str, Any]], on: date) -> Blocks:
        """Put the year's figures in place of the written ones."""
        return renewed(ekt_blocks(case, on), map(dict, blocks), lists=EKT_LISTS)


class MeasurementFigures(FigureKeeper):
    """The quarter's figures and what explains them: what is locked is what was approved."""

    def differences(self, case: Case, content: Mapping[str, Any], on: date) -> list[str]:
        """Compare every row, and the causes; a quarter that is locked already stays as it is."""
        if case.quarter is None:
            return []
        quarter = Quarter(case.year, case.quarter)
        if period_lock(unit=case.unit, quarter=quarter) is not None:
            return []
        return departures(content, measurement_of(unit=case.unit, quarter=quarter, on=on))


def rkt_blocks(rkt: Rkt, on: date) -> Blocks:
    """Return the plan as it would be composed now."""
    blocks: Blocks = compose_rkt(rkt_facts(rkt=rkt, on=on), RktDrafted("", ""))["blocks"]
    return blocks


def ekt_blocks(case: Case, on: date) -> Blocks:
    """Return the report as it would be composed now."""
    facts = ekt_facts(unit=case.unit, year=case.year, on=on)
    blocks: Blocks = compose_ekt(facts, EktDrafted("", ""))["blocks"]
    return blocks
