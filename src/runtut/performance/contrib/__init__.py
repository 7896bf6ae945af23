"""What this room offers to the steps of an SOP: see runtut.cases.registry."""

from runtut.cases import registry
from runtut.documents.enums import DocumentKind
from runtut.performance.contrib.collect import CollectRealisations
from runtut.performance.contrib.compile import Compile, PrepareForm, Validate
from runtut.performance.contrib.evaluate import PrepareEkt
from runtut.performance.contrib.figures import EktFigures, MeasurementFigures, RktFigures
from runtut.performance.contrib.measure import PrepareMeasurement, SignMeasurement
from runtut.performance.contrib.plan import PrepareRkt, SignRkt
from runtut.performance.contrib.record import RecordEvaluation, RecordRealisations
from runtut.performance.contrib.sections import CollectFromSections
from runtut.performance.contrib.start import ensure_period_is_free, ensure_year_is_free
from runtut.procedures.enums import Work


def offer() -> None:
    """Register the room's handlers and its condition for starting a run; once per process."""
    registry.register(Work.COLLECT, CollectRealisations(), topic="realisation")
    registry.register(Work.PREPARE, PrepareMeasurement(), topic="measurement")
    registry.register(Work.RECORD, RecordRealisations(), topic="realisation")
    registry.register(Work.RECORD, RecordEvaluation(), topic="evaluation")
    for topic in ("section_material", "section_analysis"):
        registry.register(Work.COLLECT, CollectFromSections(), topic=topic)
    registry.register(Work.PREPARE, PrepareRkt(), topic="rkt")
    registry.register(Work.SIGN, SignRkt(), topic="rkt")
    registry.register(Work.SIGN, SignMeasurement(), topic="measurement")
    registry.register(Work.PREPARE, PrepareEkt(), topic="ekt")
    for work in (Work.PREPARE, Work.COLLECT):
        registry.register(work, PrepareForm(), topic="measurement_form")
    registry.register(Work.PREPARE, Compile(is_final=True), topic="data_compilation")
    registry.register(Work.COLLECT, Compile(is_final=False), topic="data_compilation")
    registry.register(Work.PREPARE, Validate(), topic="validation")
    registry.register_figures(DocumentKind.RKT, RktFigures())
    registry.register_figures(DocumentKind.EKT, EktFigures())
    registry.register_figures(DocumentKind.PENGUKURAN, MeasurementFigures())
    registry.register_start_check(ensure_period_is_free)
    registry.register_start_check(ensure_year_is_free)


__all__ = [
    "CollectFromSections",
    "CollectRealisations",
    "Compile",
    "EktFigures",
    "MeasurementFigures",
    "PrepareEkt",
    "PrepareForm",
    "PrepareMeasurement",
    "PrepareRkt",
    "RecordEvaluation",
    "RecordRealisations",
    "RktFigures",
    "SignMeasurement",
    "SignRkt",
    "Validate",
    "ensure_period_is_free",
    "ensure_year_is_free",
    "offer",
]
