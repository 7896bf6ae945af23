from runtut.reports.queries.matrix import Column, MatrixCell, MatrixRow, OfficeMatrix, office_matrix
from runtut.reports.queries.standards import ProcedureFigures, StepFigures, procedure_figures

__all__ = [
    "Column",
    "MatrixCell",
    "MatrixRow",
    "OfficeMatrix",
    "ProcedureFigures",
    "StepFigures",
    "office_matrix",
    "procedure_figures",
]
