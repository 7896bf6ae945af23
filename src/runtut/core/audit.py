"""The audit trail of every room but cases (whose events are their own trail, of the same shape)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import connection

from runtut.core import chain
from runtut.core.chain import Head, Link, Problem
from runtut.core.locks import write_transaction
from runtut.core.models import AuditEntry, AuditStream

REGISTER = "streams"
"""The stream of each region in which the opening of all its others is recorded: so that a stream that
disappears with all its entries is still missed."""

STREAM_OPENED = "core.stream.opened"


class AuditOutsideTransaction(RuntimeError):
    """An audit entry that could outlive, or be outlived by, the change it tells of."""


def record(
    *,
    region: int,
    stream: str,
    action: str,
    subject: UUID | None,
    user_id: int | None,
    position_id: int | None,
    capacity: str,
    at: datetime,
    data: Mapping[str, object],
) -> AuditEntry:
    """Append one act to a stream, in the transaction of the change itself.

    `action` is namespaced ("organisations.mandate.given"); `data` holds before and after. Raises
    AuditOutsideTransaction when no transaction is open. The stream's row is locked until the commit. Three
    queries; the first entry of a stream costs the record of its opening besides.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(action)
    head = _locked_head(region, stream, at)
    entry = AuditEntry(
        region=region,
        stream=stream,
        sequence=head.length + 1,
        action=action,
        subject=subject,
        user_id=user_id,
        position_id=position_id,
        capacity=capacity,
        at=at,
        data=chain.canonical(data),
        previous_hash=head.head_hash or chain.START,
    )
    entry.entry_hash = chain.entry_hash(entry.previous_hash, fields_of(entry))
    entry.save(force_insert=True)
    head.length, head.head_hash = entry.sequence, entry.entry_hash
    head.save(update_fields=["length", "head_hash"])
    return entry


def fields_of(entry: AuditEntry) -> dict[str, object]:
    """Return what an entry's hash covers: everything but the hashes and the row's own key."""
    return {
        "region": entry.region,
        "stream": entry.stream,
        "sequence": entry.sequence,
        "action": entry.action,
        "subject": entry.subject,
        "user": entry.user_id,
        "position": entry.position_id,
        "capacity": entry.capacity,
        "at": entry.at,
        "data": entry.data,
    }


def _locked_head(region: int, stream: str, at: datetime) -> AuditStream:
    """Return the stream's row, locked; a new stream is entered in the region's register first.

    The register is locked before the new row is written, always in this order, so that two transactions that
    open streams cannot wait for each other.
    """
    rows = AuditStream.objects.select_for_update().filter(region=region, name=stream)
    if (head := rows.first()) is not None:
        return head
    if stream != REGISTER:
        _locked_head(region, REGISTER, at)
        if (head := rows.first()) is not None:
            return head
    AuditStream.objects.bulk_create([AuditStream(region=region, name=stream)], ignore_conflicts=True)
    head = rows.get()
    if stream != REGISTER:
        record(
            region=region,
            stream=REGISTER,
            action=STREAM_OPENED,
            subject=None,
            user_id=None,
            position_id=None,
            capacity="",
            at=at,
            data={"stream": stream},
        )
    return head


SENTENCES = {
    Problem.ALTERED: "Catatan ke-{sequence} pada {stream} sudah diubah.",
    Problem.REMOVED: "Catatan pada {stream} hilang mulai nomor {sequence}.",
    Problem.INSERTED: "Catatan ke-{sequence} pada {stream} disisipkan.",
    Problem.HEAD_MISSING: "Kepala riwayat {stream} hilang; ada {sequence} catatan tanpa kepala.",
    Problem.STREAM_MISSING: "Riwayat {stream} hilang seluruhnya.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the audit trail."""

    region: int
    stream: str
    sequence: int
    problem: Problem

    @property
    def sentence(self) -> str:
        return SENTENCES[self.problem].format(sequence=self.sequence, stream=self.stream)


def verify_streams() -> list[Finding]:
    """Read the whole trail and return every alteration, removal and insertion; an empty list is soundness.

    Finds the removal of the newest entries by the stream's row, and of a whole stream by the register of its
    region. Who rewrites a chain from one entry to its end, head and all, leaves a sound chain: only a copy
    kept elsewhere (the backup) can tell. Two queries, entries in one pass and never all in memory; a stream
    that looks wrong is read a second time under its lock, so that acts in progress are no findings.
    """
    heads = {(row.region, row.name): row for row in AuditStream.objects.iterator()}
    suspects: set[tuple[int, str]] = set()
    seen: set[tuple[int, str]] = set()
    registered = {(region, REGISTER) for region, _ in heads}
    entries = AuditEntry.objects.order_by("region", "stream", "sequence").iterator(chunk_size=2000)
    for key, group in groupby(entries, lambda entry: (entry.region, entry.stream)):
        seen.add(key)
        # To its end, not to the first problem: the register's later entries are needed below.
        if list(chain.verify_chain(_links(group, registered), _head(heads.get(key)))):
            suspects.add(key)
    suspects |= {key for key in heads.keys() - seen if heads[key].length}
    found = [finding for key in sorted(suspects) for finding in _verify_under_lock(*key)]
    return found + _against_register(registered, heads.keys() | seen)


def _verify_under_lock(region: int, stream: str) -> list[Finding]:
    with write_transaction():
        row = AuditStream.objects.select_for_update().filter(region=region, name=stream).first()
        entries = AuditEntry.objects.filter(region=region, stream=stream).order_by("sequence")
        problems = chain.verify_chain(_links(entries.iterator(chunk_size=2000), set()), _head(row))
        return [Finding(region, stream, sequence, problem) for problem, sequence in problems]


def _head(row: AuditStream | None) -> Head | None:
    return None if row is None else Head(row.length, row.head_hash)


def _links(entries: Iterator[AuditEntry], registered: set[tuple[int, str]]) -> Iterator[Link]:
    """Turn entries into links, noting on the way which streams the register knows."""
    for entry in entries:
        if entry.stream == REGISTER and entry.action == STREAM_OPENED:
            registered.add((entry.region, _opened(entry)))
        yield Link(entry.sequence, entry.previous_hash, entry.entry_hash, fields_of(entry))


def _opened(entry: AuditEntry) -> str:
    """Return the name of the stream that a register entry opened; "" when its data was tampered with."""
    try:
        return str(json.loads(entry.data)["stream"])
    except (ValueError, TypeError, KeyError):
        return ""


def _against_register(registered: set[tuple[int, str]], present: set[tuple[int, str]]) -> list[Finding]:
    """Return the streams that were opened and are gone, and those that were never opened."""
    missing = [Finding(*key, 0, Problem.STREAM_MISSING) for key in sorted(registered - present) if key[1]]
    strange = [Finding(*key, 1, Problem.INSERTED) for key in sorted(present - registered)]
    return missing + strange
