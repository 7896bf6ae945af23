"""`python -m bench [--quick] [--scale N] [--only papers|imports|sqlite|postgresql]`: measure, print against
the budgets."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from typing import Any

from tools.places import ROOT, SOURCE

from bench.report import import_lines, lines, paper_lines
from bench.scratch import scratch_url

PAPERS = "papers"
IMPORTS = "imports"
VENDORS = ("sqlite", "postgresql")
FULL = {"rounds": 5, "runs": 25, "repeats": 200, "seconds": 10.0}
QUICK = {"rounds": 3, "runs": 10, "repeats": 50, "seconds": 3.0}


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, 10,000 runs of history")
    options.add_argument("--scale", type=int, help="finished runs of the long history (1,000,000)")
    options.add_argument("--only", choices=(PAPERS, IMPORTS, *VENDORS))
    chosen = options.parse_args()
    scale = chosen.scale or (10_000 if chosen.quick else 1_000_000)
    sizes = (QUICK if chosen.quick else FULL) | {"scale": scale}
    for part in [chosen.only] if chosen.only else (PAPERS, IMPORTS, *VENDORS):
        if part == PAPERS:
            tell(paper_lines(run("bench.papers", {"rounds": sizes["rounds"]}, {})))
        elif part == IMPORTS:
            tell(import_lines(measure("sqlite", {}, "bench.imports")))
        else:
            tell(lines(part, measure(part, sizes)))
    return 0


def tell(told: Iterable[str]) -> None:
    print("\n".join(told), flush=True)


def measure(vendor: str, sizes: dict[str, Any], module: str = "bench.worker") -> dict[str, Any]:
    """Measure one database in a process of its own."""
    with scratch_url(vendor) as url, tempfile.TemporaryDirectory() as var:
        return run(module, sizes, {"DATABASE_URL": url, "RUNTUT_VAR": var})


def run(module: str, sizes: dict[str, Any], settings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, json.dumps(sizes)],
        cwd=ROOT,
        env=os.environ | environment() | settings,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "runtut.config.settings",
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{ROOT}",
        "RUNTUT_SECRET_KEY": "only-for-measurements",
        "RUNTUT_LOCAL": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
