from __future__ import annotations

import signal
import subprocess
import sys

from tools.children import dies_with_parent, stop
from tools.places import ROOT

PARENT = """
import signal, subprocess, sys
from tools.children import dies_with_parent
subprocess.Popen(
    [sys.executable, "-c", "import sys; sys.stdin.read()"], preexec_fn=dies_with_parent(signal.SIGTERM)
)
print("ready", flush=True)
sys.stdin.read()
"""


def test_child_dies_when_the_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"

    parent.kill()

    # The child holds the other end of this pipe: it ends with the child, and not before.
    assert parent.stdout.read() == b""
    parent.communicate()


def test_stop_kills_a_child_that_does_not_listen() -> None:
    deaf = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True)"
    script = f"{deaf}; sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    assert child.stdout is not None
    child.stdout.readline()

    stop([child], with_signal=signal.SIGTERM, patience=0.1)

    assert child.returncode == -signal.SIGKILL
    child.communicate()
