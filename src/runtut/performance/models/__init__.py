from runtut.performance.models.indicator import Indicator, Objective, RenstraTarget, Target
from runtut.performance.models.kept import KeptSum
from runtut.performance.models.realisation import Evidence, PeriodLock, Realisation
from runtut.performance.models.renstra import Goal, Renstra
from runtut.performance.models.rkt import BudgetFigure, Rkt, RktItem, RktTarget
from runtut.performance.models.section import SectionFile, SectionReport, TargetProposal

__all__ = [
    "BudgetFigure",
    "Evidence",
    "Goal",
    "Indicator",
    "KeptSum",
    "Objective",
    "PeriodLock",
    "Realisation",
    "Renstra",
    "RenstraTarget",
    "Rkt",
    "RktItem",
    "RktTarget",
    "SectionFile",
    "SectionReport",
    "Target",
    "TargetProposal",
]
