from __future__ import annotations

from django.urls import path

from runtut.web.views import access, saya, search

app_name = "web"
urlpatterns = [
    path("masuk/", access.enter, name="masuk"),
    path("keluar/", access.leave, name="keluar"),
    path("saya/", saya.saya, name="saya"),
    path("saya/kata-sandi/", access.password, name="kata_sandi"),
    path("saya/sesi/", access.end_others, name="sesi"),
    path("cari/", search.search, name="cari"),
]
