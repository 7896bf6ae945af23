from runtut.performance.actions.demo import load_demo_performance
from runtut.performance.actions.entry import add_evidence, enter_realisation, remove_evidence
from runtut.performance.actions.handover import (
    approve_realisations,
    return_realisations,
    submit_realisations,
)
from runtut.performance.actions.locking import close_period, lock_period
from runtut.performance.actions.measurement import draft_measurement
from runtut.performance.actions.returns import follow_return

__all__ = [
    "add_evidence",
    "approve_realisations",
    "close_period",
    "draft_measurement",
    "enter_realisation",
    "follow_return",
    "load_demo_performance",
    "lock_period",
    "remove_evidence",
    "return_realisations",
    "submit_realisations",
]
