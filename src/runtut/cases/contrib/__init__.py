"""What a run offers by itself for every kind of work; upper rooms offer more for single topics."""

from runtut.cases import registry
from runtut.cases.contrib.disposisi import GiveDisposisi
from runtut.cases.contrib.endorse import Review, Sign
from runtut.cases.contrib.generic import GenericWork, Meeting
from runtut.cases.contrib.registers import Archive, Register
from runtut.procedures.enums import Work


def offer() -> None:
    """Register a handler for each kind of work; once per process."""
    registry.register(Work.DISPOSISI, GiveDisposisi())
    registry.register(Work.REVIEW, Review())
    registry.register(Work.SIGN, Sign())
    registry.register(Work.REGISTER, Register())
    registry.register(Work.ARCHIVE, Archive())
    registry.register(Work.MEET, Meeting())
    for work in (Work.COLLECT, Work.PREPARE, Work.FOLLOW_UP, Work.RECORD, Work.DISTRIBUTE, Work.GENERAL):
        registry.register(work, GenericWork())


__all__ = ["Archive", "GenericWork", "GiveDisposisi", "Meeting", "Register", "Review", "Sign", "offer"]
