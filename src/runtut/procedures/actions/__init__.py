from runtut.procedures.actions.adoption import adopt, draft_next_version
from runtut.procedures.actions.binding import accept_suggested_bindings, bind_performer
from runtut.procedures.actions.checkups import (
    assign_checkup,
    draft_from_checkup,
    finish_checkup,
    save_checkup,
)
from runtut.procedures.actions.collections import make_collection, request_collection
from runtut.procedures.actions.commenting import answer_comment, comment_on_version, resolve_comment
from runtut.procedures.actions.demo import load_demo_procedures
from runtut.procedures.actions.editing import edit_identity, edit_step
from runtut.procedures.actions.importing import give_documents, read_document_given, retry_import, save_import
from runtut.procedures.actions.life import make_effective, ratify, reopen_draft, submit_for_review, withdraw
from runtut.procedures.actions.sheet import Edited, edit_draft, redo_edit, undo_edit
from runtut.procedures.actions.silencing import silence_finding, voice_finding
from runtut.procedures.actions.titles import use_office_titles

__all__ = [
    "Edited",
    "accept_suggested_bindings",
    "adopt",
    "answer_comment",
    "assign_checkup",
    "bind_performer",
    "comment_on_version",
    "draft_from_checkup",
    "draft_next_version",
    "edit_draft",
    "edit_identity",
    "edit_step",
    "finish_checkup",
    "give_documents",
    "load_demo_procedures",
    "make_collection",
    "make_effective",
    "ratify",
    "read_document_given",
    "redo_edit",
    "reopen_draft",
    "request_collection",
    "resolve_comment",
    "retry_import",
    "save_checkup",
    "save_import",
    "silence_finding",
    "submit_for_review",
    "undo_edit",
    "use_office_titles",
    "voice_finding",
    "withdraw",
]
