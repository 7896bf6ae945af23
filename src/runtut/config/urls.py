from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("runtut.web.urls")),
]
handler400 = "runtut.web.frame.errors.bad_request"
handler403 = "runtut.web.frame.errors.forbidden"
handler404 = "runtut.web.frame.errors.not_found"
handler429 = "runtut.web.frame.errors.locked_out"
handler500 = "runtut.web.frame.errors.server_error"
