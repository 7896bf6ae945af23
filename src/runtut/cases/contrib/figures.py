"""Gates that hold the figures of a document against the rows they were drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.models import Task
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Gate, keeper_of
from runtut.cases.rules import local_day
from runtut.documents.models import DocumentVersion

CODE = "figures_agree"
LABEL = "Angka dalam naskah sama dengan yang tersimpan"
MOST = 6
"""How many differences are told by name; of the others, the count."""


def written_figures(task: Task, kind: str, content: Mapping[str, Any], at: datetime) -> list[Gate]:
    """Return the gates of a document that is written on: its figures agree, and the rows are whole. None
    where nobody keeps rows of such a document."""
    keeper = keeper_of(kind)
    found = keeper.differences(task.case, content, local_day(at, task.case.unit))
    missing = keeper.missing(task.case)
    return [
        *([unmet(found, "Tekan “Pakai angka yang tersimpan” di halaman naskah.")] if found else []),
        *([unmet(missing, "Minta penyusunnya melengkapi.")] if missing else []),
    ]


def standing_figures(task: Task, version: DocumentVersion | None, at: datetime) -> list[Gate]:
    """Return the gate of a document that is examined or signed; none where its figures stand."""
    if version is None:
        return []
    keeper = keeper_of(version.document.kind)
    reason = keeper.withdrawn(task.case)
    found = (
        [reason] if reason else keeper.differences(task.case, version.content, local_day(at, task.case.unit))
    )
    return [unmet(found, way_out(task))] if found else []


def way_out(task: Task) -> str:
    """How document and rows come together again."""
    if step_of(task).return_to:
        return "Kembalikan agar naskahnya disusun lagi dengan angka yang sekarang."
    return (
        "Samakan angkanya dengan naskah, atau batalkan kerja ini dan mulai lagi agar naskahnya memuat angka "
        "yang sekarang."
    )


def unmet(found: Sequence[str], way_out: str) -> Gate:
    more = f"; dan {len(found) - MOST} lainnya" if len(found) > MOST else ""
    return Gate(CODE, LABEL, met=False, hint=f"{'; '.join(found[:MOST])}{more}. {way_out}", anchor="naskah")
