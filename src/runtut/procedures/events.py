"""News that upper rooms may want."""

from __future__ import annotations

from django.dispatch import Signal

# checkup: Checkup, at: datetime. Sent inside the transaction of the act that gave it to another position.
checkup_assigned = Signal()

# version: ProcedureVersion, at: datetime. Sent inside the transaction of the act that handed it to its
# approver.
version_submitted = Signal()

# version: ProcedureVersion, position_id: int, at: datetime. Sent inside the transaction of the act that gave
# it back; the position is the one that had submitted it, and somebody else gave it back.
version_sent_back = Signal()

# version: ProcedureVersion, comment: ReviewComment, at: datetime. Sent inside the transaction of the act that
# wrote a remark, or the answer to one.
version_commented = Signal()
