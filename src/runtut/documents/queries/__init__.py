from runtut.documents.queries.archive import archive_class_of, archive_classes, archive_records
from runtut.documents.queries.documents import (
    DocumentView,
    compare_versions,
    document_view,
    documents_open_to,
    letterhead_content,
    newest_version,
    printed_name,
    signature_block,
    standing_endorsements,
)
from runtut.documents.queries.files import FileFinding, open_file, path_of, read_file, verify_files
from runtut.documents.queries.letters import (
    LetterView,
    agenda,
    disposisi_waiting,
    letter_view,
    letters_open_to,
)
from runtut.documents.queries.manuscripts import (
    Composition,
    CopyView,
    attachments_of,
    composed,
    copies_of,
    manuscript_by_uid,
)
from runtut.documents.queries.presentation import Presentation, local_moment, presentation_of
from runtut.documents.queries.registers import entries_of, missing_numbers, registers_open_to
from runtut.documents.queries.templates import Template, shipped_kinds, shipped_template, template_for

__all__ = [
    "Composition",
    "CopyView",
    "DocumentView",
    "FileFinding",
    "LetterView",
    "Presentation",
    "Template",
    "agenda",
    "archive_class_of",
    "archive_classes",
    "archive_records",
    "attachments_of",
    "compare_versions",
    "composed",
    "copies_of",
    "disposisi_waiting",
    "document_view",
    "documents_open_to",
    "entries_of",
    "letter_view",
    "letterhead_content",
    "letters_open_to",
    "local_moment",
    "manuscript_by_uid",
    "missing_numbers",
    "newest_version",
    "open_file",
    "path_of",
    "presentation_of",
    "printed_name",
    "read_file",
    "registers_open_to",
    "shipped_kinds",
    "shipped_template",
    "signature_block",
    "standing_endorsements",
    "template_for",
    "verify_files",
]
