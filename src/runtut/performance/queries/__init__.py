from runtut.performance.queries.grid import (
    Bounds,
    GridRow,
    grid,
    indicators_of,
    is_due,
    measure_of,
    owner_rows,
)
from runtut.performance.queries.locks import LockNotice, contact_label, lock_notice, period_lock
from runtut.performance.queries.scales import predicate_scale
from runtut.performance.queries.summary import (
    ObjectiveRows,
    OwnerStatus,
    Summary,
    completeness,
    summarise,
    summary,
)

__all__ = [
    "Bounds",
    "GridRow",
    "LockNotice",
    "ObjectiveRows",
    "OwnerStatus",
    "Summary",
    "completeness",
    "contact_label",
    "grid",
    "indicators_of",
    "is_due",
    "lock_notice",
    "measure_of",
    "owner_rows",
    "period_lock",
    "predicate_scale",
    "summarise",
    "summary",
]
