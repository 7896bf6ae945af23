"""The arithmetic of performance: pure, exact (Decimal), each result with its worked sum.

`docs/formulas.md` holds the table of cases that these functions are tested against.
"""

from runtut.performance.formulas.accumulation import (
    EMPTY,
    Accumulated,
    accumulate,
    cumulative_target,
    to_date,
)
from runtut.performance.formulas.achievement import Achievement, Measure, achievement, not_counted, outcome
from runtut.performance.formulas.aggregation import Average, Item, mean, weighted_mean
from runtut.performance.formulas.budget import Absorption, absorption, total
from runtut.performance.formulas.comparison import Change, change
from runtut.performance.formulas.early import early_warning
from runtut.performance.formulas.efficiency import Efficiency, efficiency_by_difference
from runtut.performance.formulas.figures import figure, percent
from runtut.performance.formulas.kept import Kept, kept, kept_mean
from runtut.performance.formulas.nomenclature import level_of, normal_code, parent_of
from runtut.performance.formulas.planning import Quarters, reached, spread
from runtut.performance.formulas.predicates import Band, PredicateScale, ScaleData, predicate, scale_from_data
from runtut.performance.formulas.validation import Examined, Finding, examine, jumped

__all__ = [
    "EMPTY",
    "Absorption",
    "Accumulated",
    "Achievement",
    "Average",
    "Band",
    "Change",
    "Efficiency",
    "Examined",
    "Finding",
    "Item",
    "Kept",
    "Measure",
    "PredicateScale",
    "Quarters",
    "ScaleData",
    "absorption",
    "accumulate",
    "achievement",
    "change",
    "cumulative_target",
    "early_warning",
    "efficiency_by_difference",
    "examine",
    "figure",
    "jumped",
    "kept",
    "kept_mean",
    "level_of",
    "mean",
    "normal_code",
    "not_counted",
    "outcome",
    "parent_of",
    "percent",
    "predicate",
    "reached",
    "scale_from_data",
    "spread",
    "to_date",
    "total",
    "weighted_mean",
]
