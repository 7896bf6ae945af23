"""Verifying handed-over figures: somebody else compares each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from runtut.cases.models import Case
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.performance.actions.rows import ensure_period_is_open
from runtut.performance.actions.telling import close_examined
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import RealisationState
from runtut.performance.errors import FigureMoved, NothingToVerify, VerifiesOwnFigure
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import collects_figures
from runtut.performance.rules import ensure_can_review, is_anothers

AWAITING = (RealisationState.SUBMITTED, RealisationState.APPROVED)


def verify_realisations(
    *,
    owner: Position,
    unit: OrganisationUnit,
    quarter: Quarter,
    authority: Authority,
    at: datetime,
    indicators: Iterable[Indicator] | None = None,
    seen: Mapping[int, int] | None = None,
) -> list[Realisation]:
    """Say that the figures which a position handed over agree with their evidence: all, or those named.
    `seen` are the versions that were read, by indicator.

    Raises NotAllowed, RealisationIsLocked, NothingToVerify and, with nothing verified, VerifiesOwnFigure or
    FigureMoved (another version than the one read).
    """
    ensure_can_review(authority, unit)
    with write_transaction():
        ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        rows = [row for row in unverified(unit, quarter) if row.indicator.owner_id == owner.pk]
        if indicators is not None:
            rows = [row for row in rows if row.indicator_id in {one.pk for one in indicators}]
        if not rows:
            raise NothingToVerify(period=quarter.label, owner=owner.short_title)
        for row in rows:
            if not is_anothers(authority, row):
                raise VerifiesOwnFigure(indicator=row.indicator.short_name, unit=unit.short_name)
            if seen is not None and seen.get(row.indicator_id) != row.version:
                raise FigureMoved(indicator=row.indicator.short_name)
        return keep_verified(rows, unit=unit, quarter=quarter, authority=authority, at=at)


def verify_others(
    *, unit: OrganisationUnit, quarter: Quarter, authority: Authority, at: datetime
) -> list[Realisation]:
    """Verify every handed-over figure of a quarter that is not one's own, for a run whose own rules have
    already allowed the step; what one typed or owns oneself is left for somebody else."""
    with write_transaction():
        rows = [row for row in unverified(unit, quarter) if is_anothers(authority, row)]
        return keep_verified(rows, unit=unit, quarter=quarter, authority=authority, at=at)


def follow_endorsement(*, case: Case, authority: Authority, at: datetime) -> list[Realisation]:
    """Verify the figures of a run that collects them with the paraf or approval of its document."""
    if case.quarter is None or not collects_figures(version=case.procedure_version):
        return []
    quarter = Quarter(case.year, case.quarter)
    return verify_others(unit=case.unit, quarter=quarter, authority=authority, at=at)


def unverified(unit: OrganisationUnit, quarter: Quarter) -> list[Realisation]:
    """Return the figures that are handed over and that nobody has verified (one query)."""
    return [row for row in handed_over(unit, quarter) if row.verified_at is None]


def handed_over(unit: OrganisationUnit, quarter: Quarter) -> list[Realisation]:
    """Hold the figures of a quarter that are handed over, approved or not (one query)."""
    return list(
        Realisation.objects.select_for_update(of=("self",))
        .filter(
            indicator__unit=unit,
            year=quarter.year,
            quarter=quarter.number,
            state__in=AWAITING,
        )
        .select_related("indicator")
        .order_by("id")
    )


def keep_verified(
    rows: Iterable[Realisation],
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    authority: Authority,
    at: datetime,
) -> list[Realisation]:
    """Keep who has verified figures, in the caller's transaction."""
    done = list(rows)
    for row in done:
        row.verified_by_id, row.verified_in_id, row.verified_at = (
            authority.user_id,
            authority.position_id,
            at,
        )
        row.version += 1
        row.save(update_fields=["verified_by", "verified_in", "verified_at", "version"])
        leave_trail(
            unit=unit,
            action="realisation.verified",
            subject=row.uid,
            authority=authority,
            at=at,
            data={"indicator": row.indicator.uid, "period": quarter.label, "value": row.value},
        )
    close_examined(unit=unit, quarter=quarter, at=at)
    return done
