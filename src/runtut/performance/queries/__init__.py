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
from runtut.performance.queries.measurement import measurement_of, signature_of
from runtut.performance.queries.runs import (
    asks_for_figures,
    collects_again,
    makes_measurement,
    measurement_approval,
    measurement_run_document,
)
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
    "asks_for_figures",
    "collects_again",
    "completeness",
    "contact_label",
    "grid",
    "indicators_of",
    "is_due",
    "lock_notice",
    "makes_measurement",
    "measure_of",
    "measurement_approval",
    "measurement_of",
    "measurement_run_document",
    "owner_rows",
    "period_lock",
    "predicate_scale",
    "signature_of",
    "summarise",
    "summary",
]
