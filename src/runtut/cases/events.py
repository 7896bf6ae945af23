"""News that upper rooms may want."""

from __future__ import annotations

from django.dispatch import Signal

# case: Case, event: CaseEvent. Sent by the worker after the act has committed, at least once.
act_committed = Signal()

# case: Case, from_no: int, to_no: int, reason: str, authority: Authority, at: datetime, data: what else was
# said of the return. Sent inside the transaction of the act: a receiver that raises a DomainError refuses the
# return.
run_returned = Signal()

# case: Case, authority: Authority, at: datetime. Sent inside the transaction when a step that examines or
# approves has endorsed: a receiver that raises a DomainError refuses the act.
step_endorsed = Signal()
