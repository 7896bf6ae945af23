"""News that upper rooms may want."""

from __future__ import annotations

from django.dispatch import Signal

# case: Case, event: CaseEvent. Sent by the worker after the act has committed, at least once.
act_committed = Signal()
