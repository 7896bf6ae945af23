from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLANTED = {
    "a room that imports one above it": ("documents/models/file.py", "import runtut.cases.models"),
    "a shelf that imports one above it": ("cases/models/case.py", "import runtut.cases.actions"),
    "a pure shelf that imports Django": ("core/numbers.py", "import django.db"),
    "a report that writes": ("reports/apps.py", "import runtut.documents.actions"),
    "a room that imports config": ("core/clock.py", "import runtut.config.settings"),
}


def check_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache", "--config", str(folder / ".importlinter")],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the contracts and of every module, to spoil."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    modules_only = shutil.ignore_patterns("static", "templates", "__pycache__", "data")
    shutil.copytree(ROOT / "src" / "runtut", tmp_path / "src" / "runtut", ignore=modules_only)
    for room in ("cases", "documents"):
        plant(tmp_path, f"{room}/actions", "")
    return tmp_path


def plant(folder: Path, module: str, line: str) -> None:
    """Append a line to a module; make the module (or package) when it is not there yet."""
    path = folder / "src" / "runtut" / module
    if not path.suffix:
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as text:
        text.write(f"\n{line}\n")


def test_contracts_hold(copy: Path) -> None:
    done = check_contracts(copy)

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("violation", PLANTED)
def test_contracts_catch(copy: Path, violation: str) -> None:
    plant(copy, *PLANTED[violation])

    done = check_contracts(copy)

    assert "BROKEN" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_contracts_catch_a_module_without_a_shelf(copy: Path) -> None:
    plant(copy, "cases/helpers.py", "")

    done = check_contracts(copy)

    assert "helpers" in done.stdout
    assert done.returncode == 1
