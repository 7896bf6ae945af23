"""The index of the terms, against a plain model of it; on either database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtut.core import search
from runtut.core.jobs import MAX_ATTEMPTS, drain
from runtut.core.locks import write_transaction
from runtut.core.models import SearchDue, SearchEntry
from runtut.core.search import registry
from runtut.core.search.asking import by_kind
from runtut.core.search.indexing import row_of, sweep
from runtut.core.search.words import terms

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HERE, THERE = "000001000002", "000001000003"
WORDS = """
    pengukuran ukur mengukur kinerja kerja laporan pelaporan yang dan RKT 2026 000.8.3.3/02 000.8.3.3/12
    8.3 S2/KEC Sari Utami undang-undang menyusun penyusunan 1e5 3abc Ménteri
""".split()  # noqa: SIM905 (a list of words reads best as words)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
ENTRIES = st.builds(
    lambda title, detail, body, day, path: search.Entry(
        uid=uuid4(),
        region=3399,
        unit_path=path,
        title=title,
        detail=detail,
        body=body,
        day=date(2026, 1, 1) + timedelta(days=day),
    ),
    TEXTS,
    TEXTS,
    TEXTS,
    st.integers(0, 5),
    st.sampled_from([HERE, f"{HERE}000009", THERE]),
)
EVERYWHERE = Q(region=3399)
INSIDE = Q(unit_path__gte=HERE, unit_path__lt=f"{HERE}a")


class Shelf:
    """A source whose objects are a dictionary."""

    def __init__(self) -> None:
        self.held: dict[UUID, search.Entry] = {}
        self.broken: set[UUID] = set()

    def put(self, **fields: object) -> search.Entry:
        given_fields = {"uid": uuid4(), "region": 3399, "unit_path": HERE, "title": "Laporan", **fields}
        entry = search.Entry(**given_fields)  # type: ignore[arg-type]  # fields by name
        self.held[entry.uid] = entry
        return entry

    def uids(self) -> list[UUID]:
        return list(self.held)

    def entries(self, uids: Collection[UUID]) -> Iterator[search.Entry]:
        if self.broken & set(uids):
            raise ValueError("unreadable")
        return (self.held[uid] for uid in uids if uid in self.held)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The one source there is."""
    made = Shelf()
    monkeypatch.setattr(registry, "_sources", {"rak": search.Source(made.uids, made.entries)})
    return made


def titles(question: str, open_to: Q = EVERYWHERE) -> list[str]:
    return [row.title for row in search.answers(search.wanted(question), open_to)]


def mark(*entries: search.Entry) -> None:
    with write_transaction():
        search.mark("rak", [entry.uid for entry in entries])


def model_answers(entries: Sequence[search.Entry], question: str) -> list[UUID]:
    """What the index should say: in the head first, then the newest, of one day the last entered."""
    wanted = search.wanted(question)

    def has_all(text: str) -> bool:
        return bool(wanted) and all(any(one.matches(term) for term in terms(text)) for one in wanted)

    def head(entry: search.Entry) -> str:
        return f"{entry.title}\n{entry.detail}"

    found = [(place, one) for place, one in enumerate(entries) if has_all(f"{head(one)}\n{one.body}")]
    assert all(one.day for _, one in found)
    ranked = sorted(found, key=lambda row: (not has_all(head(row[1])), -row[1].day.toordinal(), -row[0]))  # type: ignore[union-attr]
    return [one.uid for _, one in ranked]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ENTRIES, max_size=12),
    st.one_of(TEXTS, st.sampled_from(["pengu", "kin", "000.8", "3.3/0", "su"])),
)
def test_answers_are_those_of_a_plain_model(entries: list[search.Entry], question: str) -> None:
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(row_of("rak", entry) for entry in entries)
    near = [entry for entry in entries if entry.unit_path.startswith(HERE)]

    def answered(open_to: Q) -> list[UUID]:
        return [row.uid for row in search.answers(search.wanted(question), open_to)]

    assert answered(EVERYWHERE) == model_answers(entries, question)
    assert answered(INSIDE) == model_answers(near, question)


def test_entry_follows_its_object(shelf: Shelf) -> None:
    entry = shelf.put(title="Laporan kinerja")
    mark(entry)
    sweep(AT, 10)
    assert titles("pelaporan") == ["Laporan kinerja"]

    shelf.held[entry.uid] = search.Entry(uid=entry.uid, region=3399, unit_path=HERE, title="Undangan rapat")
    mark(entry)
    sweep(AT, 10)
    assert (titles("pelaporan"), titles("undang")) == ([], ["Undangan rapat"])

    del shelf.held[entry.uid]
    mark(entry)
    sweep(AT, 10)
    assert (titles("undang"), SearchEntry.objects.count()) == ([], 0)


def test_worker_writes_what_is_marked(shelf: Shelf) -> None:
    mark(*(shelf.put() for _ in range(5)))

    while drain(at=AT, limit=2):
        pass

    assert (len(titles("laporan")), SearchDue.objects.count()) == (5, 0)


def test_mark_of_an_act_undone_leaves_nothing(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match="undone"), write_transaction():
        search.mark("rak", [shelf.put().uid])
        raise ValueError("undone")

    assert SearchDue.objects.count() == 0


def test_object_that_cannot_be_read_holds_up_no_other(shelf: Shelf) -> None:
    broken, sound = shelf.put(title="Laporan rusak"), shelf.put(title="Laporan utuh")
    shelf.broken.add(broken.uid)
    mark(broken, sound)

    sweep(AT, 10)
    assert titles("laporan") == ["Laporan utuh"]
    assert sweep(AT, 10) == 0

    shelf.broken.clear()
    sweep(AT + timedelta(hours=1), 10)
    assert set(titles("laporan")) == {"Laporan rusak", "Laporan utuh"}


def test_object_that_stays_unreadable_is_given_up_after_eight_attempts(shelf: Shelf) -> None:
    broken = shelf.put()
    shelf.broken.add(broken.uid)
    mark(broken)

    tried = [sweep(AT + timedelta(days=day), 10) for day in range(MAX_ATTEMPTS + 2)]

    assert tried == [1] * MAX_ATTEMPTS + [0, 0]


def test_rebuild_makes_the_index_equal_to_the_objects(shelf: Shelf) -> None:
    gone = shelf.put(title="Laporan lama")
    mark(gone)
    sweep(AT, 10)
    shelf.held = {}
    for number in range(3):
        shelf.put(title=f"Undangan {number}")

    assert search.rebuild() == {"rak": 3}
    assert (titles("laporan"), sorted(titles("undangan"))) == ([], ["Undangan 0", "Undangan 1", "Undangan 2"])


def test_entries_follow_a_subtree_that_moves(shelf: Shelf) -> None:
    for path in (HERE, f"{HERE}000009", THERE):
        shelf.put(unit_path=path, title=f"Laporan {path}")
    search.rebuild()

    with write_transaction():
        search.move(HERE, f"{THERE}000002")

    assert (
        list(SearchEntry.objects.order_by("id").values_list("unit_path", flat=True).distinct()).count(HERE)
        == 0
    )
    assert len(titles("laporan", Q(unit_path__startswith=f"{THERE}000002"))) == 2


def test_by_kind_counts_all_and_returns_the_first(shelf: Shelf) -> None:
    for number in range(4):
        shelf.put(title=f"Laporan {number}", day=date(2026, 1, 9 - number))
    search.rebuild()

    rows = by_kind(search.answers(search.wanted("laporan"), EVERYWHERE), ["rak"], most=2)

    assert [(row.title, row.total) for row in rows] == [("Laporan 0", 4), ("Laporan 1", 4)]


def test_no_condition_of_access_gives_nothing(shelf: Shelf) -> None:
    shelf.put()
    search.rebuild()

    assert titles("laporan", Q(pk__in=[])) == []


def test_question_is_answered_from_the_index(shelf: Shelf) -> None:
    shelf.put()
    search.rebuild()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    plan = search.answers(search.wanted("laporan"), EVERYWHERE).explain()

    assert (
        "core_searchindex VIRTUAL TABLE" if connection.vendor == "sqlite" else "search_entry_terms"
    ) in plan
