"""Who does which work: handlers by topic, and sweepers that find work in rows of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Asked = Callable[[], bool]


def never() -> bool:
    """The answer where nobody ends the worker: to `stopping`."""
    return False


@dataclass(frozen=True, slots=True)
class Message:
    """One piece of work as its handler gets it.

    The same message may come again after a crash, with the same `key`: a handler that reaches outside the
    database hands the key on, one that writes checks first whether the work is done. `attempt` begins with 1;
    `at` is the instant to act at. `stopping` tells whether the worker is to end: work of more than a second
    or two asks it now and then, breaks off where it can go on later, and raises NotReady.
    """

    region: int
    topic: str
    key: str
    payload: Mapping[str, Any]
    attempt: int
    at: datetime
    stopping: Asked = field(default=never, compare=False)


class NotReady(Exception):
    """Raised by a handler whose work cannot be done yet; this is no failure and counts no attempt."""

    def __init__(self, retry_at: datetime) -> None:
        self.retry_at = retry_at
        super().__init__(retry_at.isoformat())


Handler = Callable[[Message], None]
Sweeper = Callable[[datetime, int], int]

_handlers: dict[str, Handler] = {}
_sweepers: dict[str, Sweeper] = {}


class NoHandler(Exception):
    """A message whose topic no installed room knows."""


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work of a topic ("documents.render").

    It runs outside any transaction of the worker and opens its own. It returns None, raises NotReady, or
    fails with any other exception, after which it is called again later.
    """

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(topic, function) is not function:
            raise ValueError(f"two handlers for {topic}")
        return function

    return register


def sweeper(name: str) -> Callable[[Sweeper], Sweeper]:
    """Register a function that turns due rows of its room (reminders, say) into messages.

    It is called with the instant and the most rows to take before every drain, and returns how many it took:
    in one write transaction, marking the rows and enqueueing with a key made of each row's identity.
    """

    def register(function: Sweeper) -> Sweeper:
        if _sweepers.setdefault(name, function) is not function:
            raise ValueError(f"two sweepers called {name}")
        return function

    return register


def handler_of(topic: str) -> Handler:
    """Return the handler of a topic; raises NoHandler."""
    try:
        return _handlers[topic]
    except KeyError:
        raise NoHandler(topic)


def sweepers() -> Mapping[str, Sweeper]:
    return _sweepers
