"""What every act of this room leaves in the audit trail of its office."""

from __future__ import annotations

from functools import partial

from runtut.organisations.actions import leave_trail as leave

leave_trail = partial(leave, room="performance")
