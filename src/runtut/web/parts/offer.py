"""Which part draws which kind of work."""

from __future__ import annotations

from runtut.procedures.enums import Work
from runtut.web.parts.base import register_part
from runtut.web.parts.compiling import (
    CompilationPart,
    EvaluationRecordPart,
    FormPart,
    GatheringPart,
    ValidationPart,
)
from runtut.web.parts.evaluating import AnswersPart, InstrumentPart, ReportPart
from runtut.web.parts.measuring import MeasurementPart, RealisationPart, RecordedPart
from runtut.web.parts.meeting import (
    AgreementPart,
    HoldMeetingPart,
    InvitationPart,
    MinutesPart,
    MonitoringPart,
    OrderMeetingPart,
)
from runtut.web.parts.office import (
    ArchivePart,
    DisposisiPart,
    RegisterPart,
    ReviewPart,
)
from runtut.web.parts.planning import EktPart, RktPart, SectionsPart
from runtut.web.parts.sending import AgendaPart, CoverLetterPart, DistributePart, SendOutPart
from runtut.web.parts.signing import SignPart
from runtut.web.parts.writing import CompanionNotePart, DisposisiNotePart, WritingPart

NOTES = ("nota_dinas", "nota_umum", "nota_permintaan")
WRITTEN = (*NOTES, "laporan", "berita_acara", "surat_pengantar", "typing")


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
    register_part(Work.MEET, HoldMeetingPart)
    register_part(Work.DISPOSISI, OrderMeetingPart, "undangan")
    register_part(Work.PREPARE, InvitationPart, "undangan")
    register_part(Work.PREPARE, MinutesPart, "notulen")
    register_part(Work.PREPARE, AgreementPart, "follow_up_minutes")
    register_part(Work.FOLLOW_UP, MonitoringPart, "monitoring")
    register_part(Work.COLLECT, RealisationPart, "realisation")
    register_part(Work.PREPARE, MeasurementPart, "measurement")
    register_part(Work.RECORD, RecordedPart, "realisation")
    register_part(Work.COLLECT, SectionsPart, "section_material")
    register_part(Work.COLLECT, SectionsPart, "section_analysis")
    register_part(Work.PREPARE, RktPart, "rkt")
    register_part(Work.PREPARE, EktPart, "ekt")
    register_part(Work.PREPARE, InstrumentPart, "instrument")
    register_part(Work.COLLECT, AnswersPart, "instrument")
    register_part(Work.PREPARE, ReportPart, "instrument_report")
    for topic in WRITTEN:
        register_part(Work.PREPARE, WritingPart, topic)
    register_part(Work.FOLLOW_UP, CompanionNotePart, "nota_dinas")
    for topic in NOTES:
        register_part(Work.DISPOSISI, DisposisiNotePart, topic)
    for work in (Work.PREPARE, Work.COLLECT):
        register_part(work, FormPart, "measurement_form")
    register_part(Work.PREPARE, CompilationPart, "data_compilation")
    register_part(Work.COLLECT, GatheringPart, "data_compilation")
    register_part(Work.PREPARE, ValidationPart, "validation")
    register_part(Work.RECORD, EvaluationRecordPart, "evaluation")
