"""Addresses of instruments and of their answers."""

from __future__ import annotations

from typing import Final

from django.urls import path

from runtut.web.views import answers, instrument

EVALUATION: Final = (
    path("kerja/<uuid:uid>/instrumen/", instrument.begin, name="run_instrumen"),
    path("instrumen/<uuid:uid>/", instrument.instrument, name="instrumen"),
    path("instrumen/<uuid:uid>/bagian/", instrument.new_section, name="instrumen_bagian_baru"),
    path("instrumen/<uuid:uid>/ingatkan/", answers.remind, name="instrumen_ingatkan"),
    path("instrumen/<uuid:uid>/isi/", answers.answers, name="instrumen_isi"),
    path("instrumen/isian/<uuid:uid>/lepas/", answers.drop_file, name="instrumen_isi_lepas"),
    path("instrumen/bagian/<uuid:uid>/", instrument.section, name="instrumen_bagian"),
    path("instrumen/bagian/<uuid:uid>/geser/", instrument.shift_section, name="instrumen_bagian_geser"),
    path("instrumen/bagian/<uuid:uid>/hapus/", instrument.remove_section, name="instrumen_bagian_hapus"),
    path("instrumen/bagian/<uuid:uid>/butir/", instrument.new_question, name="instrumen_butir_baru"),
    path("instrumen/butir/<uuid:uid>/", instrument.question, name="instrumen_butir"),
    path("instrumen/butir/<uuid:uid>/geser/", instrument.shift_question, name="instrumen_butir_geser"),
    path("instrumen/butir/<uuid:uid>/hapus/", instrument.remove_question, name="instrumen_butir_hapus"),
)
