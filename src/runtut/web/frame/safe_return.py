"""Where a page leads back to when it was opened from another one of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address in `kembali`, where it is one of ours; else the given one."""
    wanted = request.POST.get("kembali") or request.GET.get("kembali") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and is_ours else otherwise


def page_before(request: HttpRequest) -> str:
    """The page of ours that the request came from; empty where it came from elsewhere or does not say."""
    parts = urlsplit(request.META.get("HTTP_REFERER", ""))
    if not parts.path.startswith("/") or parts.netloc != request.META.get("HTTP_HOST"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def page_above(path: str) -> str:
    """The nearest address above one that takes only what forms send: the page that the form stands on."""
    parts = path.strip("/").split("/")
    for kept in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:kept])}/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "/"
