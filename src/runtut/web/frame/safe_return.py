"""Where a page leads back to when it was opened from another one of ours."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address in `kembali`, where it is one of ours; else the given one."""
    wanted = request.POST.get("kembali") or request.GET.get("kembali") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and is_ours else otherwise
