from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.tampering import unprotected

from runtut.core import chain
from runtut.core.audit import REGISTER, AuditOutsideTransaction, Finding, fields_of, record, verify_streams
from runtut.core.chain import Problem
from runtut.core.locks import write_transaction
from runtut.core.models import AuditEntry, AuditStream

REGION = 3399
STREAM = "unit:7"
SUBJECT = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
AT = datetime(2026, 9, 28, 1, 10, 5, 123456, tzinfo=UTC)


def write(stream: str = STREAM, *, region: int = REGION, action: str = "core.test.done", **data: object):
    return record(
        region=region,
        stream=stream,
        action=action,
        subject=SUBJECT,
        user_id=4,
        position_id=9,
        capacity="plt",
        at=AT,
        data=data,
    )


@pytest.fixture
def trail(db: None) -> list[AuditEntry]:
    """Five entries in one stream, two in another, one of the same name in another region."""
    entries = [write(step=step, before=Decimal("12.50"), after=None) for step in range(1, 6)]
    write("unit:8", step=1)
    write("unit:8", step=2)
    write(region=3301, step=1)
    return entries


def test_record_appends_to_the_chain_of_its_stream(trail: list[AuditEntry]) -> None:
    assert [entry.sequence for entry in trail] == [1, 2, 3, 4, 5]
    assert trail[0].previous_hash == chain.START
    assert [entry.previous_hash for entry in trail[1:]] == [entry.entry_hash for entry in trail[:-1]]
    head = AuditStream.objects.get(region=REGION, name=STREAM)
    assert (head.length, head.head_hash) == (5, trail[-1].entry_hash)


def test_record_stores_who_in_which_position_when_and_what(trail: list[AuditEntry]) -> None:
    stored = AuditEntry.objects.get(region=REGION, stream=STREAM, sequence=2)
    assert fields_of(stored) == {
        "region": REGION,
        "stream": STREAM,
        "sequence": 2,
        "action": "core.test.done",
        "subject": SUBJECT,
        "user": 4,
        "position": 9,
        "capacity": "plt",
        "at": AT,
        "data": '{"after":null,"before":"12.50","step":2}',
    }


def test_record_reads_the_same_hash_back_from_the_database(trail: list[AuditEntry]) -> None:
    stored = AuditEntry.objects.get(region=REGION, stream=STREAM, sequence=3)
    assert stored.entry_hash == chain.entry_hash(stored.previous_hash, fields_of(stored))


def test_record_registers_each_stream_of_a_region_once(trail: list[AuditEntry]) -> None:
    opened = AuditEntry.objects.filter(region=REGION, stream=REGISTER).order_by("sequence")
    assert [entry.data for entry in opened] == ['{"stream":"unit:7"}', '{"stream":"unit:8"}']


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_raises_and_writes_nothing() -> None:
    with pytest.raises(AuditOutsideTransaction):
        write(step=1)
    assert not AuditEntry.objects.exists()
    assert not AuditStream.objects.exists()


@pytest.mark.django_db
def test_record_of_an_act_that_fails_goes_with_it() -> None:
    with pytest.raises(RuntimeError, match="the act"), transaction.atomic():
        write(step=1)
        raise RuntimeError("the act failed")
    assert not AuditEntry.objects.exists()
    assert verify_streams() == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, object(), datetime(2026, 9, 28), {1, 2}])
def test_record_refuses_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(TypeError, match="canonical form"):
        write(value=value)


@pytest.mark.django_db
def test_record_costs_three_queries(trail: list[AuditEntry], django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        write(step=6)


def test_the_database_refuses_to_change_an_entry(trail: list[AuditEntry]) -> None:
    with pytest.raises(DatabaseError, match="append-only table: core_auditentry"), transaction.atomic():
        AuditEntry.objects.filter(pk=trail[2].pk).update(capacity="plh")
    assert AuditEntry.objects.get(pk=trail[2].pk).capacity == "plt"


def test_the_database_refuses_to_remove_an_entry(trail: list[AuditEntry]) -> None:
    with pytest.raises(DatabaseError, match="append-only table: core_auditentry"), transaction.atomic():
        AuditEntry.objects.filter(pk=trail[4].pk).delete()
    assert AuditEntry.objects.filter(region=REGION, stream=STREAM).count() == 5


def test_verify_of_a_sound_trail_finds_nothing(trail: list[AuditEntry]) -> None:
    assert verify_streams() == []


@pytest.mark.django_db
def test_verify_of_no_trail_finds_nothing() -> None:
    assert verify_streams() == []


def entry(sequence: int, stream: str = STREAM) -> AuditEntry:
    return AuditEntry.objects.get(region=REGION, stream=stream, sequence=sequence)


def change(sequence: int, /, **values: object) -> None:
    AuditEntry.objects.filter(pk=entry(sequence).pk).update(**values)


def rehash(sequence: int, **values: object) -> None:
    """Alter an entry and give it the hash that fits its new content."""
    row = entry(sequence)
    for name, value in values.items():
        setattr(row, name, value)
    row.entry_hash = chain.entry_hash(row.previous_hash, fields_of(row))
    row.save()


def remove(*sequences: int, stream: str = STREAM) -> None:
    AuditEntry.objects.filter(region=REGION, stream=stream, sequence__in=sequences).delete()


def insert_after(sequence: int, /, **values: object) -> None:
    """Add an entry that fits on the one before it."""
    row = entry(sequence)
    row.pk, row.sequence, row.previous_hash = None, sequence + 1, row.entry_hash
    for name, value in values.items():
        setattr(row, name, value)
    row.entry_hash = chain.entry_hash(row.previous_hash, fields_of(row))
    row.save(force_insert=True)


def squeeze_in_after(sequence: int) -> None:
    """Move the later entries up by one and put another between."""
    for later in range(5, sequence, -1):
        change(later, sequence=later + 1)
    insert_after(sequence, action="core.test.forged")
    AuditStream.objects.filter(region=REGION, name=STREAM).update(length=6)


def close_the_gap_of(sequence: int) -> None:
    remove(sequence)
    for later in range(sequence + 1, 6):
        change(later, sequence=later - 1)
    AuditStream.objects.filter(region=REGION, name=STREAM).update(length=4)


TAMPERING: list[tuple[str, Callable[[], object], list[tuple[int, Problem]]]] = [
    ("data", lambda: change(3, data='{"step":99}'), [(3, Problem.ALTERED)]),
    ("user", lambda: change(3, user_id=5), [(3, Problem.ALTERED)]),
    ("position", lambda: change(3, position_id=None), [(3, Problem.ALTERED)]),
    ("capacity", lambda: change(3, capacity="definitif"), [(3, Problem.ALTERED)]),
    ("time", lambda: change(3, at=AT + timedelta(microseconds=1)), [(3, Problem.ALTERED)]),
    ("action", lambda: change(3, action="core.test.undone"), [(3, Problem.ALTERED)]),
    ("subject", lambda: change(3, subject=None), [(3, Problem.ALTERED)]),
    ("hash", lambda: change(3, entry_hash="f" * 64), [(3, Problem.ALTERED)]),
    ("first", lambda: change(1, user_id=5), [(1, Problem.ALTERED)]),
    ("newest", lambda: change(5, user_id=5), [(5, Problem.ALTERED)]),
    ("altered with its hash", lambda: rehash(3, user_id=5), [(3, Problem.ALTERED)]),
    ("newest altered with its hash", lambda: rehash(5, user_id=5), [(5, Problem.ALTERED)]),
    (
        "two",
        lambda: (change(2, user_id=5), change(4, user_id=5)),
        [(2, Problem.ALTERED), (4, Problem.ALTERED)],
    ),
    ("removed", lambda: remove(3), [(3, Problem.REMOVED)]),
    ("two removed", lambda: remove(2, 3), [(2, Problem.REMOVED)]),
    ("oldest removed", lambda: remove(1), [(1, Problem.REMOVED)]),
    ("newest removed", lambda: remove(5), [(5, Problem.REMOVED)]),
    ("all removed", lambda: remove(1, 2, 3, 4, 5), [(1, Problem.REMOVED)]),
    ("appended behind the head", lambda: insert_after(5), [(6, Problem.INSERTED)]),
    ("inserted at nought", lambda: insert_after(5, sequence=0), [(0, Problem.INSERTED)]),
]


@pytest.mark.parametrize(
    ("tamper", "expected"), [case[1:] for case in TAMPERING], ids=[case[0] for case in TAMPERING]
)
def test_verify_finds(trail: list[AuditEntry], tamper: Callable[[], object], expected: list) -> None:
    with unprotected("core_auditentry"):
        tamper()
    assert verify_streams() == [Finding(REGION, STREAM, *finding) for finding in expected]


def test_verify_finds_an_entry_squeezed_in_between(trail: list[AuditEntry]) -> None:
    with unprotected("core_auditentry"):
        squeeze_in_after(2)
    assert [finding.sequence for finding in verify_streams()] == [3, 4, 5, 6]


def test_verify_finds_a_removed_entry_whose_gap_was_closed(trail: list[AuditEntry]) -> None:
    with unprotected("core_auditentry"):
        close_the_gap_of(3)
    assert [finding.sequence for finding in verify_streams()] == [2, 3, 4]


def test_verify_finds_a_missing_stream_row(trail: list[AuditEntry]) -> None:
    AuditStream.objects.filter(region=REGION, name=STREAM).delete()
    assert verify_streams() == [Finding(REGION, STREAM, 5, Problem.HEAD_MISSING)]


def test_verify_finds_a_stream_removed_with_all_its_entries(trail: list[AuditEntry]) -> None:
    with unprotected("core_auditentry"):
        remove(1, 2, 3, 4, 5)
        AuditStream.objects.filter(region=REGION, name=STREAM).delete()
    assert verify_streams() == [Finding(REGION, STREAM, 0, Problem.STREAM_MISSING)]


def test_verify_finds_the_register_removed(trail: list[AuditEntry]) -> None:
    with unprotected("core_auditentry"):
        remove(1, 2, stream=REGISTER)
        AuditStream.objects.filter(region=REGION, name=REGISTER).delete()
    assert verify_streams() == [
        Finding(REGION, REGISTER, 0, Problem.STREAM_MISSING),
        Finding(REGION, "unit:7", 1, Problem.INSERTED),
        Finding(REGION, "unit:8", 1, Problem.INSERTED),
    ]


def test_verify_finds_a_stream_that_was_never_opened(trail: list[AuditEntry]) -> None:
    forged = write("unit:9", step=1)
    with unprotected("core_auditentry"):
        remove(3, stream=REGISTER)
        last = entry(2, REGISTER)
        AuditStream.objects.filter(region=REGION, name=REGISTER).update(length=2, head_hash=last.entry_hash)
    assert verify_streams() == [Finding(REGION, forged.stream, 1, Problem.INSERTED)]


def test_verify_of_a_register_entry_that_is_no_json_still_ends(trail: list[AuditEntry]) -> None:
    with unprotected("core_auditentry"):
        AuditEntry.objects.filter(pk=entry(1, REGISTER).pk).update(data="{")
    assert verify_streams() == [
        Finding(REGION, REGISTER, 1, Problem.ALTERED),
        Finding(REGION, STREAM, 1, Problem.INSERTED),
    ]


def test_verify_costs_the_same_queries_for_one_and_for_many(
    trail: list[AuditEntry], django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        verify_streams()
    for step in range(3):
        write(f"unit:{step}", step=step)
    with django_assert_num_queries(2):
        verify_streams()


def test_findings_are_said_in_indonesian() -> None:
    assert Finding(REGION, STREAM, 5, Problem.REMOVED).sentence == "Catatan pada unit:7 hilang mulai nomor 5."
    assert [Finding(REGION, STREAM, 1, problem).sentence[-1] for problem in Problem] == ["."] * len(Problem)


@pytest.mark.django_db(transaction=True)
def test_record_from_several_connections_at_once_keeps_one_sound_chain() -> None:
    """All of them open the same two streams and append to them, in the same moment."""
    start = threading.Barrier(4)

    def act(rounds: int) -> None:
        try:
            start.wait()
            for step in range(rounds):
                with write_transaction():
                    write(f"unit:{step % 2}", step=step)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        for outcome in [people.submit(act, 10) for _ in range(4)]:
            outcome.result()
    lengths = {stream.name: stream.length for stream in AuditStream.objects.all()}
    assert lengths == {"unit:0": 20, "unit:1": 20, REGISTER: 2}
    assert verify_streams() == []


@pytest.mark.django_db(transaction=True)
def test_tables_are_protected_again_after_a_test_with_real_commits() -> None:
    with transaction.atomic():
        write(step=1)
    with unprotected("core_auditentry"):
        AuditEntry.objects.filter(stream=STREAM).update(user_id=5)
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()


def test_protection_is_there_after_migration(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        names = {row[0] for row in cursor.fetchall()}
    expected = {
        "sqlite": {"core_auditentry_append_only_update", "core_auditentry_append_only_delete"},
        "postgresql": {"core_auditentry_append_only"},
    }
    assert names >= expected[connection.vendor]
