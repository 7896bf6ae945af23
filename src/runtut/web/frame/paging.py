"""Pages of a list without counting it: one row more than shown says that there is another page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from runtut.web.frame.parsing import whole_number

DEEPEST: Final = 100_000


@dataclass(frozen=True)
class Window:
    """A page of a list; `first` leads back from a later page, also from one past the end."""

    rows: Sequence[Any]
    first: str
    previous: str
    following: str
    sentence: str


def page_start(request: HttpRequest) -> int:
    """The first row to show, from the URL."""
    return whole_number(request.GET.get("mulai", ""), 0, 0, DEEPEST)


def window(request: HttpRequest, rows: Sequence[Any], start: int, size: int) -> Window:
    """The rows of a page with the addresses of its neighbours; all other filters of the URL stay."""
    shown = rows[:size]
    return Window(
        rows=shown,
        first=address(request, 0) if start else "",
        previous=address(request, max(start - size, 0)) if start else "",
        following=address(request, start + size) if len(rows) > size else "",
        sentence=f"Baris {start + 1} sampai {start + len(shown)}" if shown else "",
    )


def address(request: HttpRequest, start: int) -> str:
    query = request.GET.copy()
    query["mulai"] = str(start)
    return f"?{query.urlencode()}"
