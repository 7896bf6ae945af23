"""Handing the RKT in as a document, and making its targets those of the year."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority
from runtut.performance.actions.papers import hand_in_paper
from runtut.performance.actions.rkt import STATE_WORDS, WAYS_OUT, ensure_year_is_open
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import PlanState
from runtut.performance.errors import RktIncomplete, RktIsClosed
from runtut.performance.models import Rkt, Target
from runtut.performance.queries import rkt_facts, rkt_view
from runtut.performance.rendering import RktDrafted, compose_rkt
from runtut.performance.rules import ensure_can_approve


def draft_rkt(
    *, rkt: Rkt, drafted: RktDrafted, document: Document | None, authority: Authority, at: datetime
) -> DocumentVersion:
    """Compose the RKT as a document, or as the next version of one, hand it in, and close the plan.

    Raises RktIncomplete naming what is missing, RktIsClosed for an approved plan, and what the documents
    room refuses. Whether the authority may act is the run's to say.
    """
    with write_transaction():
        held = Rkt.objects.select_for_update(of=("self",)).select_related("unit", "document").get(pk=rkt.pk)
        ensure_whole(held)
        content = compose_rkt(rkt_facts(rkt=held, on=held.unit.local_date(at)), drafted)
        version = hand_in_paper(
            unit=held.unit,
            kind=DocumentKind.RKT,
            title=f"Rencana Kinerja Tahunan {held.year} {held.unit.short_name}",
            content=content,
            document=document or held.document,
            authority=authority,
            at=at,
        )
        submit(held, version, authority, at)
    return version


def hand_in_rkt_again(*, rkt: Rkt, version: DocumentVersion, authority: Authority, at: datetime) -> Rkt:
    """Hand in a plan that was taken back, along with a document that was written on since: the figures of
    both agree, which the run's step has seen to. Raises RktIncomplete, and RktIsClosed for an approved plan.
    """
    with write_transaction():
        held = Rkt.objects.select_for_update(of=("self",)).select_related("unit", "document").get(pk=rkt.pk)
        ensure_whole(held)
        submit(held, version, authority, at)
    return held


def ensure_whole(rkt: Rkt) -> None:
    """Raise RktIsClosed for an approved plan and RktIncomplete naming what is missing."""
    state = PlanState(rkt.state)
    if state in {PlanState.APPROVED, PlanState.LOCKED}:
        raise RktIsClosed(year=rkt.year, state=STATE_WORDS[state], way_out=WAYS_OUT[state])
    problems = rkt_view(rkt=rkt).problems
    if problems:
        raise RktIncomplete(year=rkt.year, missing="; ".join(problems))


def submit(rkt: Rkt, version: DocumentVersion, authority: Authority, at: datetime) -> None:
    rkt.state, rkt.document, rkt.submitted_at = PlanState.WAITING, version.document, at
    rkt.version += 1
    rkt.save(update_fields=["state", "document", "submitted_at", "version"])
    leave_trail(
        unit=rkt.unit,
        action="rkt.submitted",
        subject=rkt.uid,
        authority=authority,
        at=at,
        data={"year": rkt.year, "document": version.document.uid, "version": version.number},
    )


def approve_rkt(*, rkt: Rkt, authority: Authority, at: datetime) -> Rkt:
    """Make the plan's targets those of the year, as the head of the office; once.

    Raises NotTheHead, RktIsClosed for a plan that is not handed in, and YearHasLockedQuarter.
    """
    ensure_can_approve(authority, rkt.unit)
    with write_transaction():
        held = Rkt.objects.select_for_update(of=("self",)).select_related("unit").get(pk=rkt.pk)
        state = PlanState(held.state)
        if state in {PlanState.APPROVED, PlanState.LOCKED}:
            return held
        if state.is_open:
            raise RktIsClosed(
                year=held.year,
                state="ditarik kembali",
                way_out="Ajukan lagi melalui langkah penyusunan sebelum ditandatangani.",
            )
        ensure_year_is_open(unit=held.unit, year=held.year)
        count = _put_in_force(held)
        held.state, held.approved_at, held.approved_in_id = PlanState.APPROVED, at, authority.position_id
        held.version += 1
        held.save(update_fields=["state", "approved_at", "approved_in", "version"])
        leave_trail(
            unit=held.unit,
            action="rkt.approved",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"year": held.year, "targets": count},
        )
    return held


def _put_in_force(rkt: Rkt) -> int:
    """Replace the year's targets of every indicator in the plan."""
    planned = list(rkt.targets.all())
    indicators = {row.indicator_id for row in planned}
    Target.objects.filter(indicator__in=indicators, year=rkt.year).delete()
    made = Target.objects.bulk_create(
        Target(
            region=rkt.region,
            indicator_id=row.indicator_id,
            year=rkt.year,
            quarter=row.quarter,
            value=row.value,
            upper=row.upper,
        )
        for row in planned
    )
    keep_sums(indicators=indicators, year=rkt.year)
    return len(made)
