"""The arithmetic of performance: pure, exact (Decimal), each result with its worked sum.

`docs/formulas.md` holds the table of cases that these functions are tested against.
"""

from runtut.performance.formulas.accumulation import EMPTY, Accumulated, accumulate, cumulative_target
from runtut.performance.formulas.achievement import Achievement, Measure, achievement, not_counted
from runtut.performance.formulas.aggregation import Average, Item, mean, weighted_mean
from runtut.performance.formulas.efficiency import Efficiency, efficiency_by_difference
from runtut.performance.formulas.figures import figure, percent
from runtut.performance.formulas.predicates import Band, PredicateScale, ScaleData, predicate, scale_from_data

__all__ = [
    "EMPTY",
    "Accumulated",
    "Achievement",
    "Average",
    "Band",
    "Efficiency",
    "Item",
    "Measure",
    "PredicateScale",
    "ScaleData",
    "accumulate",
    "achievement",
    "cumulative_target",
    "efficiency_by_difference",
    "figure",
    "mean",
    "not_counted",
    "percent",
    "predicate",
    "scale_from_data",
    "weighted_mean",
]
