from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TOO_LARGE = "Kiriman ini terlalu besar (paling banyak {limit} MiB). Kirim berkasnya satu per satu."


class RequestSizeMiddleware:
    """Refuse a body over the limit before any of it is read or written to disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= settings.REQUEST_LIMIT:
            return self.get_response(request)
        sentence = TOO_LARGE.format(limit=settings.REQUEST_LIMIT // settings.MEBIBYTE)
        return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
