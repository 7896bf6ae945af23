from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from runtut.accounts.models import User
from runtut.config import safety

GOOD_SECRET = "pZ4-9s_KmQx7LtVwR2bNcY8uHjD3fGaE6oTi1XkSvBqWnMzC"


@pytest.fixture(autouse=True)
def safe(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Settings that are right for an office on the network; each test spoils one."""
    tmp_path.chmod(0o700)
    settings.DEBUG = False
    settings.SECRET_KEY = GOOD_SECRET
    settings.LOCAL = False
    settings.DEMO = False
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = ["runtut.contoh.go.id"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://runtut.contoh.go.id"]
    settings.PROCESSES = 1
    settings.VAR = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    return settings


def only_problem() -> str:
    found = safety.problems()
    assert len(found) == 1, found
    return found[0]


@pytest.mark.django_db
def test_problems_of_safe_settings_are_none() -> None:
    assert safety.problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "beginning"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SECRET_KEY": "short"}, "RUNTUT_SECRET_KEY is weak"),
        ({"SECRET_KEY": "ab" * 30}, "RUNTUT_SECRET_KEY is weak"),
        ({"SECRET_KEY": ""}, "RUNTUT_SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": ["*"]}, "RUNTUT_ALLOWED_HOSTS contains '*'"),
        ({"ALLOWED_HOSTS": ["127.0.0.1", "localhost"]}, "RUNTUT_ALLOWED_HOSTS is not set"),
        ({"LOCAL": True}, "RUNTUT_LOCAL=1 means this machine only"),
        ({"HTTPS": False}, "RUNTUT_HTTPS is not set"),
        ({"CSRF_TRUSTED_ORIGINS": ["http://x.go.id"]}, "RUNTUT_TRUSTED_ORIGINS holds http://x.go.id"),
    ],
)
def test_problems_name_each_unsafe_setting(
    safe: Settings, changes: dict[str, object], beginning: str
) -> None:
    for name, value in changes.items():
        setattr(safe, name, value)

    assert only_problem().startswith(beginning)


@pytest.mark.django_db
def test_problems_accept_plain_http_for_this_machine_only(safe: Settings) -> None:
    safe.LOCAL, safe.HTTPS, safe.ALLOWED_HOSTS, safe.CSRF_TRUSTED_ORIGINS = True, False, ["localhost"], []

    assert safety.problems() == []


@pytest.mark.django_db
def test_problems_name_several_processes_on_sqlite(safe: Settings) -> None:
    safe.PROCESSES = 2

    found = safety.problems()

    expected = ["RUNTUT_PROCESSES is 2"] if connection.vendor == "sqlite" else []
    assert [sentence[:21] for sentence in found] == expected


@pytest.mark.django_db
def test_problems_name_files_that_everybody_downloads(safe: Settings) -> None:
    safe.FILES_ROOT = Path(safe.STATIC_ROOT) / "files"

    assert only_problem().startswith("RUNTUT_FILES_ROOT lies within RUNTUT_STATIC_ROOT")


def test_open_to_others_asks_the_folder_and_its_parents(tmp_path: Path) -> None:
    assert safety.open_to_others(Path("/usr"))
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0o755)
    inner.parent.chmod(0o700)
    assert not safety.open_to_others(inner)
    assert not safety.open_to_others(tmp_path / "not there")


@pytest.mark.django_db
def test_problems_name_a_folder_that_others_read(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "open_to_others", lambda folder: folder == safe.FILES_ROOT)

    assert only_problem().startswith("RUNTUT_FILES_ROOT (")


def demo_user(**changes: object) -> User:
    user = User(username="camat.contoh", full_name="Orang Contoh", region=3399, is_demo=True)
    user.set_password("runtut-contoh-2026")
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()
    return user


@pytest.mark.django_db
def test_problems_name_open_demonstration_logins() -> None:
    demo_user()

    assert "for example camat.contoh" in only_problem()


@pytest.mark.django_db
def test_problems_accept_demonstration_logins_on_a_trial(safe: Settings) -> None:
    demo_user()
    safe.DEMO = True

    assert safety.problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"is_active": False}, {"is_demo": False}, {"password": "!"}])
def test_problems_accept_people_who_cannot_use_the_known_password(changes: dict[str, object]) -> None:
    demo_user(**changes)

    assert safety.problems() == []


@pytest.mark.django_db
def test_refuse_unsafe_raises_every_sentence(safe: Settings) -> None:
    safe.DEBUG, safe.HTTPS = True, False

    with pytest.raises(safety.Unsafe) as refusal:
        safety.refuse_unsafe()

    assert len(str(refusal.value).splitlines()) == 2


@pytest.mark.django_db(transaction=True)
def test_problems_name_a_database_without_tables(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO set_aside")
    try:
        assert only_problem() == "The database is not up to date: run `runtut prepare`."
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE set_aside RENAME TO django_migrations")
