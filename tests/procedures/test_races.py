"""Two real connections at once, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import (
    EFFECTIVE,
    acting_camat,
    make_draft,
    make_effective_version,
    make_reviewed,
)

from runtut.core.errors import DomainError
from runtut.procedures.actions import (
    accept_suggested_bindings,
    adopt,
    draft_next_version,
    ratify,
)
from runtut.procedures.enums import VersionState
from runtut.procedures.models import PerformerBinding, Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def at_once(work: Callable[[], object], times: int = 3) -> list[str]:
    """Do the same work in threads that start together; return "done" or the code of each refusal, sorted."""
    gate = threading.Barrier(times)
    results: list[str] = []

    def run() -> None:
        try:
            gate.wait()
            work()
            results.append("done")
        except DomainError as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_adopting_at_once_makes_one_sop(cast):
    sari = cast.authority(cast.sari)
    results = at_once(lambda: adopt(unit=cast.office.unit, library_key="s2", authority=sari, at=AT))
    assert results == ["already_adopted", "already_adopted", "done"]
    assert Procedure.objects.count() == 1


def test_ratifying_at_once_happens_once(cast):
    version, camat = make_reviewed(cast), acting_camat(cast)
    results = at_once(
        lambda: ratify(
            version=version, sop_number="1/A/2026", effective_from=EFFECTIVE, authority=camat, at=AT
        )
    )
    assert results == ["done", "version_not_in_review", "version_not_in_review"]
    assert ProcedureVersion.objects.get(pk=version.pk).state == VersionState.EFFECTIVE


def test_drafting_at_once_makes_one_draft(cast):
    first, sari = make_effective_version(cast), cast.authority(cast.sari)
    results = at_once(
        lambda: draft_next_version(procedure=first.procedure, authority=sari, at=AT + timedelta(days=1))
    )
    assert results == ["done", "draft_exists", "draft_exists"]
    assert first.procedure.versions.count() == 2


def test_accepting_bindings_at_once_binds_once(cast):
    version, sari = make_draft(cast), cast.authority(cast.sari)
    results = at_once(lambda: accept_suggested_bindings(version=version, authority=sari, at=AT))
    assert results == ["done", "done", "done"]
    assert PerformerBinding.objects.filter(performer__version=version).count() == 6
