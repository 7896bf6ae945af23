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
    default_agreement_intro,
    default_monitoring_intro,
    default_monitoring_summary,
)
from runtut.cases.rendering.meetings import (
    AttendeeFacts,
    DecisionFacts,
    MeetingFacts,
    compose_attendance,
    compose_invitation,
    compose_minutes,
    minutes_in_words,
)
from runtut.cases.rendering.receipts import DeliveryFacts, compose_receipt

__all__ = [
    "AttendeeFacts",
    "DecisionFacts",
    "DeliveryFacts",
    "Explained",
    "ItemFacts",
    "MeetingFacts",
    "calendar_file",
    "compose_agreement",
    "compose_attendance",
    "compose_invitation",
    "compose_minutes",
    "compose_monitoring",
    "compose_receipt",
    "default_agreement_intro",
    "default_monitoring_intro",
    "default_monitoring_summary",
    "minutes_in_words",
]
