from runtut.cases.actions.assign import (
    claim_task,
    reassign_task,
    release_task,
)
from runtut.cases.actions.cancel import (
    cancel_case,
)
from runtut.cases.actions.clock import (
    extend_task,
    pause_case,
    resume_case,
)
from runtut.cases.actions.complete import (
    complete_task,
    return_task,
)
from runtut.cases.actions.disposisi import (
    take_up_disposisi,
)
from runtut.cases.actions.drafts import (
    save_draft,
    sweep_drafts,
)
from runtut.cases.actions.notices import (
    give_notices,
    mark_notices_read,
)
from runtut.cases.actions.reschedule import (
    reschedule_open_tasks,
)
from runtut.cases.actions.send import (
    send_task_paper,
)
from runtut.cases.actions.signing import (
    prepare_task_signature,
)
from runtut.cases.actions.start import (
    start_case,
)
from runtut.cases.actions.writing import (
    attach,
    choose_copy,
    detach,
    save_writing,
    start_writing,
)

__all__ = [
    "attach",
    "cancel_case",
    "choose_copy",
    "claim_task",
    "complete_task",
    "detach",
    "extend_task",
    "give_notices",
    "mark_notices_read",
    "pause_case",
    "prepare_task_signature",
    "reassign_task",
    "release_task",
    "reschedule_open_tasks",
    "resume_case",
    "return_task",
    "save_draft",
    "save_writing",
    "send_task_paper",
    "start_case",
    "start_writing",
    "sweep_drafts",
    "take_up_disposisi",
]
