from __future__ import annotations

from django.urls import path, register_converter

from runtut.web.converters import DayConverter
from runtut.web.views import access, saya, search
from runtut.web.views.settings import calendars, index, positions, units

register_converter(DayConverter, "day")
app_name = "web"
urlpatterns = [
    path("masuk/", access.enter, name="masuk"),
    path("keluar/", access.leave, name="keluar"),
    path("saya/", saya.saya, name="saya"),
    path("saya/kata-sandi/", access.password, name="kata_sandi"),
    path("saya/sesi/", access.end_others, name="sesi"),
    path("cari/", search.search, name="cari"),
    path("pengaturan/", index.index, name="pengaturan"),
    path("pengaturan/unit/", units.tree, name="unit_pohon"),
    path("pengaturan/unit/<uuid:uid>/", units.unit, name="unit"),
    path("pengaturan/unit/<uuid:uid>/tambah/", units.new, name="unit_baru"),
    path("pengaturan/unit/<uuid:uid>/nama/", units.rename, name="unit_nama"),
    path("pengaturan/unit/<uuid:uid>/kop/", units.letterhead, name="unit_kop"),
    path("pengaturan/unit/<uuid:uid>/pindah/", units.move, name="unit_pindah"),
    path("pengaturan/unit/<uuid:uid>/nonaktif/", units.close, name="unit_tutup"),
    path("pengaturan/unit/<uuid:uid>/kalender/", calendars.own, name="kalender_sendiri"),
    path("pengaturan/unit/<uuid:uid>/jabatan/", positions.new, name="jabatan_baru"),
    path("pengaturan/jabatan/<uuid:uid>/", positions.position, name="jabatan"),
    path("pengaturan/jabatan/<uuid:uid>/nama/", positions.rename, name="jabatan_nama"),
    path("pengaturan/jabatan/<uuid:uid>/nonaktif/", positions.close, name="jabatan_tutup"),
    path("pengaturan/kalender/", calendars.calendars, name="kalender_daftar"),
    path("pengaturan/kalender/<uuid:uid>/", calendars.calendar, name="kalender"),
    path("pengaturan/kalender/<uuid:uid>/libur/", calendars.add_holiday, name="libur_baru"),
    path("pengaturan/kalender/<uuid:uid>/libur/<day:day>/", calendars.drop_holiday, name="libur_hapus"),
    path("pengaturan/kalender/<uuid:uid>/jam/", calendars.hours, name="jam"),
]
