from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings
from tests.tampering import unprotected

from runtut import cli
from runtut.accounts.models import User
from runtut.config import safety
from runtut.config.server import Server
from runtut.core import jobs
from runtut.core.jobs import registry
from runtut.core.locks import write_transaction
from runtut.core.models import AuditEntry, OutboxMessage
from runtut.organisations.models import OrganisationUnit, Oversight
from runtut.performance.models import Indicator
from runtut.procedures.models import Procedure
from runtut.procedures.queries import library_entry

FORMAT = {
    "title",
    "number",
    "dates",
    "approver",
    "legal_basis",
    "related_sops",
    "qualifications",
    "equipment",
    "warnings",
    "records",
    "performers",
    "steps",
}
ADMIN = ("createadmin", "rina.wahyuni", "--name", "Rina Wahyuni", "--region", "3302")
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_help_needs_no_settings() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "runtut.cli", "--help"], env={}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    for command in ("check", "serve", "work", "migrate", "demo", "sop", "audit", "backup", "restore"):
        assert re.search(rf"^    {command} ", done.stdout, re.MULTILINE), command


def test_a_wrong_setting_is_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "runtut.cli", "check"],
        env={"RUNTUT_THREADS": "banyak"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "RUNTUT_THREADS must be a whole number, not 'banyak'.\n"


def test_a_refusal_is_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "runtut.cli", "demo", "load"],
        env={},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "Demonstration logins may exist only where RUNTUT_DEMO=1 is set.\n"


def test_a_database_that_was_never_prepared_is_one_sentence(tmp_path: Path) -> None:
    environment = {"RUNTUT_SECRET_KEY": "x" * 20 + "yz0123456789" * 3, "RUNTUT_VAR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "runtut.cli", "audit", "verify"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "The database is not up to date: run `runtut prepare`.\n"


def test_library_as_json_has_the_documented_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sop", "library", "--json"]) == 0

    entries = json.loads(capsys.readouterr().out)
    assert len(entries) >= 7
    for entry in entries:
        assert entry.keys() >= FORMAT
        assert [step["no"] for step in entry["steps"]] == list(range(1, len(entry["steps"]) + 1))


def test_library_lists_titles_with_their_number_of_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sop", "library"]) == 0

    assert re.search(r"^  9 steps  .*Pengukuran Data Kinerja", capsys.readouterr().out, re.MULTILINE)


def sop_file(folder: Path, **changes: object) -> str:
    """An SOP of the library in a file of its own, with a number and a date."""
    document = {**library_entry("s2"), "dates": {"created": "2024-01", "revised": "", "effective": "2024-02"}}
    path = folder / "sop.json"
    path.write_text(json.dumps({**document, **changes}), encoding="utf-8")
    return str(path)


def test_lint_of_a_sound_sop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sop", "lint", sop_file(tmp_path), "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report == [
        {
            "title": "Pengukuran Data Kinerja",
            "number": "PK.KEC.KBS/010/I/2024",
            "steps": 9,
            "time_sum": {"minutes": 6760, "text": "15 hari 10 menit"},
            "findings": [],
        }
    ]


def test_lint_names_rule_place_and_regulation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = tmp_path / "daftar.txt"
    register.write_text("Surat Masuk\n", encoding="utf-8")
    path = sop_file(tmp_path, number="1//2024")

    assert cli.main(["sop", "lint", path, "--json", "--registry", str(register)]) == 0

    found = json.loads(capsys.readouterr().out)[0]["findings"]
    assert [(one["code"], one["place"]) for one in found] == [
        ("number_incomplete", {"field": "number", "step": None}),
        ("related_unknown", {"field": "related_sops", "step": None}),
    ]
    assert all(one["reason"] and one["regulation"] for one in found)


def test_lint_fails_for_what_would_stop_ratification(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sop", "lint", sop_file(tmp_path, steps=[])]) == 1
    assert "no_steps" in capsys.readouterr().out


def test_lint_of_what_is_no_sop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bukan.json"
    path.write_text("{", encoding="utf-8")

    assert cli.main(["sop", "lint", str(path)]) == 1
    assert "not readable as an SOP" in capsys.readouterr().err


@pytest.mark.django_db
def test_createadmin_founds_the_region_and_prints_a_first_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main([*ADMIN, "--region-name", "Kabupaten Banyumas", "--zone", "WITA"]) == 0

    user = User.objects.get(username="rina.wahyuni")
    password = re.search(r"password (\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert password is not None
    assert user.check_password(password.group(1))
    assert user.must_change_password
    root = OrganisationUnit.objects.get(region=3302, parent=None)
    assert (root.name, root.zone) == ("Kabupaten Banyumas", "Asia/Makassar")
    assert Oversight.objects.get(user=user).unit == root


@pytest.mark.django_db
def test_createadmin_refuses_a_name_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main([*ADMIN, "--region-name", "Kabupaten Banyumas"])
    capsys.readouterr()

    assert cli.main([*ADMIN, "--region-name", "Kabupaten Banyumas"]) == 1

    assert "rina.wahyuni" in capsys.readouterr().err
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_demo_load_twice_keeps_what_users_changed() -> None:
    assert cli.main(["demo", "load"]) == 0
    counted = {model: model.objects.count() for model in (User, OrganisationUnit, Procedure, Indicator)}
    User.objects.filter(username="camat.sukamaju").update(full_name="Nama Baru")

    assert cli.main(["demo", "load"]) == 0

    assert all(counted.values())
    assert {model: model.objects.count() for model in counted} == counted
    assert User.objects.get(username="camat.sukamaju").full_name == "Nama Baru"


@pytest.mark.django_db
def test_audit_verify_says_what_was_altered(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main([*ADMIN, "--region-name", "Kabupaten Banyumas"])
    assert cli.main(["audit", "verify"]) == 0
    assert capsys.readouterr().out.endswith("All chains are whole.\n")
    with unprotected("core_auditentry"):
        AuditEntry.objects.filter(action="accounts.user.created").update(data="{}")

    assert cli.main(["audit", "verify"]) == 1

    assert "1 broken links." in capsys.readouterr().out


def dead_letter(key: str, topic: str) -> None:
    OutboxMessage.objects.create(
        region=3302,
        topic=topic,
        key=key,
        payload="{}",
        created_at=AT,
        due_at=AT,
        dead_at=AT,
        attempts=8,
        last_error="ConnectionRefusedError: mail server",
    )


@pytest.mark.django_db
def test_jobs_dead_lists_what_was_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["jobs", "dead"]) == 0
    assert capsys.readouterr().out == "Nothing has been given up.\n"
    dead_letter("send:1", "notices.send")

    assert cli.main(["jobs", "dead"]) == 1

    line, total = capsys.readouterr().out.splitlines()
    assert line == (
        "2026-11-20 03:00 UTC  notices.send  send:1  after 8 attempts: ConnectionRefusedError: mail server"
    )
    assert total == "1 given up; `runtut jobs revive` puts them back."


@pytest.mark.django_db
def test_jobs_revive_puts_back_all_or_those_of_one_topic(capsys: pytest.CaptureFixture[str]) -> None:
    dead_letter("send:1", "notices.send")
    dead_letter("render:1", "documents.render")

    assert cli.main(["jobs", "revive", "--topic", "notices.send"]) == 0
    assert capsys.readouterr().out == "1 put back.\n"
    assert OutboxMessage.objects.get(dead_at=None).key == "send:1"
    assert cli.main(["jobs", "revive"]) == 0

    assert capsys.readouterr().out == "1 put back.\n"
    assert not OutboxMessage.objects.filter(dead_at__isnull=False).exists()
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {0}


@pytest.mark.django_db
def test_check_prints_every_problem(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEBUG = True

    assert cli.main(["check"]) == 1

    assert capsys.readouterr().out.startswith("DEBUG is on")


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["serve", "work"])
def test_unsafe_installation_is_not_started(
    settings: Settings, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    settings.DEBUG = True

    assert cli.main([command]) == 1

    assert "Not started, because it would be unsafe:\nDEBUG is on" in capsys.readouterr().err


@pytest.fixture
def safe_on_this_machine(settings: Settings) -> None:
    settings.SECRET_KEY = "pZ4-9s_KmQx7LtVwR2bNcY8uHjD3fGaE6oTi1XkSvBqWnMzC"
    settings.LOCAL = True
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.PROCESSES = 1


@pytest.mark.django_db
def test_serve_of_a_local_installation_refuses_the_network(
    safe_on_this_machine: None, capsys: pytest.CaptureFixture[str]
) -> None:

    assert cli.main(["serve", "--host", "0.0.0.0"]) == 1

    assert "serves this machine only, not 0.0.0.0" in capsys.readouterr().err


@pytest.mark.django_db
def test_serve_on_hold_opens_no_port_before_its_input_is_closed(
    safe_on_this_machine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    prepared = StringIO("")
    monkeypatch.setattr(prepared, "read", lambda: done.append("input closed") or "")
    monkeypatch.setattr("sys.stdin", prepared)
    monkeypatch.setattr(safety, "refuse_unsafe", lambda: done.append("database checked"))
    monkeypatch.setattr(Server, "run", lambda server: done.append("port open"))

    assert cli.main(["serve", "--hold"]) == 0

    assert done == ["input closed", "database checked", "port open"]


@pytest.mark.django_db(transaction=True)
def test_work_once_does_what_is_due(safe_on_this_machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[jobs.Message] = []
    monkeypatch.setitem(registry._handlers, "test.work", done.append)
    with write_transaction():
        jobs.enqueue(region=3399, topic="test.work", key="a", payload={}, at=AT)

    assert cli.main(["work", "--once"]) == 0

    assert [message.key for message in done] == ["a"]


def test_a_setting_that_django_refuses_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise ImproperlyConfigured("Begini tidak bisa.")

    monkeypatch.setattr("django.setup", refuse)

    assert cli.main(["check"]) == 1
    assert capsys.readouterr().err == "Begini tidak bisa.\n"
