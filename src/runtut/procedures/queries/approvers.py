"""Who signs the SOPs of an office."""

from __future__ import annotations

import re

from django.db.models import Case, Q, QuerySet, Value, When

from runtut.organisations.models import OrganisationUnit, Position


def head_of(office: OrganisationUnit) -> Position | None:
    """Return the position that heads an office: it approves its SOPs. One query."""
    return office.positions.filter(is_head=True, is_active=True).order_by("sequence", "id").first()


def approvers_for(office: OrganisationUnit) -> QuerySet[Position]:
    """Return the positions that may be named to approve the SOPs of an office: its own and those below it,
    then the heads of the units above."""
    own = Q(unit__path__gte=office.path, unit__path__lt=office.path_end)
    above = Q(unit__path__in=office.ancestor_paths, is_head=True)
    found = Position.objects.filter(own | above, is_active=True, unit__is_active=True)
    rank = Case(When(own, then=Value(0)), default=Value(1))
    return found.select_related("unit").order_by(rank, "sequence", "-unit__path", "id")


def proposed_approver(office: OrganisationUnit, written: str) -> Position | None:
    """Return the position that a document names as its approver, else the head of the office. Two queries at
    most.

    A position is named where every word of its title is written; of several the one with most words.
    """
    words = _words(written)
    named = [one for one in approvers_for(office) if words and _words(one.title) <= words]
    return max(named, key=lambda one: len(_words(one.title)), default=None) or head_of(office)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
