"""What the tools say, and how they stop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class Refused(Exception):
    """The command cannot go on; the sentence says why and what to do."""


def say(text: str = "") -> None:
    print(text, flush=True)


def guarded(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; turn a refusal into one sentence and Ctrl-C into a quiet end."""
    try:
        return command(arguments)
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def run_quietly(
    command: Sequence[str | Path],
    *,
    what: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run a command and keep its output to itself, unless it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Refused(f"{done.stdout.rstrip()}\n{what} failed (exit code {done.returncode}).")
    return done.stdout
