"""What acts on meetings and follow-up leave: an entry in the unit's audit stream, none in a run's history."""

from __future__ import annotations

from functools import partial

from runtut.organisations.actions import leave_trail as leave

leave_trail = partial(leave, room="cases")
