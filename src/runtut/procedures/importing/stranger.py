"""Run as a process of its own: a stranger's file in on stdin, what was understood of it out on stdout.

A file may be made to exhaust whoever reads it, so a server reads it where memory and time are limited.
"""

from __future__ import annotations

import json
import resource
import sys

MEMORY = 1536 * 1024 * 1024
SECONDS = 240


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    source, name = sys.argv[1:3]
    sys.path.insert(0, source)
    # The import must come after the path: the process is started without the project's.
    from runtut.procedures.importing import apart  # noqa: PLC0415

    json.dump(apart.understood(name, sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
