"""Run as a process of its own: one document in on stdin, one PDF out on stdout, or the answer to a query.

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
STANDARDS = ["a-3a", "ua-1"]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    order = json.loads(sys.stdin.buffer.read())
    compiler = typst.Compiler(
        order["template"],
        root=order["root"],
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        sys_inputs={"content": order["content"], "source": order["source"]},
    )
    if "query" in order:
        sys.stdout.write(compiler.query(order["query"], field="value"))
        return
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=order.get("standards", STANDARDS),
        timestamp=datetime.fromtimestamp(order["timestamp"], tz=UTC),
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
