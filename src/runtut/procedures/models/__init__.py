from runtut.procedures.models.binding import PerformerBinding
from runtut.procedures.models.checkup import Checkup
from runtut.procedures.models.collection import Collection
from runtut.procedures.models.comment import ReviewComment
from runtut.procedures.models.edit import DraftEdit
from runtut.procedures.models.imported import ImportedFile, ImportedSop
from runtut.procedures.models.procedure import Procedure, ProcedureVersion
from runtut.procedures.models.silenced import SilencedFinding
from runtut.procedures.models.step import Performer, Step, StepPerformer

__all__ = [
    "Checkup",
    "Collection",
    "DraftEdit",
    "ImportedFile",
    "ImportedSop",
    "Performer",
    "PerformerBinding",
    "Procedure",
    "ProcedureVersion",
    "ReviewComment",
    "SilencedFinding",
    "Step",
    "StepPerformer",
]
