from runtut.documents.actions.archive import archive_version, load_archive_classes, number_document
from runtut.documents.actions.deliveries import accept_delivery, prove_delivery, send_paper
from runtut.documents.actions.disposisi import give_disposisi, mark_acted, mark_read
from runtut.documents.actions.documents import (
    create_document,
    lock_document,
    new_version,
    submit_document,
)
from runtut.documents.actions.endorsements import endorse, return_document
from runtut.documents.actions.files import store_file
from runtut.documents.actions.letters import register_letter
from runtut.documents.actions.manuscripts import (
    attach_file,
    continue_document,
    detach_file,
    hand_over_manuscript,
    keep_aside,
    open_manuscript,
    replace_text,
    save_manuscript,
)
from runtut.documents.actions.outgoing import enter_outgoing
from runtut.documents.actions.registers import reserve_number, set_template, void_number
from runtut.documents.actions.render import render_version
from runtut.documents.actions.retention import load_retention, set_retention

__all__ = [
    "accept_delivery",
    "archive_version",
    "attach_file",
    "continue_document",
    "create_document",
    "detach_file",
    "endorse",
    "enter_outgoing",
    "give_disposisi",
    "hand_over_manuscript",
    "keep_aside",
    "load_archive_classes",
    "load_retention",
    "lock_document",
    "mark_acted",
    "mark_read",
    "new_version",
    "number_document",
    "open_manuscript",
    "prove_delivery",
    "register_letter",
    "render_version",
    "replace_text",
    "reserve_number",
    "return_document",
    "save_manuscript",
    "send_paper",
    "set_retention",
    "set_template",
    "store_file",
    "submit_document",
    "void_number",
]
