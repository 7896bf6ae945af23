from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from runtut.web.frame.errors import body_too_large

CHUNK: Final = 64 * 1024
LISTENED_TO: Final = 4
"""How many times the limit a body is still heard to its end: a browser that is cut off while it sends shows
its own page of a broken connection instead of ours."""


class RequestSizeMiddleware:
    """Refuse a body over the limit; nothing of it is kept, in memory or on disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= settings.REQUEST_LIMIT:
            return self.get_response(request)
        if length.isdecimal() and int(length) <= LISTENED_TO * settings.REQUEST_LIMIT:
            _hear(request, int(length))
        return body_too_large(request, settings.REQUEST_LIMIT // settings.MEBIBYTE)


def _hear(request: HttpRequest, length: int) -> None:
    """Read the body and forget it; one that ends early has been heard too."""
    while length > 0:
        heard = len(request.META["wsgi.input"].read(min(CHUNK, length)))
        length -= heard or length
