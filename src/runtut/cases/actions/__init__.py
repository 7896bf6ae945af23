from runtut.cases.actions.assign import claim_task, reassign_task, release_task
from runtut.cases.actions.attendance import Tick, add_attendee, attach_list, record_attendance
from runtut.cases.actions.cancel import cancel_case
from runtut.cases.actions.children import start_child_again
from runtut.cases.actions.clock import extend_task, pause_case, resume_case
from runtut.cases.actions.complete import complete_task, return_task
from runtut.cases.actions.disposisi import take_up_disposisi
from runtut.cases.actions.drafts import save_draft, sweep_drafts
from runtut.cases.actions.filing import close_file, file_run, put_away
from runtut.cases.actions.follow_ups import (
    NewItem,
    add_follow_up_evidence,
    approve_follow_up,
    remove_follow_up_evidence,
    report_progress,
    return_follow_up,
    submit_follow_up,
)
from runtut.cases.actions.letter_start import NewLetter, start_with_letter
from runtut.cases.actions.meeting_days import move_meeting
from runtut.cases.actions.meetings import Guest, MeetingPlan, prepare_meeting
from runtut.cases.actions.minutes import (
    DecisionDraft,
    issue_meeting_invitation,
    save_minutes,
    send_unsigned,
)
from runtut.cases.actions.move import move_case
from runtut.cases.actions.notices import News, close_notices, give_notices, mark_notices_read
from runtut.cases.actions.reschedule import reschedule_open_tasks
from runtut.cases.actions.send import send_task_paper
from runtut.cases.actions.signers import prepare_turn_signature, sign_in_turn
from runtut.cases.actions.signing import prepare_task_signature
from runtut.cases.actions.start import start_case
from runtut.cases.actions.telling import close_asked, tell_asked, tell_office
from runtut.cases.actions.writing import (
    attach,
    choose_copy,
    detach,
    renew_figures,
    save_writing,
    start_writing,
)

__all__ = [
    "DecisionDraft",
    "Guest",
    "MeetingPlan",
    "NewItem",
    "NewLetter",
    "News",
    "Tick",
    "add_attendee",
    "add_follow_up_evidence",
    "approve_follow_up",
    "attach",
    "attach_list",
    "cancel_case",
    "choose_copy",
    "claim_task",
    "close_asked",
    "close_file",
    "close_notices",
    "complete_task",
    "detach",
    "extend_task",
    "file_run",
    "give_notices",
    "issue_meeting_invitation",
    "mark_notices_read",
    "move_case",
    "move_meeting",
    "pause_case",
    "prepare_meeting",
    "prepare_task_signature",
    "prepare_turn_signature",
    "put_away",
    "reassign_task",
    "record_attendance",
    "release_task",
    "remove_follow_up_evidence",
    "renew_figures",
    "report_progress",
    "reschedule_open_tasks",
    "resume_case",
    "return_follow_up",
    "return_task",
    "save_draft",
    "save_minutes",
    "save_writing",
    "send_task_paper",
    "send_unsigned",
    "sign_in_turn",
    "start_case",
    "start_child_again",
    "start_with_letter",
    "start_writing",
    "submit_follow_up",
    "sweep_drafts",
    "take_up_disposisi",
    "tell_asked",
    "tell_office",
]
