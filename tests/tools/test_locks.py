from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tools.console import Refused
from tools.locks import pinned, refuse_addresses
from tools.places import REQUIREMENTS

LOCKS = [REQUIREMENTS / "base.lock", REQUIREMENTS / "test.lock"]


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_requirements_name_no_host(path: Path) -> None:
    refuse_addresses(path)


@pytest.mark.parametrize("line", ["--find-links wheels", "x @ file://x.whl"])
def test_requirements_check_reports_a_planted_address(tmp_path: Path, line: str) -> None:
    planted = tmp_path / "planted.lock"
    planted.write_text(f"django==5.2.19\n{line}\n")

    with pytest.raises(Refused, match=r"planted\.lock names an address"):
        refuse_addresses(planted)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_pin_and_hash_every_package(lock: Path) -> None:
    lines, names = lock.read_text().splitlines(), pinned(lock)

    assert len(names) > 20
    for line, following in pairwise(lines):
        if line in names:
            assert "==" in line
            assert following.startswith("    --hash=sha256:")


def test_locks_agree_on_versions() -> None:
    base, test = ({line.split("==")[0]: line.split()[0] for line in pinned(lock)} for lock in LOCKS)

    assert {name for name in base.keys() & test.keys() if base[name] != test[name]} == set()
