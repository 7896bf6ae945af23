"""Who should have signed before the file of a run is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtut.cases.models import Task
from runtut.cases.queries.turns import signatures_missing
from runtut.cases.registry import Gate
from runtut.documents.models import SignerTurn


def signer_gates(task: Task, data: Mapping[str, Any]) -> list[Gate]:
    """Return everybody who has still to sign a paper of the run before its file is closed; a reason, in
    `data` as "unsigned_reason", lets it be closed without them (one query)."""
    is_explained = bool(str(data.get("unsigned_reason") or "").strip())
    return [
        Gate(
            code=f"signer:{number}",
            label=f"Tanda tangan {turn.position.short_title} pada {turn.version.document.title}",
            met=is_explained,
            hint=waiting_hint(turn, task),
            anchor="unsigned_reason",
        )
        for number, turn in enumerate(signatures_missing(task.case), start=1)
    ]


def waiting_hint(turn: SignerTurn, task: Task) -> str:
    """Who is waited for; whoever closes the file may be the one."""
    if turn.position_id == task.position_id:
        return "Menunggu Anda sendiri: tanda tangani dari Beranda, atau isi alasannya."
    return f"Menunggu {turn.position.short_title}. Bila tidak dapat ditunggu, isi alasannya."
