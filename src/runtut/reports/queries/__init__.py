from runtut.reports.queries.matrix import Column, MatrixCell, MatrixRow, OfficeMatrix, office_matrix
from runtut.reports.queries.standards import ProcedureFigures, StepFigures, procedure_figures
from runtut.reports.queries.study import duration_study, past_of

__all__ = [
    "Column",
    "MatrixCell",
    "MatrixRow",
    "OfficeMatrix",
    "ProcedureFigures",
    "StepFigures",
    "duration_study",
    "office_matrix",
    "past_of",
    "procedure_figures",
]
