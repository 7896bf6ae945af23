"""Dated rows: valid from a day (inclusive) until a day (exclusive)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def in_force(on: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def overlapping(start: date, until: date | None) -> Q:
    """Return the condition that a dated row shares at least one day with [start, until); None is for ever."""
    meets = Q(valid_until__isnull=True) | Q(valid_until__gt=start)
    return meets if until is None else meets & Q(valid_from__lt=until)
