from runtut.performance.actions.demo import load_demo_performance
from runtut.performance.actions.entry import add_evidence, enter_realisation, remove_evidence
from runtut.performance.actions.handover import (
    approve_realisations,
    return_realisations,
    submit_realisations,
)
from runtut.performance.actions.locking import lock_period

__all__ = [
    "add_evidence",
    "approve_realisations",
    "enter_realisation",
    "load_demo_performance",
    "lock_period",
    "remove_evidence",
    "return_realisations",
    "submit_realisations",
]
