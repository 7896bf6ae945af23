"""Settings as an installation reads them: in a fresh process, from the environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json, sys
from runtut.config import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def read(*names: str, **environment: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *names],
        env={"PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_settings_of_an_empty_environment_serve_nobody_else() -> None:
    assert read("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO", "PROCESSES") == {
        "DEBUG": False,
        "SECRET_KEY": "",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
        "DEMO": False,
        "PROCESSES": 1,
    }


def test_settings_under_https_guard_the_cookies() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")

    assert list(read(*names, RUNTUT_HTTPS="1").values()) == [True, True, True, 31_536_000]
    assert list(read(*names).values()) == [False, False, False, 0]


def test_settings_trust_the_proxy_only_when_told_of_one() -> None:
    names = ("SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT")

    assert list(read(*names).values()) == [None, 0]
    assert list(read(*names, RUNTUT_PROXIES="1").values()) == [["HTTP_X_FORWARDED_PROTO", "https"], 1]


def test_settings_end_an_idle_session_after_the_minutes_given() -> None:
    assert read("SESSION_COOKIE_AGE", RUNTUT_IDLE_MINUTES="15") == {"SESSION_COOKIE_AGE": 900}


def test_settings_on_postgresql_serve_with_several_processes() -> None:
    assert read("PROCESSES", DATABASE_URL="postgres://u@h/d") == {"PROCESSES": 2}
    assert read("PROCESSES", DATABASE_URL="postgres://u@h/d", RUNTUT_PROCESSES="5") == {"PROCESSES": 5}
