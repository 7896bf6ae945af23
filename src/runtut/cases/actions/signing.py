"""Signing electronically within a run: the paper is signed before the act, the act takes it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases.actions.complete import ensure_ready
from runtut.cases.errors import GatesUnmet
from runtut.cases.queries.documents import version_at_work
from runtut.cases.queries.sheet import read_sheet
from runtut.cases.registry import handler_for
from runtut.documents.actions import PreparedSignature, prepare_signature
from runtut.organisations.models import Authority

SIGNATURE = "signature"
"""The gate that only a signature meets."""


def prepare_task_signature(
    *,
    task_uid: UUID,
    data: Mapping[str, Any],
    passphrase: str,
    authority: Authority,
    at: datetime,
) -> PreparedSignature | None:
    """Sign the document at work of an open task, once nothing else stands in the way of completing it; hand
    the result to complete_task as data["signature"]. None where the run has no document.

    The passphrase goes no further than this call. Raises GatesUnmet with every other unmet gate, what
    complete_task refuses of a person or a run, and the refusals of prepare_signature.
    """
    sheet = read_sheet(task_uid, at=at, authority=authority)
    task = sheet.task
    ensure_ready(sheet, sheet.case.version, authority, at)
    gates = handler_for(sheet.step.work, sheet.step.topic).gates(task, data, at)
    unmet = [gate for gate in gates if not gate.met and gate.code != SIGNATURE]
    if unmet:
        raise GatesUnmet(unmet)
    version = version_at_work(task)
    if version is None:
        return None
    return prepare_signature(
        version=version,
        archive_class=data.get("archive_class"),
        passphrase=passphrase,
        authority=authority,
        at=at,
    )
