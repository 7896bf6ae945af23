"""What a run offers by itself for every kind of work; upper rooms offer more for single topics."""

from runtut.cases import registry
from runtut.cases.contrib.archiving import signer_gates
from runtut.cases.contrib.covering import CoverLetter
from runtut.cases.contrib.disposisi import GiveDisposisi
from runtut.cases.contrib.endorse import Review, Sign
from runtut.cases.contrib.figures import standing_figures, written_figures
from runtut.cases.contrib.follow_ups import (
    AgreeFollowUp,
    WatchFollowUp,
    agreement_wording,
    monitoring_words,
)
from runtut.cases.contrib.generic import GenericWork
from runtut.cases.contrib.meetings import HoldMeeting, OrderMeeting, PrepareInvitation, WriteMinutes
from runtut.cases.contrib.registers import Archive, Register
from runtut.cases.contrib.sending import Distribute, NumberAndDistribute, SendOut
from runtut.cases.contrib.writing import CompanionNote, DisposisiWithNote, WriteDocument
from runtut.documents.enums import DocumentKind, TemplateKind
from runtut.procedures.enums import Work


def offer() -> None:
    """Register a handler for each kind of work; once per process."""
    registry.register(Work.DISPOSISI, GiveDisposisi())
    registry.register(Work.REVIEW, Review())
    registry.register(Work.SIGN, Sign())
    registry.register(Work.REGISTER, Register())
    registry.register(Work.ARCHIVE, Archive())
    registry.register(Work.MEET, HoldMeeting())
    registry.register(Work.REGISTER, SendOut(), "outgoing")
    registry.register(Work.REGISTER, CoverLetter(), "cover_letter")
    registry.register(Work.DISTRIBUTE, Distribute())
    registry.register(Work.DISTRIBUTE, NumberAndDistribute(), "agenda")
    for work in (Work.COLLECT, Work.PREPARE, Work.FOLLOW_UP, Work.RECORD, Work.GENERAL):
        registry.register(work, GenericWork())
    offer_writing()
    offer_meetings()


def offer_meetings() -> None:
    """Register what prepares meetings and follows their decisions up, by the topic of the step."""
    registry.register(Work.DISPOSISI, OrderMeeting(), "undangan")
    registry.register(Work.PREPARE, PrepareInvitation(), "undangan")
    registry.register(Work.PREPARE, WriteMinutes(), "notulen")
    registry.register(Work.PREPARE, AgreeFollowUp(), "follow_up_minutes")
    registry.register(Work.FOLLOW_UP, WatchFollowUp(), "monitoring")


def offer_writing() -> None:
    """Register what writes a document, by the topic of the step."""
    kinds = (
        DocumentKind.NOTA_DINAS,
        DocumentKind.LAPORAN,
        DocumentKind.BERITA_ACARA,
        DocumentKind.SURAT_PENGANTAR,
    )
    for kind in kinds:
        registry.register(Work.PREPARE, WriteDocument(kind), topic=kind.value)
    registry.register(Work.PREPARE, WriteDocument(), topic="typing")
    registry.register(Work.DISPOSISI, DisposisiWithNote(), topic="nota_dinas")
    for template in (TemplateKind.GENERAL_NOTE, TemplateKind.REQUEST_NOTE):
        note = WriteDocument(DocumentKind.NOTA_DINAS, template)
        registry.register(Work.PREPARE, note, topic=template.value)
        registry.register(Work.DISPOSISI, DisposisiWithNote(template), topic=template.value)
    registry.register(Work.FOLLOW_UP, CompanionNote(DocumentKind.NOTA_DINAS), topic="nota_dinas")


__all__ = [
    "AgreeFollowUp",
    "Archive",
    "CompanionNote",
    "CoverLetter",
    "DisposisiWithNote",
    "Distribute",
    "GenericWork",
    "GiveDisposisi",
    "HoldMeeting",
    "NumberAndDistribute",
    "OrderMeeting",
    "PrepareInvitation",
    "Register",
    "Review",
    "SendOut",
    "Sign",
    "WatchFollowUp",
    "WriteDocument",
    "WriteMinutes",
    "agreement_wording",
    "monitoring_words",
    "offer",
    "signer_gates",
    "standing_figures",
    "written_figures",
]
