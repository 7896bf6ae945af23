"""A process that dies before one of its statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Killed(BaseException):
    """What SIGKILL is to a process."""


def killer_at(statement: int) -> Callable[..., Any]:
    """Die before the statement of that number."""
    left = [statement]

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    return wrapper
