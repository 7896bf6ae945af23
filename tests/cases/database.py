"""A database that threads and processes share as in production."""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections

from runtut.core.errors import DomainError


@contextmanager
def shared_database(folder: Path) -> Iterator[dict[str, str]]:
    """Point the test's connection at a database that others can open too, and yield the environment by which
    another process finds it.

    On PostgreSQL the test database is one already. On SQLite the suite's database lives in memory: it is
    copied into a file, opened in WAL mode like the product's own.
    """
    if connection.vendor == "postgresql":
        yield os.environ | {"DATABASE_URL": postgres_url()}
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = folder / "shared.sqlite3"
    copy = sqlite3.connect(file)
    memory.backup(copy)
    copy.close()
    connection.settings_dict["NAME"] = str(file)
    connection.connection = None
    try:
        yield os.environ | {"DATABASE_URL": f"sqlite:{file}"}
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = memory


def postgres_url() -> str:
    settings = connection.settings_dict
    where = f"host={settings['HOST']}&port={settings['PORT']}"
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?{where}"


WON, REFUSED, FAILED = 0, 3, 1


def in_processes(count: int, act: Callable[[], Any]) -> list[int]:
    """Let processes do something at about the same instant, and return how it went for each."""
    connection.close()
    gate, opener = os.pipe()
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            os.close(opener)
            os.read(gate, 1)
            os._exit(attempt(act))
        children.append(child)
    os.close(gate)
    os.close(opener)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def attempt(act: Callable[[], Any]) -> int:
    try:
        act()
    except DomainError:
        return REFUSED
    except Exception:
        traceback.print_exc()
        return FAILED
    return WON


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Let threads, each with a connection of its own, do something at the same instant; return what each
    returned or raised, in the order of the threads."""
    barrier = Barrier(count)
    results: list[Any] = [None] * count

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
