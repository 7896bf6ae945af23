"""What a run offers by itself for every kind of work; upper rooms offer more for single topics."""

from runtut.cases import registry
from runtut.cases.contrib.disposisi import GiveDisposisi
from runtut.cases.contrib.endorse import Review, Sign
from runtut.cases.contrib.follow_ups import (
    AgreeFollowUp,
    WatchFollowUp,
    monitoring_words,
    proposed_intro,
)
from runtut.cases.contrib.generic import GenericWork
from runtut.cases.contrib.meetings import HoldMeeting, OrderMeeting, PrepareInvitation, WriteMinutes
from runtut.cases.contrib.registers import Archive, Register
from runtut.procedures.enums import Work


def offer() -> None:
    """Register a handler for each kind of work; once per process."""
    registry.register(Work.DISPOSISI, GiveDisposisi())
    registry.register(Work.REVIEW, Review())
    registry.register(Work.SIGN, Sign())
    registry.register(Work.REGISTER, Register())
    registry.register(Work.ARCHIVE, Archive())
    registry.register(Work.MEET, HoldMeeting())
    registry.register(Work.DISPOSISI, OrderMeeting(), "undangan")
    registry.register(Work.PREPARE, PrepareInvitation(), "undangan")
    registry.register(Work.PREPARE, WriteMinutes(), "notulen")
    registry.register(Work.PREPARE, AgreeFollowUp(), "follow_up_minutes")
    registry.register(Work.FOLLOW_UP, WatchFollowUp(), "monitoring")
    for work in (Work.COLLECT, Work.PREPARE, Work.FOLLOW_UP, Work.RECORD, Work.DISTRIBUTE, Work.GENERAL):
        registry.register(work, GenericWork())


__all__ = [
    "AgreeFollowUp",
    "Archive",
    "GenericWork",
    "GiveDisposisi",
    "HoldMeeting",
    "OrderMeeting",
    "PrepareInvitation",
    "Register",
    "Review",
    "Sign",
    "WatchFollowUp",
    "WriteMinutes",
    "monitoring_words",
    "offer",
    "proposed_intro",
]
