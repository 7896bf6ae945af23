from runtut.procedures.queries.approvers import approvers_for, head_of, proposed_approver
from runtut.procedures.queries.bindings import bound_positions, suggest_bindings
from runtut.procedures.queries.checkups import (
    MONTHS,
    VERDICTS,
    Judged,
    checkup_content,
    checkups_of,
    checkups_waiting_for,
    months_later,
    period_start,
    statements,
)
from runtut.procedures.queries.collections import (
    collection_content,
    collections_of,
    decree_of,
    versions_in_force,
)
from runtut.procedures.queries.comments import Thread, open_comments, threads_of
from runtut.procedures.queries.documents import document_of
from runtut.procedures.queries.findings import (
    Review,
    check_graph,
    findings_of,
    findings_of_document,
    review_of,
)
from runtut.procedures.queries.forms import form_logo, form_of, public_version
from runtut.procedures.queries.graphs import drawing_of, graph_of
from runtut.procedures.queries.imports import (
    IMPORT,
    ImportList,
    ImportRow,
    imports_of,
    sheet_picture,
    sheets_of,
)
from runtut.procedures.queries.laws import law_table
from runtut.procedures.queries.library import library, library_entry, library_graph
from runtut.procedures.queries.making import (
    StatedReason,
    sent_back,
    submitter_of,
    versions_to_mend,
    versions_to_ratify,
    withdrawn,
)
from runtut.procedures.queries.numbers import bearer_of, coming_number
from runtut.procedures.queries.overview import (
    Lack,
    OfficeStanding,
    Sought,
    procedures_below,
    standing_of,
    subjects_of,
    units_with_procedures,
)
from runtut.procedures.queries.register import register_content, register_of
from runtut.procedures.queries.sheets import edits_since, last_to_redo, last_to_undo, patch_of, sheet_of
from runtut.procedures.queries.successions import comparison_of, step_numbers_between
from runtut.procedures.queries.titles import ForeignTitle, foreign_in_table, foreign_titles
from runtut.procedures.queries.versions import (
    LISTS,
    Identity,
    ProcedureRow,
    called_version,
    effective_procedures,
    effective_version,
    ends_of,
    identity_of,
    procedures_of,
    procedures_within,
)
from runtut.procedures.queries.worksheet import worksheet_of

__all__ = [
    "IMPORT",
    "LISTS",
    "MONTHS",
    "VERDICTS",
    "ForeignTitle",
    "Identity",
    "ImportList",
    "ImportRow",
    "Judged",
    "Lack",
    "OfficeStanding",
    "ProcedureRow",
    "Review",
    "Sought",
    "StatedReason",
    "Thread",
    "approvers_for",
    "bearer_of",
    "bound_positions",
    "called_version",
    "check_graph",
    "checkup_content",
    "checkups_of",
    "checkups_waiting_for",
    "collection_content",
    "collections_of",
    "coming_number",
    "comparison_of",
    "decree_of",
    "document_of",
    "drawing_of",
    "edits_since",
    "effective_procedures",
    "effective_version",
    "ends_of",
    "findings_of",
    "findings_of_document",
    "foreign_in_table",
    "foreign_titles",
    "form_logo",
    "form_of",
    "graph_of",
    "head_of",
    "identity_of",
    "imports_of",
    "last_to_redo",
    "last_to_undo",
    "law_table",
    "library",
    "library_entry",
    "library_graph",
    "months_later",
    "open_comments",
    "patch_of",
    "period_start",
    "procedures_below",
    "procedures_of",
    "procedures_within",
    "proposed_approver",
    "public_version",
    "register_content",
    "register_of",
    "review_of",
    "sent_back",
    "sheet_of",
    "sheet_picture",
    "sheets_of",
    "standing_of",
    "statements",
    "step_numbers_between",
    "subjects_of",
    "submitter_of",
    "suggest_bindings",
    "threads_of",
    "units_with_procedures",
    "versions_in_force",
    "versions_to_mend",
    "versions_to_ratify",
    "withdrawn",
    "worksheet_of",
]
