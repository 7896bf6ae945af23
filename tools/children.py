"""Child processes that never outlive us, whatever ends us."""

from __future__ import annotations

import ctypes
import signal
import subprocess
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1


def dies_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: Linux sends `farewell` to the child when the parent dies, even by SIGKILL.

    The library is opened here, before the fork; elsewhere than on Linux nothing happens.
    """
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return lambda: None

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, farewell)

    return ask


def stop(
    children: Sequence[subprocess.Popen[bytes]], *, with_signal: signal.Signals, patience: float
) -> None:
    """Ask every child to end, wait for all of them together, kill what remains."""
    for child in children:
        if child.poll() is None:
            child.send_signal(with_signal)
    for child in children:
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
