"""Which part draws which kind of work."""

from __future__ import annotations

from runtut.procedures.enums import Work
from runtut.web.parts.base import register_part
from runtut.web.parts.measuring import MeasurementPart, RealisationPart, RecordedPart
from runtut.web.parts.office import (
    ArchivePart,
    DisposisiPart,
    MeetPart,
    RegisterPart,
    ReviewPart,
    SignPart,
)
from runtut.web.parts.sending import AgendaPart, CoverLetterPart, DistributePart, SendOutPart


def offer() -> None:
    """Register every part; once, when the applications are ready."""
    register_part(Work.DISPOSISI, DisposisiPart)
    register_part(Work.REVIEW, ReviewPart)
    register_part(Work.SIGN, SignPart)
    register_part(Work.REGISTER, RegisterPart)
    register_part(Work.REGISTER, SendOutPart, "outgoing")
    register_part(Work.REGISTER, CoverLetterPart, "cover_letter")
    register_part(Work.DISTRIBUTE, DistributePart)
    register_part(Work.DISTRIBUTE, AgendaPart, "agenda")
    register_part(Work.ARCHIVE, ArchivePart)
    register_part(Work.MEET, MeetPart)
    register_part(Work.COLLECT, RealisationPart, "realisation")
    register_part(Work.PREPARE, MeasurementPart, "measurement")
    register_part(Work.RECORD, RecordedPart, "realisation")
