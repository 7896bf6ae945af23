"""A batch of 200 documents given for import, read as the worker reads them: each in a process of its own."""

from __future__ import annotations

import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import Any

import django
import typst

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from tests.cases.factories import Desk, Row  # noqa: E402
from tests.procedures.importing import drawn, made  # noqa: E402

from bench.lists import percentile  # noqa: E402
from bench.papers import cpu_seconds  # noqa: E402
from runtut.core import jobs  # noqa: E402
from runtut.procedures.actions import give_documents, retry_import  # noqa: E402
from runtut.procedures.actions.importing import MOST  # noqa: E402
from runtut.procedures.enums import ImportState  # noqa: E402
from runtut.procedures.models import ImportedFile  # noqa: E402
from runtut.procedures.queries import IMPORT  # noqa: E402

AT = datetime(2026, 10, 14, 2, tzinfo=UTC)
BAD = 5
"""Which of the documents is a Word file cut off in the middle."""


def measure() -> dict[str, Any]:
    """Make an office in an empty database and give it a batch."""
    call_command("migrate", verbosity=0)
    return measure_imports(Desk.make([Row(("camat",))]))


def measure_imports(desk: Desk) -> dict[str, Any]:
    """Return the seconds and the memory of a batch, and how its documents ended, the bad one tried twice."""
    files = list(batch())
    given = give(desk, files)
    begun, cpu = time.perf_counter(), cpu_seconds()
    times = list(drained())
    wall, cpu = time.perf_counter() - begun, cpu_seconds() - cpu
    states = Counter(ImportedFile.objects.values_list("state", flat=True))
    failed = ImportedFile.objects.get(state=ImportState.FAILED)
    retry_import(imported=failed, authority=desk.who("perencanaan"), at=AT)
    assert len(list(drained())) == 1
    again = ImportedFile.objects.filter(state=ImportState.FAILED, attempt=failed.attempt + 1)
    return {
        "files": len(files),
        "bytes": sum(len(content) for _, content in files),
        "given": given,
        "wall": wall,
        "cpu": cpu,
        "p50": percentile(times, 50),
        "p95": percentile(times, 95),
        "memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "read": states[ImportState.READ],
        "sops": sum(len(found["sops"]) for found in founds()),
        "failed": states[ImportState.FAILED],
        "again": again.count(),
    }


def founds() -> Iterator[dict[str, Any]]:
    """What was understood of every document that was read."""
    return ImportedFile.objects.exclude(found={}).values_list("found", flat=True).iterator()


def batch() -> Iterator[tuple[str, bytes]]:
    """200 invented SOPs as Word, Excel, web pages, texts and PDFs by turns, one of them broken."""
    sop, style = drawn.example()
    kinds = cycle(("docx", "xlsx", "html", "txt", "pdf"))
    for number, kind in enumerate(islice(kinds, MOST)):
        one = replace(sop, title=f"{sop.title} {number + 1}")
        content = written(one, style, kind)
        yield f"{number + 1:03}.{kind}", content[: len(content) // 2] if number == BAD else content


def written(sop: drawn.Sop, style: drawn.Style, kind: str) -> bytes:
    if kind == "pdf":
        return bytes(typst.compile(made.as_typst(sop).encode()))
    if kind == "txt":
        return drawn.as_text(sop, style).encode()
    return {"docx": made.as_docx, "xlsx": made.as_xlsx, "html": made.as_html}[kind](sop, style)


def give(desk: Desk, files: list[tuple[str, bytes]]) -> float:
    """Take the batch in and return the seconds that the request waits."""
    begun = time.perf_counter()
    give_documents(unit=desk.office.unit, files=files, authority=desk.who("perencanaan"), at=AT)
    return time.perf_counter() - begun


def drained() -> Iterator[float]:
    """Read what waits, one message after another; the seconds of each."""
    while True:
        begun = time.perf_counter()
        if not jobs.drain(at=AT, limit=1, topics=(IMPORT,)):
            return
        yield time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(measure()))
