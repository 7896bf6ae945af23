from runtut.cases.queries.agenda import follow_ups_due, meetings_between, tasks_due
from runtut.cases.queries.arrivals import Arrival, arrivals
from runtut.cases.queries.before import latest_runs, period_to_run, runs_of_letters
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.children import running_child
from runtut.cases.queries.coming import ComingStep, coming_steps
from runtut.cases.queries.decisions import DecisionLine, decisions_waiting
from runtut.cases.queries.documents import (
    documents_of,
    next_positions,
    proofs_of,
    run_document,
    signer_of,
    stands_alone,
    version_at_work,
)
from runtut.cases.queries.follow_ups import (
    FollowUpFilter,
    FollowUpPage,
    follow_up_by_uid,
    follow_up_inbox,
    follow_up_page,
    follow_ups_of,
    is_late,
    item_facts,
    state_word,
    waits_for,
)
from runtut.cases.queries.lines import PAGE, Cursor, TaskLine, TaskPage
from runtut.cases.queries.lists import count_open, inbox, supervised_tasks, waiting_for_others
from runtut.cases.queries.meeting_people import proposed_people
from runtut.cases.queries.meetings import (
    Attendee,
    MeetingView,
    invitation_at_work,
    latest_meeting,
    may_go_out,
    meeting_at_work,
    meeting_by_uid,
    meeting_of_run,
    meeting_page,
    meetings_to_keep,
    run_holding,
)
from runtut.cases.queries.moves import MoveLine, MovePage, move_page, runs_behind
from runtut.cases.queries.notices import (
    Letter,
    NoticeLine,
    count_unread,
    notice_letter,
    notices_of,
    tasks_brought_by,
    wanted_notices,
)
from runtut.cases.queries.plan import PlannedStep, RunPlan, plan_run
from runtut.cases.queries.renumbering import renumbering_of
from runtut.cases.queries.run_view import AttemptView, RunView, Seat, StepView, run_page
from runtut.cases.queries.running import CaseFilter, CaseLine, CasePage, CurrentStep, running_cases
from runtut.cases.queries.sending import Paper, approved_version, outgoing_of, paper_of
from runtut.cases.queries.sheet import case_by_uid, output_name, step_of, task_by_uid
from runtut.cases.queries.task_page import (
    Caution,
    draft_of,
    gates_of,
    preview_of,
    return_targets,
    warnings_for,
)
from runtut.cases.queries.timeline import EventLine, timeline
from runtut.cases.queries.turns import papers_of_run, signatures_awaited, signatures_missing
from runtut.cases.queries.verify import verify_case, verify_events
from runtut.cases.queries.writing import manuscript_of, task_of_manuscript

__all__ = [
    "PAGE",
    "Arrival",
    "AttemptView",
    "Attendee",
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "Caution",
    "ComingStep",
    "CurrentStep",
    "Cursor",
    "DecisionLine",
    "EventLine",
    "FollowUpFilter",
    "FollowUpPage",
    "Letter",
    "MeetingView",
    "MoveLine",
    "MovePage",
    "NoticeLine",
    "Paper",
    "PlannedStep",
    "RunPlan",
    "RunView",
    "Seat",
    "StepView",
    "TaskLine",
    "TaskPage",
    "approved_version",
    "arrivals",
    "calendar_of",
    "case_by_uid",
    "coming_steps",
    "count_open",
    "count_unread",
    "decisions_waiting",
    "documents_of",
    "draft_of",
    "follow_up_by_uid",
    "follow_up_inbox",
    "follow_up_page",
    "follow_ups_due",
    "follow_ups_of",
    "gates_of",
    "inbox",
    "invitation_at_work",
    "is_late",
    "item_facts",
    "latest_meeting",
    "latest_runs",
    "manuscript_of",
    "may_go_out",
    "meeting_at_work",
    "meeting_by_uid",
    "meeting_of_run",
    "meeting_page",
    "meetings_between",
    "meetings_to_keep",
    "move_page",
    "next_positions",
    "notice_letter",
    "notices_of",
    "outgoing_of",
    "output_name",
    "paper_of",
    "papers_of_run",
    "period_to_run",
    "plan_run",
    "preview_of",
    "proofs_of",
    "proposed_people",
    "renumbering_of",
    "return_targets",
    "run_document",
    "run_holding",
    "run_page",
    "running_cases",
    "running_child",
    "runs_behind",
    "runs_of_letters",
    "signatures_awaited",
    "signatures_missing",
    "signer_of",
    "stands_alone",
    "state_word",
    "step_of",
    "supervised_tasks",
    "task_by_uid",
    "task_of_manuscript",
    "tasks_brought_by",
    "tasks_due",
    "timeline",
    "verify_case",
    "verify_events",
    "version_at_work",
    "waiting_for_others",
    "waits_for",
    "wanted_notices",
    "warnings_for",
]
