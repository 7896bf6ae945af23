"""The index of the terms, which each database keeps in its own way, and the condition that asks it.

SQLite: an FTS5 table beside the entries, kept by triggers; a later migration that rebuilds the entries' table
must make them again. PostgreSQL: a computed column of type tsvector with a GIN index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.models import BooleanField, F, Func

from runtut.core.plain_migration import plain_sql
from runtut.core.search.words import Term

ENTRIES = "core_searchentry"
INDEX = "core_searchindex"
VECTOR = "terms_vector"


def install_statements(vendor: str) -> list[str]:
    """Return the SQL that makes the index."""
    if vendor == "postgresql":
        head, body = (f"to_tsvector('simple'::regconfig, {name}_terms)" for name in ("head", "body"))
        vector = f"setweight({head}, 'A') || setweight({body}, 'D')"
        return [
            f"ALTER TABLE {ENTRIES} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS ({vector}) STORED",
            f"CREATE INDEX search_entry_terms ON {ENTRIES} USING gin ({VECTOR})",
        ]
    add = (
        f"INSERT INTO {INDEX}(rowid, head_terms, body_terms) "  # noqa: S608 (our own names)
        "VALUES (new.id, new.head_terms, new.body_terms)"
    )
    drop = (
        f"INSERT INTO {INDEX}({INDEX}, rowid, head_terms, body_terms) "  # noqa: S608 (our own names)
        "VALUES ('delete', old.id, old.head_terms, old.body_terms)"
    )
    return [
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(head_terms, body_terms, content='{ENTRIES}', "
        "content_rowid='id', tokenize='ascii', detail=column, prefix='2 3')",
        f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {ENTRIES} BEGIN {add}; END",
        f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {ENTRIES} BEGIN {drop}; END",
        f"CREATE TRIGGER {INDEX}_update AFTER UPDATE OF head_terms, body_terms ON {ENTRIES} "
        f"BEGIN {drop}; {add}; END",
    ]


def remove_statements(vendor: str) -> list[str]:
    """Return the SQL that takes the index away again."""
    if vendor == "postgresql":
        return ["DROP INDEX search_entry_terms", f"ALTER TABLE {ENTRIES} DROP COLUMN {VECTOR}"]
    triggers = [f"DROP TRIGGER {INDEX}_{event}" for event in ("insert", "delete", "update")]
    return [*triggers, f"DROP TABLE {INDEX}"]


def index_operations() -> list[Operation]:
    """Return the migration operations that make the index of the entries."""
    return plain_sql(forwards=install_statements, backwards=remove_statements)


class Answers(Func):
    """The condition that an entry has every word of a question, in its head alone or anywhere."""

    output_field = BooleanField()

    def __init__(self, wanted: Sequence[Term], *, in_head: bool = False) -> None:
        super().__init__(F("pk"))
        self.wanted = tuple(wanted)
        self.in_head = in_head

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        key, values = compiler.compile(self.source_expressions[0])
        found = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608 (our own names)
        return f"{key} IN ({found})", (*values, fts5_question(self.wanted, in_head=self.in_head))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        key: Any = self.source_expressions[0]
        table = connection.ops.quote_name(key.alias)
        return f"{table}.{VECTOR} @@ %s::tsquery", (tsquery(self.wanted, in_head=self.in_head),)


def fts5_question(wanted: Sequence[Term], *, in_head: bool) -> str:
    """Return a question to FTS5: `("kerja" OR "kine"*) AND ("ukur")`."""
    words = " AND ".join(f"({' OR '.join(fts5_ways(one))})" for one in wanted)
    return f"head_terms : ({words})" if in_head else words


def fts5_ways(term: Term) -> Iterator[str]:
    if term.stem:
        yield f'"{term.stem}"'
    if term.start:
        yield f'"{term.start}"*'


def tsquery(wanted: Sequence[Term], *, in_head: bool) -> str:
    """Return a question to PostgreSQL: `('kerja' | 'kine':*) & ('ukur')`; the head has weight A."""
    weight = "A" if in_head else ""
    return " & ".join(f"({' | '.join(tsquery_ways(one, weight))})" for one in wanted)


def tsquery_ways(term: Term, weight: str) -> Iterator[str]:
    if term.stem:
        yield f"'{term.stem}':{weight}" if weight else f"'{term.stem}'"
    if term.start:
        yield f"'{term.start}':*{weight}"
