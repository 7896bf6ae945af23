from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("runtut.web.urls")),
]
handler400 = "runtut.web.errors.bad_request"
handler403 = "runtut.web.errors.forbidden"
handler404 = "runtut.web.errors.not_found"
handler429 = "runtut.web.errors.locked_out"
handler500 = "runtut.web.errors.server_error"
