"""News that upper rooms may want. Each is sent inside the transaction of the act."""

from __future__ import annotations

from django.dispatch import Signal

# letter: IncomingLetter, at: datetime; entered in the agenda.
letter_registered = Signal()

# disposisi: Disposisi, at: datetime; given to its recipients.
disposisi_given = Signal()

# letter_id: int, at: datetime; a recipient has acted on a disposisi of the letter.
disposisi_answered = Signal()
