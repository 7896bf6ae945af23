"""Addresses of the plans, and of what sections hand in."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from runtut.web.views import budget, examining, indicators, locking, renstra, rkt, sections, sheets

PLANS: Final[list[URLPattern]] = [
    path("kerja/<uuid:uid>/bagian/", sections.section, name="run_bagian"),
    path("kerja/<uuid:uid>/bagian/ingatkan/", sections.remind, name="run_bagian_ingatkan"),
    path("kerja/<uuid:uid>/bagian/<uuid:position_uid>/balik/", sections.send_back, name="run_bagian_balik"),
    path("kerja/<uuid:uid>/bagian/berkas/<uuid:file_uid>/", sections.drop_file, name="run_bagian_lepas"),
    path("kinerja/templat/", sheets.template, name="realisasi_templat"),
    path("kinerja/unggah/", sheets.upload, name="realisasi_unggah"),
    path("kinerja/periksa/", examining.examine, name="realisasi_periksa"),
    path("kinerja/kunci/", locking.locking, name="kunci_triwulan"),
    path("kinerja/anggaran/", budget.budget, name="anggaran"),
    path("kinerja/renstra/", renstra.renstra, name="renstra"),
    path("kinerja/renstra/<uuid:uid>/xlsx/", renstra.workbook, name="renstra_xlsx"),
    path("kinerja/renstra/baru/", renstra.new, name="renstra_baru"),
    path("kinerja/renstra/<uuid:uid>/ubah/", renstra.describe, name="renstra_ubah"),
    path("kinerja/renstra/<uuid:uid>/tujuan/", renstra.new_goal, name="tujuan_baru"),
    path("kinerja/tujuan/<uuid:uid>/", renstra.goal, name="tujuan"),
    path("kinerja/tujuan/<uuid:uid>/sasaran/", renstra.new_objective, name="sasaran_baru"),
    path("kinerja/sasaran/<uuid:uid>/", renstra.objective, name="sasaran"),
    path("kinerja/sasaran/<uuid:uid>/indikator/", indicators.new, name="indikator_baru"),
    path("kinerja/indikator/<uuid:uid>/", indicators.shown, name="indikator"),
    path("kinerja/indikator/<uuid:uid>/ubah/", indicators.change, name="indikator_ubah"),
    path("kinerja/rkt/", rkt.rkt, name="rkt"),
    path("kinerja/rkt/<uuid:uid>/tarik/", rkt.reopen, name="rkt_tarik"),
    path("kinerja/rkt/<uuid:uid>/kegiatan/", rkt.new_item, name="rkt_kegiatan_baru"),
    path("kinerja/kegiatan/<uuid:uid>/", rkt.item, name="rkt_kegiatan"),
    path("kinerja/kegiatan/<uuid:uid>/hapus/", rkt.drop_item, name="rkt_kegiatan_hapus"),
]
