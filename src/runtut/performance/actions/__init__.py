from runtut.performance.actions.budget import (
    enter_budget,
)
from runtut.performance.actions.collection import (
    draft_compilation,
    draft_form,
    draft_validation,
    form_workbook,
)
from runtut.performance.actions.demo import (
    load_demo_performance,
)
from runtut.performance.actions.demo_plans import (
    load_demo_plans,
)
from runtut.performance.actions.ekt import (
    draft_ekt,
)
from runtut.performance.actions.entry import (
    add_evidence,
    enter_realisation,
    remove_evidence,
)
from runtut.performance.actions.handover import (
    approve_figures,
    approve_realisations,
    return_realisations,
    submit_realisations,
)
from runtut.performance.actions.indicator import (
    IndicatorFacts,
    add_indicator,
    change_indicator,
)
from runtut.performance.actions.locking import (
    close_period,
    lock_period,
    unlock_period,
)
from runtut.performance.actions.measurement import (
    draft_measurement,
)
from runtut.performance.actions.preview import (
    Preview,
    make_template,
    preview_realisations,
)
from runtut.performance.actions.reminding import (
    remind_sections,
)
from runtut.performance.actions.renstra import (
    add_goals,
    add_objectives,
    change_objective,
    create_renstra,
    describe_renstra,
    place_objective,
    reword,
)
from runtut.performance.actions.renstra_targets import (
    set_base_value,
    set_renstra_target,
)
from runtut.performance.actions.returns import (
    follow_return,
)
from runtut.performance.actions.rkt import (
    ensure_year_is_open,
    open_rkt,
    reopen_rkt,
    set_rkt_targets,
)
from runtut.performance.actions.rkt_document import (
    approve_rkt,
    draft_rkt,
    hand_in_rkt_again,
)
from runtut.performance.actions.rkt_items import (
    ItemFacts,
    put_item,
    remove_item,
)
from runtut.performance.actions.section_document import (
    draft_sections,
)
from runtut.performance.actions.sections import (
    add_section_file,
    hand_in_section,
    remove_section_file,
    return_section,
    save_section,
)
from runtut.performance.actions.sums import (
    keep_sums,
    rebuild_nodes,
    rebuild_sums,
)
from runtut.performance.actions.telling import tell_of_form
from runtut.performance.actions.verifying import follow_endorsement, verify_others, verify_realisations

__all__ = [
    "IndicatorFacts",
    "ItemFacts",
    "Preview",
    "add_evidence",
    "add_goals",
    "add_indicator",
    "add_objectives",
    "add_section_file",
    "approve_figures",
    "approve_realisations",
    "approve_rkt",
    "change_indicator",
    "change_objective",
    "close_period",
    "create_renstra",
    "describe_renstra",
    "draft_compilation",
    "draft_ekt",
    "draft_form",
    "draft_measurement",
    "draft_rkt",
    "draft_sections",
    "draft_validation",
    "ensure_year_is_open",
    "enter_budget",
    "enter_realisation",
    "follow_endorsement",
    "follow_return",
    "form_workbook",
    "hand_in_rkt_again",
    "hand_in_section",
    "keep_sums",
    "load_demo_performance",
    "load_demo_plans",
    "lock_period",
    "make_template",
    "open_rkt",
    "place_objective",
    "preview_realisations",
    "put_item",
    "rebuild_nodes",
    "rebuild_sums",
    "remind_sections",
    "remove_evidence",
    "remove_item",
    "remove_section_file",
    "reopen_rkt",
    "return_realisations",
    "return_section",
    "reword",
    "save_section",
    "set_base_value",
    "set_renstra_target",
    "set_rkt_targets",
    "submit_realisations",
    "tell_of_form",
    "unlock_period",
    "verify_others",
    "verify_realisations",
]
