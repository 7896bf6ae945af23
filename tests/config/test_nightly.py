"""What comes by itself at night: once, made up for after sleep, and told when something is wrong."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from tests.cases.notices import letters
from tests.cast import Cast, make_cast
from tests.performance.factories import TW1, make_indicator, make_objective, make_targets
from tests.web.conftest import BACKEND

from runtut.cli import main
from runtut.config import nightly, worker
from runtut.core import jobs
from runtut.core.models import NightlyJob
from runtut.documents.models import StoredFile
from runtut.performance.actions import enter_realisation, rebuild_sums
from runtut.performance.models import KeptSum

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
ALL = ["certificates", "audit", "sums", "archive"]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def kept(cast: Cast) -> KeptSum:
    """A sum kept beside a figure."""
    indicator = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])
    make_targets(indicator, "87", "84", "85", "86.5", "87")
    authority = cast.office.authority("kasi1")
    enter_realisation(
        indicator=indicator, quarter=TW1, value_text="86,12", cause="", authority=authority, at=FRIDAY
    )
    return KeptSum.objects.earliest("pk")


def alter(kept: KeptSum) -> None:
    """Change a sum past the application."""
    field = next(one.name for one in KeptSum._meta.fields if one.get_internal_type() == "DecimalField")
    KeptSum.objects.filter(pk=kept.pk).update(**{field: Decimal("1.5")})


def settle(at: datetime) -> None:
    while jobs.drain(at=at):
        pass


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        (datetime(2026, 3, 6, 18, 15, tzinfo=UTC), datetime(2026, 3, 6, 18, 15, tzinfo=UTC)),
        (datetime(2026, 3, 6, 18, 14, tzinfo=UTC), datetime(2026, 3, 5, 18, 15, tzinfo=UTC)),
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), datetime(2026, 2, 28, 18, 15, tzinfo=UTC)),
    ],
)
def test_the_hour_of_a_nightly_job_is_the_newest_not_to_come(at: datetime, slot: datetime) -> None:
    audit = next(job for job in nightly.NIGHTLY if job.name == "audit")

    assert audit.slot(at) == slot


def test_the_archive_is_read_once_a_week() -> None:
    archive = next(job for job in nightly.NIGHTLY if job.name == "archive")

    assert archive.slot(FRIDAY) == datetime(2026, 2, 28, 19, 15, tzinfo=UTC)
    assert archive.slot(FRIDAY + timedelta(days=7)) == datetime(2026, 3, 7, 19, 15, tzinfo=UTC)


def test_each_job_is_run_once_since_its_hour_and_made_up_for_after_sleep(cast: Cast) -> None:
    assert nightly.run_due(FRIDAY) == ALL
    assert nightly.run_due(FRIDAY + timedelta(hours=5)) == []
    assert nightly.run_due(FRIDAY + timedelta(hours=5, minutes=10)) == ["certificates"]
    assert nightly.run_due(FRIDAY + timedelta(days=1)) == ["audit", "sums"]
    assert nightly.run_due(FRIDAY + timedelta(days=30)) == ALL
    assert all(row.is_well for row in NightlyJob.objects.all())


def test_the_timetable_runs_what_is_due(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.clock, "now", lambda: FRIDAY)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.nightly_jobs.call_local()

    assert set(NightlyJob.objects.values_list("name", "started_at")) == {(name, FRIDAY) for name in ALL}


def test_a_sum_that_differs_is_told_in_the_log_on_the_page_and_by_mail(
    cast: Cast, kept: KeptSum, mail: Path, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    cast.admin.email = "admin@contoh.go.id"
    cast.admin.save(update_fields=["email"])
    alter(kept)
    with caplog.at_level(logging.ERROR, logger="runtut.worker"):
        nightly.run_due(FRIDAY)
        settle(FRIDAY)
        settle(FRIDAY)

    found = NightlyJob.objects.get(name="sums").findings
    assert found > 0
    assert sum(record.getMessage().startswith("sums: ") for record in caplog.records) == found
    (letter,) = letters(mail)
    assert (letter["To"], letter["Subject"]) == (
        "admin@contoh.go.id",
        "Pemeriksaan malam: Jumlah capaian tersimpan",
    )
    assert "runtut sums verify" in letter.get_content()
    client.force_login(cast.admin, backend=BACKEND)
    assert f"{found} tidak sesuai" in client.get("/pengaturan/").text

    rebuild_sums()
    nightly.run_due(FRIDAY + timedelta(days=1))
    assert NightlyJob.objects.get(name="sums").is_well
    assert len(letters(mail)) == 1


def test_a_file_that_is_gone_is_found(cast: Cast) -> None:
    StoredFile.objects.create(
        region=3399,
        unit=cast.office.unit,
        sha256="0" * 64,
        size=3,
        content_type="text/plain",
        name="hilang.txt",
        uploaded_by=cast.sari,
        uploaded_at=FRIDAY,
    )
    nightly.run_due(FRIDAY)

    assert NightlyJob.objects.get(name="archive").findings == 1
    assert NightlyJob.objects.get(name="audit").is_well


def test_a_job_that_fails_holds_up_no_other_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mail: Path
) -> None:
    cast.admin.email = "admin@contoh.go.id"
    cast.admin.save(update_fields=["email"])

    def broken() -> None:
        raise ValueError("no such table")

    monkeypatch.setattr(nightly, "wrong_sums", broken)
    nightly.run_due(FRIDAY)

    assert NightlyJob.objects.get(name="sums").failure == "ValueError: no such table"
    assert NightlyJob.objects.get(name="archive").is_well
    assert main(["jobs"]) == 1
    told = capsys.readouterr().out
    assert "sums          2026-03-06 12:00 UTC  failed: ValueError: no such table" in told
    settle(FRIDAY)
    (letter,) = letters(mail)
    assert "“Jumlah capaian tersimpan” tidak dapat diselesaikan." in letter.get_content()
    assert "runtut sums verify" in letter.get_content()


def test_jobs_says_when_each_was_last_run(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs"]) == 0
    assert "audit         not run yet" in capsys.readouterr().out
    nightly.run_due(FRIDAY)

    assert main(["jobs"]) == 0
    told = capsys.readouterr().out
    for name in ALL:
        assert f"{name:<14}2026-03-06 12:00 UTC  nothing wrong" in told
    assert "0 messages wait; 0 were given up." in told
