"""The papers of meetings, follow-up and sending as content of documents (docs/formats/document.md), and a
calendar file.

Pure: facts in, content out.
"""

from runtut.cases.rendering.calendar_file import calendar_file
from runtut.cases.rendering.follow_ups import (
    Explained,
    ItemFacts,
    compose_agreement,
    compose_monitoring,
    monitoring_summary,
)
from runtut.cases.rendering.meetings import (
    AttendeeFacts,
    DecisionFacts,
    MeetingFacts,
    attendance_parts,
    invitation_parts,
    meeting_words,
    minutes_in_words,
    minutes_parts,
)
from runtut.cases.rendering.receipts import DeliveryFacts, compose_receipt, receipt_word

__all__ = [
    "AttendeeFacts",
    "DecisionFacts",
    "DeliveryFacts",
    "Explained",
    "ItemFacts",
    "MeetingFacts",
    "attendance_parts",
    "calendar_file",
    "compose_agreement",
    "compose_monitoring",
    "compose_receipt",
    "invitation_parts",
    "meeting_words",
    "minutes_in_words",
    "minutes_parts",
    "monitoring_summary",
    "receipt_word",
]
