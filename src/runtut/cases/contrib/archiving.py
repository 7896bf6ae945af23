"""Who should have signed before the file of a run is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from runtut.cases.models import Task
from runtut.cases.queries.turns import signatures_missing
from runtut.cases.registry import Gate
from runtut.documents.models import SignerTurn


def signer_gates(task: Task, data: Mapping[str, Any]) -> list[Gate]:
    """Return everybody who has still to sign a paper of the run before its file is closed; a reason, in
    `data` as "unsigned_reason", lets it be closed without them (one query)."""
    return turn_gates(signatures_missing(task.case), task, data)


def turn_gates(turns: Iterable[SignerTurn], task: Task, data: Mapping[str, Any]) -> list[Gate]:
    """Return a gate for everybody who has still to sign, met by their signature or by a reason."""
    is_explained = bool(str(data.get("unsigned_reason") or "").strip())
    return [
        Gate(
            code=f"signer:{number}",
            label=f"Tanda tangan {turn.position.short_title} pada {turn.version.document.title}",
            met=is_explained,
            hint=waiting_hint(turn, task),
            anchor="unsigned_reason",
            path=f"/dokumen/{turn.version.document.uid}/",
        )
        for number, turn in enumerate(turns, start=1)
    ]


def waiting_hint(turn: SignerTurn, task: Task) -> str:
    """Who is waited for; whoever closes the file may be the one."""
    if turn.position_id == task.position_id:
        return "Menunggu Anda sendiri: tanda tangani, atau isi alasannya."
    return f"Menunggu {turn.position.short_title}. Bila tidak dapat ditunggu, isi alasannya."
