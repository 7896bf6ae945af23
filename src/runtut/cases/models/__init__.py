from runtut.cases.models.case import Case, CaseBinding, CasePause
from runtut.cases.models.event import CaseEvent, Reminder
from runtut.cases.models.follow_up import FollowUp, FollowUpEvidence
from runtut.cases.models.manuscript import TaskManuscript
from runtut.cases.models.meeting import Decision, Invitee, Meeting
from runtut.cases.models.notice import Notice
from runtut.cases.models.output import TaskDraft, TaskOutput
from runtut.cases.models.task import Task, TaskParticipant

__all__ = [
    "Case",
    "CaseBinding",
    "CaseEvent",
    "CasePause",
    "Decision",
    "FollowUp",
    "FollowUpEvidence",
    "Invitee",
    "Meeting",
    "Notice",
    "Reminder",
    "Task",
    "TaskDraft",
    "TaskManuscript",
    "TaskOutput",
    "TaskParticipant",
]
