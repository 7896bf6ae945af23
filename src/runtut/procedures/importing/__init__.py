"""Read the SOPs that offices have: text, Word, PDF, scans, sheets, pages and Runtut's own files.

Stages: a reader makes rows of cells of the file (`source`), `headers` and `flat` find the step tables,
`identity` the blocks between them, `assembly` pairs them, `build` understands fields, steps, times and
performers, `defects` compares and doubts. Nothing here knows Django or the database.
"""

from __future__ import annotations

from runtut.procedures.importing.apart import picture_apart, read_apart
from runtut.procedures.importing.dates import parse as parse_date
from runtut.procedures.importing.draft import draft_document
from runtut.procedures.importing.limits import MAX_BYTES, Unreadable
from runtut.procedures.importing.parse import Parsed, parse
from runtut.procedures.importing.result import ReadSop, to_json
from runtut.procedures.importing.times import parse as parse_time

__all__ = [
    "MAX_BYTES",
    "Parsed",
    "ReadSop",
    "Unreadable",
    "draft_document",
    "parse",
    "parse_date",
    "parse_time",
    "picture_apart",
    "read_apart",
    "to_json",
]
