from runtut.performance.models.indicator import Indicator, Objective, Target
from runtut.performance.models.realisation import Evidence, PeriodLock, Realisation

__all__ = ["Evidence", "Indicator", "Objective", "PeriodLock", "Realisation", "Target"]
