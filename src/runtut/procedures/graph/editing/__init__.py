"""A draft as a sheet that several people edit: pure.

sheet (rows and columns with keys of their own) -> changes (the smallest steps, each with its inverse) ->
plans (what a person asks for, as changes).
"""

from runtut.procedures.graph.editing.changes import (
    Change,
    Conflict,
    Patch,
    SetCell,
    apply,
    invert,
    read_patch,
    store_patch,
    touched,
)
from runtut.procedures.graph.editing.plans import OPERATIONS, plan
from runtut.procedures.graph.editing.sheet import (
    FIELDS,
    MODES,
    Heading,
    Row,
    Sheet,
)
from runtut.procedures.graph.editing.times import time_of, typed_of
from runtut.procedures.graph.editing.titles import retitled

__all__ = [
    "FIELDS",
    "MODES",
    "OPERATIONS",
    "Change",
    "Conflict",
    "Heading",
    "Patch",
    "Row",
    "SetCell",
    "Sheet",
    "apply",
    "invert",
    "plan",
    "read_patch",
    "retitled",
    "store_patch",
    "time_of",
    "touched",
    "typed_of",
]
