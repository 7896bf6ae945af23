"""News that upper rooms may want."""

from __future__ import annotations

from django.dispatch import Signal

# checkup: Checkup, at: datetime. Sent inside the transaction of the act that gave it to another position.
checkup_assigned = Signal()
