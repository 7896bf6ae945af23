from runtut.documents.queries.archive import (
    archive_class_of,
    archive_classes,
    archive_records,
    archive_records_open_to,
)
from runtut.documents.queries.books import BOOKS, Book, book_content
from runtut.documents.queries.disposisi_sheet import disposisi_sheet
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
from runtut.documents.queries.expedition import (
    awaited_deliveries,
    can_open_delivery,
    deliveries_of,
    deliveries_open_to,
    outgoing_open_to,
)
from runtut.documents.queries.files import FileFinding, open_file, path_of, read_file, verify_files
from runtut.documents.queries.letter_list import LetterFilter, LetterPage, letters_page
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
from runtut.documents.queries.retention import Retention, falling_due, retention_of, retention_rules
from runtut.documents.queries.templates import Template, shipped_kinds, shipped_template, template_for

__all__ = [
    "BOOKS",
    "Book",
    "Composition",
    "CopyView",
    "DocumentView",
    "FileFinding",
    "LetterFilter",
    "LetterPage",
    "LetterView",
    "Presentation",
    "Retention",
    "Template",
    "agenda",
    "archive_class_of",
    "archive_classes",
    "archive_records",
    "archive_records_open_to",
    "attachments_of",
    "awaited_deliveries",
    "book_content",
    "can_open_delivery",
    "compare_versions",
    "composed",
    "copies_of",
    "deliveries_of",
    "deliveries_open_to",
    "disposisi_sheet",
    "disposisi_waiting",
    "document_view",
    "documents_open_to",
    "entries_of",
    "falling_due",
    "letter_view",
    "letterhead_content",
    "letters_open_to",
    "letters_page",
    "local_moment",
    "manuscript_by_uid",
    "missing_numbers",
    "newest_version",
    "open_file",
    "outgoing_open_to",
    "path_of",
    "presentation_of",
    "printed_name",
    "read_file",
    "registers_open_to",
    "retention_of",
    "retention_rules",
    "shipped_kinds",
    "shipped_template",
    "signature_block",
    "standing_endorsements",
    "template_for",
    "verify_files",
]
