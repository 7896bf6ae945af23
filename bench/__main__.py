"""`python -m bench [--quick] [--scale N] [--only sqlite|postgresql]`: measure, print against the budgets."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tools.places import ROOT, SOURCE

from bench.report import lines
from bench.scratch import scratch_url

VENDORS = ("sqlite", "postgresql")
FULL = {"rounds": 5, "runs": 25, "repeats": 200, "seconds": 10.0}
QUICK = {"rounds": 3, "runs": 10, "repeats": 50, "seconds": 3.0}


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, 10,000 runs of history")
    options.add_argument("--scale", type=int, help="finished runs of the long history (1,000,000)")
    options.add_argument("--only", choices=VENDORS)
    chosen = options.parse_args()
    scale = chosen.scale or (10_000 if chosen.quick else 1_000_000)
    sizes = (QUICK if chosen.quick else FULL) | {"scale": scale}
    for vendor in [chosen.only] if chosen.only else VENDORS:
        found = measure(vendor, sizes)
        print("\n".join(lines(vendor, found)), flush=True)
    return 0


def measure(vendor: str, sizes: dict[str, Any]) -> dict[str, Any]:
    """Measure one database in a process of its own."""
    with scratch_url(vendor) as url, tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [sys.executable, "-m", "bench.worker", json.dumps(sizes)],
            cwd=ROOT,
            env=os.environ | environment(url, var),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def environment(url: str, var: str) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "runtut.config.settings",
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{ROOT}",
        "RUNTUT_SECRET_KEY": "only-for-measurements",
        "RUNTUT_LOCAL": "1",
        "RUNTUT_VAR": var,
    }


if __name__ == "__main__":
    sys.exit(main())
