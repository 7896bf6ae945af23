from runtut.reports.queries.checkups import (
    PeriodFigures,
    StepPeriod,
    checkup_figures,
    period_figures,
    rows_to_judge,
)
from runtut.reports.queries.event_log import event_log
from runtut.reports.queries.matrix import Column, MatrixCell, MatrixRow, OfficeMatrix, office_matrix
from runtut.reports.queries.standards import ProcedureFigures, StepFigures, procedure_figures
from runtut.reports.queries.study import duration_study, past_of

__all__ = [
    "Column",
    "MatrixCell",
    "MatrixRow",
    "OfficeMatrix",
    "PeriodFigures",
    "ProcedureFigures",
    "StepFigures",
    "StepPeriod",
    "checkup_figures",
    "duration_study",
    "event_log",
    "office_matrix",
    "past_of",
    "period_figures",
    "procedure_figures",
    "rows_to_judge",
]
