"""News that upper rooms may want. Receivers run inside the transaction of the act; by raising a DomainError
they refuse it."""

from __future__ import annotations

from django.dispatch import Signal

# calendar: WorkCalendar (with its new version), at: datetime
calendar_changed = Signal()

# position: Position, until: date, authority: Authority, at: datetime
position_closing = Signal()

# user_id: int, position: Position, at: datetime; an appointment or mandate was ended before its time
term_ended = Signal()

# unit: OrganisationUnit, old_path: str, authority: Authority, at: datetime
unit_moved = Signal()
