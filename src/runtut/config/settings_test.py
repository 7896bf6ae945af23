"""Settings of the test suite: fast hashing, a fixed secret, and a folder of its own for every process.

SQLite lives in a file, as in production: two connections of one test then meet as they really would.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("RUNTUT_LOCAL", "1")
os.environ.setdefault("RUNTUT_DEMO", "1")

from runtut.config.settings import *  # noqa: F403 - a settings module is the other one plus changes
from runtut.config.settings import DATABASES


def _folder_of_this_run() -> Path:
    """Made by the first process, inherited by the xdist workers through the environment."""
    if "RUNTUT_TEST_FOLDER" not in os.environ:
        os.environ["RUNTUT_TEST_FOLDER"] = tempfile.mkdtemp(prefix="runtut-test-")
        atexit.register(shutil.rmtree, os.environ["RUNTUT_TEST_FOLDER"], ignore_errors=True)
    return Path(os.environ["RUNTUT_TEST_FOLDER"])


VAR = _folder_of_this_run() / os.environ.get("PYTEST_XDIST_WORKER", "main")
VAR.mkdir(mode=0o700, exist_ok=True)
FILES_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = str(VAR / "unused.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

SECRET_KEY = "only-for-tests"  # noqa: S105 - protects nothing
SIGNING_SECRET = "seals-only-keys-of-tests"  # noqa: S105 - protects nothing
PUBLIC_ADDRESS = "https://runtut.contoh.invalid"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
