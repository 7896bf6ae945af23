"""Run as a process of its own: one document in on stdin, one PDF out on stdout.

Typst keeps its caches for the life of a process and lays out whatever it is given, so every document gets a
process that ends, with limits on memory and time. Imports nothing of ours: it is started by its path.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime

import typst

MEMORY = 1024 * 1024 * 1024
SECONDS = 30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    order = json.loads(sys.stdin.buffer.read())
    pdf = typst.compile(
        order["template"],
        root=order["root"],
        format="pdf",
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],
        sys_inputs={"content": order["content"], "source": order["source"]},
        timestamp=datetime.fromtimestamp(order["timestamp"], tz=UTC),
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
