"""Run as a process of its own: a stranger's file in on stdin, out on stdout what was understood of it, or the
picture of one of its pages.

A file may be made to exhaust whoever reads it, so a server reads it where memory and time are limited.
"""

from __future__ import annotations

import resource
import sys

MEMORY = 1536 * 1024 * 1024
SECONDS = 240
LARGEST = 256 * 1024 * 1024
"""The largest file that programs which help with reading may write."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    source, task, about = sys.argv[1:4]
    sys.path.insert(0, source)
    # The import must come after the path: the process is started without the project's.
    from runtut.procedures.importing import apart  # noqa: PLC0415

    sys.stdout.buffer.write(apart.TASKS[task](about, sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
