"""The history of a follow-up item in words, from the audit trail."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from runtut.accounts.models import User
from runtut.cases.models import FollowUp
from runtut.core.dates import long_date
from runtut.core.models import AuditEntry

ACTS: Final[dict[str, str]] = {
    "given": "Ditetapkan",
    "reported": "Catatan kemajuan disimpan",
    "evidence_added": "Bukti dilampirkan",
    "evidence_removed": "Bukti dilepas",
    "submitted": "Dilaporkan selesai",
    "approved": "Disetujui",
    "returned": "Dikembalikan",
}


@dataclass(frozen=True)
class Happening:
    act: str
    who: str
    at: datetime
    said: str
    is_return: bool


def history_of(item: FollowUp) -> list[Happening]:
    """What happened to an item, newest first (two queries)."""
    entries = list(AuditEntry.objects.filter(region=item.region, subject=item.uid).order_by("-id"))
    people = User.objects.in_bulk({entry.user_id for entry in entries if entry.user_id})
    return [happening(entry, people) for entry in entries]


def happening(entry: AuditEntry, people: dict[int, User]) -> Happening:
    act, data = entry.action.rpartition(".")[2], json.loads(entry.data)
    said = str(data.get("reason") or data.get("note") or data.get("name") or "")
    if act == "given":
        due = datetime.fromisoformat(data["due_on"]) if data.get("due_on") else None
        said = f"Batas waktu {long_date(due)}" if due else ""
    who = people.get(entry.user_id or 0)
    name = who.display_name if who else "Sistem"
    return Happening(ACTS.get(act, "Perubahan lain"), name, entry.at, said, act == "returned")
