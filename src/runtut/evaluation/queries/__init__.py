from runtut.evaluation.queries.answering import (
    Collecting,
    RespondentStatus,
    collecting_of,
    owed_answers,
    respondent_matrix,
    respondents_of,
    response_of,
)
from runtut.evaluation.queries.facts import instrument_facts, report_facts, results_facts
from runtut.evaluation.queries.instrument import (
    INSTRUMENT,
    REPORT,
    SectionTree,
    example_instrument,
    instrument_by_uid,
    instrument_of,
    making_task,
    problems_of,
    tree_of,
)
from runtut.evaluation.queries.results import QuestionResult, Results, SectionResult, results_of

__all__ = [
    "INSTRUMENT",
    "REPORT",
    "Collecting",
    "QuestionResult",
    "RespondentStatus",
    "Results",
    "SectionResult",
    "SectionTree",
    "collecting_of",
    "example_instrument",
    "instrument_by_uid",
    "instrument_facts",
    "instrument_of",
    "making_task",
    "owed_answers",
    "problems_of",
    "report_facts",
    "respondent_matrix",
    "respondents_of",
    "response_of",
    "results_facts",
    "results_of",
    "tree_of",
]
