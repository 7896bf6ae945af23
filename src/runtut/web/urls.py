from __future__ import annotations

from django.urls import path, register_converter

from runtut.web.converters import DayConverter
from runtut.web.views import access, beranda, files, kerja, saya, search, sop, sop_life
from runtut.web.views.settings import calendars, index, people, positions, terms, units

register_converter(DayConverter, "day")
app_name = "web"
urlpatterns = [
    path("", beranda.beranda, name="beranda"),
    path("kerja/", kerja.kerja, name="kerja"),
    path("masuk/", access.enter, name="masuk"),
    path("keluar/", access.leave, name="keluar"),
    path("saya/", saya.saya, name="saya"),
    path("saya/kata-sandi/", access.password, name="kata_sandi"),
    path("saya/sesi/", access.end_others, name="sesi"),
    path("cari/", search.search, name="cari"),
    path("berkas/<uuid:uid>/", files.file, name="berkas"),
    path("dokumen/<uuid:uid>/<str:form>/", files.document, name="dokumen"),
    path("sop/", sop.listing, name="sop"),
    path("sop/pustaka/", sop_life.library, name="pustaka"),
    path("sop/<uuid:uid>/", sop.detail, name="sop_rinci"),
    path("sop/<uuid:uid>/<int:version>/pelaksana/<int:sequence>/", sop_life.bind, name="sop_ikat"),
    path("sop/<uuid:uid>/usulan/", sop_life.accept, name="sop_usulan"),
    path("sop/<uuid:uid>/telaah/", sop_life.submit, name="sop_telaah"),
    path("sop/<uuid:uid>/kembalikan/", sop_life.send_back, name="sop_kembalikan"),
    path("sop/<uuid:uid>/sahkan/", sop_life.ratification, name="sop_sahkan"),
    path("sop/<uuid:uid>/berlakukan/", sop_life.enforce, name="sop_berlakukan"),
    path("sop/<uuid:uid>/rancang/", sop_life.draft, name="sop_rancang"),
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
    path("pengaturan/jabatan/<uuid:uid>/angkat/", terms.appointment, name="angkat"),
    path("pengaturan/jabatan/<uuid:uid>/mandat/", terms.mandate, name="mandat"),
    path("pengaturan/angkat/<uuid:uid>/akhiri/", terms.end, {"kind": "angkat"}, name="angkat_akhiri"),
    path("pengaturan/mandat/<uuid:uid>/akhiri/", terms.end, {"kind": "mandat"}, name="mandat_akhiri"),
    path("pengaturan/mandat/<uuid:uid>/perpanjang/", terms.extend, name="mandat_perpanjang"),
    path("pengaturan/orang/", people.people, name="orang_daftar"),
    path("pengaturan/orang/baru/", people.new, name="orang_baru"),
    path("pengaturan/orang/<uuid:uid>/", people.shown, name="orang"),
    path("pengaturan/orang/<uuid:uid>/data/", people.describe, name="orang_ubah"),
    path("pengaturan/orang/<uuid:uid>/kata-sandi/", people.reset, name="orang_sandi"),
    path("pengaturan/orang/<uuid:uid>/akun/", people.switch, name="orang_akun"),
    path("pengaturan/orang/<uuid:uid>/sesi/", people.end_sessions, name="orang_sesi"),
    path("pengaturan/kalender/", calendars.calendars, name="kalender_daftar"),
    path("pengaturan/kalender/<uuid:uid>/", calendars.calendar, name="kalender"),
    path("pengaturan/kalender/<uuid:uid>/libur/", calendars.add_holiday, name="libur_baru"),
    path("pengaturan/kalender/<uuid:uid>/libur/<day:day>/", calendars.drop_holiday, name="libur_hapus"),
    path("pengaturan/kalender/<uuid:uid>/jam/", calendars.hours, name="jam"),
]
