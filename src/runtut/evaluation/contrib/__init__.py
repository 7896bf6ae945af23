"""What this room offers to the steps of an SOP: see runtut.cases.registry."""

from runtut.cases import registry
from runtut.evaluation.contrib.collect import CollectAnswers
from runtut.evaluation.contrib.prepare import PrepareInstrument
from runtut.evaluation.contrib.report import PrepareReport
from runtut.evaluation.queries import INSTRUMENT, REPORT
from runtut.procedures.enums import Work


def offer() -> None:
    """Register the room's handlers; once per process."""
    registry.register(Work.PREPARE, PrepareInstrument(), topic=INSTRUMENT)
    registry.register(Work.COLLECT, CollectAnswers(), topic=INSTRUMENT)
    registry.register(Work.PREPARE, PrepareReport(), topic=REPORT)


__all__ = ["CollectAnswers", "PrepareInstrument", "PrepareReport", "offer"]
