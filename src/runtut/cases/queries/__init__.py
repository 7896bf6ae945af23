from runtut.cases.queries.arrivals import (
    Arrival,
    arrivals,
)
from runtut.cases.queries.children import (
    running_child,
)
from runtut.cases.queries.coming import (
    ComingStep,
    coming_steps,
)
from runtut.cases.queries.documents import (
    documents_of,
    next_positions,
    version_at_work,
)
from runtut.cases.queries.lines import (
    PAGE,
    Cursor,
    TaskLine,
    TaskPage,
)
from runtut.cases.queries.lists import (
    count_open,
    inbox,
    supervised_tasks,
    unit_tasks,
    waiting_for_others,
)
from runtut.cases.queries.notices import (
    Letter,
    NoticeLine,
    count_unread,
    notice_letter,
    notices_of,
    tasks_brought_by,
    wanted_notices,
)
from runtut.cases.queries.plan import (
    PlannedStep,
    RunPlan,
    plan_run,
)
from runtut.cases.queries.run_view import (
    AttemptView,
    RunView,
    Seat,
    StepView,
    run_page,
)
from runtut.cases.queries.running import (
    CaseFilter,
    CaseLine,
    CasePage,
    CurrentStep,
    running_cases,
)
from runtut.cases.queries.sending import (
    Paper,
    outgoing_of,
    paper_of,
)
from runtut.cases.queries.sheet import (
    case_by_uid,
    step_of,
    task_by_uid,
)
from runtut.cases.queries.task_page import (
    Caution,
    draft_of,
    gates_of,
    return_targets,
    warnings_for,
)
from runtut.cases.queries.timeline import (
    EventLine,
    timeline,
)
from runtut.cases.queries.verify import (
    verify_case,
    verify_events,
)
from runtut.cases.queries.writing import (
    manuscript_of,
    task_of_manuscript,
)

__all__ = [
    "PAGE",
    "Arrival",
    "AttemptView",
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "Caution",
    "ComingStep",
    "CurrentStep",
    "Cursor",
    "EventLine",
    "Letter",
    "NoticeLine",
    "Paper",
    "PlannedStep",
    "RunPlan",
    "RunView",
    "Seat",
    "StepView",
    "TaskLine",
    "TaskPage",
    "arrivals",
    "case_by_uid",
    "coming_steps",
    "count_open",
    "count_unread",
    "documents_of",
    "draft_of",
    "gates_of",
    "inbox",
    "manuscript_of",
    "next_positions",
    "notice_letter",
    "notices_of",
    "outgoing_of",
    "paper_of",
    "plan_run",
    "return_targets",
    "run_page",
    "running_cases",
    "running_child",
    "step_of",
    "supervised_tasks",
    "task_by_uid",
    "task_of_manuscript",
    "tasks_brought_by",
    "timeline",
    "unit_tasks",
    "verify_case",
    "verify_events",
    "version_at_work",
    "waiting_for_others",
    "wanted_notices",
    "warnings_for",
]
