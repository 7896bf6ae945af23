"""Run as a process of its own: a PDF from anybody in on stdin, what its signatures are worth out on stdout.

A file from outside may be made to exhaust whoever reads it, so it is read where memory and time are limited.
"""

from __future__ import annotations

import base64
import json
import resource
import sys

MEMORY = 768 * 1024 * 1024
SECONDS = 15


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    order = json.loads(sys.stdin.buffer.read())
    sys.path.insert(0, order["source"])
    # The import must come after the path: the process is started without the project's.
    from runtut.documents.engine.pades import inspect_pdf  # noqa: PLC0415

    try:
        found = inspect_pdf(base64.b64decode(order["pdf"]), roots=map(base64.b64decode, order["roots"]))
    except ValueError:
        found = []
    json.dump([one.as_dict() for one in found], sys.stdout)


if __name__ == "__main__":
    main()
