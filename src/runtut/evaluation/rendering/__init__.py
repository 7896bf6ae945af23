from runtut.evaluation.rendering.facts import (
    Finding,
    InstrumentFacts,
    PaperFacts,
    QuestionLine,
    Reached,
    ReportWords,
    ResultLine,
    ResultSection,
    ResultsFacts,
    SectionLines,
)
from runtut.evaluation.rendering.instrument import compose_instrument
from runtut.evaluation.rendering.report import compose_report, proposed_words
from runtut.evaluation.rendering.results import compose_results

__all__ = [
    "Finding",
    "InstrumentFacts",
    "PaperFacts",
    "QuestionLine",
    "Reached",
    "ReportWords",
    "ResultLine",
    "ResultSection",
    "ResultsFacts",
    "SectionLines",
    "compose_instrument",
    "compose_report",
    "compose_results",
    "proposed_words",
]
