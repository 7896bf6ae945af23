"""Addresses of meetings and of their follow-up."""

from __future__ import annotations

from typing import Final

from django.urls import path

from runtut.web.views import follow_up, meeting, meeting_move

MEETINGS: Final = (
    path("rapat/siapkan/<uuid:task_uid>/", meeting.prepare, name="rapat_siapkan"),
    path("rapat/<uuid:uid>/", meeting.meeting, name="rapat"),
    path("rapat/<uuid:uid>/pindah/", meeting_move.move, name="rapat_pindah"),
    path("rapat/<uuid:uid>/hadir/", meeting.attend, name="rapat_hadir"),
    path("rapat/<uuid:uid>/peserta/", meeting.guest, name="rapat_peserta"),
    path("rapat/<uuid:uid>/daftar/", meeting.upload, name="rapat_daftar"),
    path("rapat/<uuid:uid>/notulen/", meeting.minutes, name="rapat_notulen"),
    path("rapat/<uuid:uid>/undangan/", meeting.invitation, name="rapat_undangan"),
    path("rapat/<uuid:uid>/kirim/", meeting.send, name="rapat_kirim"),
    path("rapat/<uuid:uid>/rapat.ics", meeting.calendar, name="rapat_kalender"),
    path("tindak-lanjut/", follow_up.listing, name="tindak"),
    path("tindak-lanjut/<uuid:uid>/", follow_up.item, name="tindak_rinci"),
    path("tindak-lanjut/<uuid:uid>/lapor/", follow_up.report, name="tindak_lapor"),
    path("tindak-lanjut/<uuid:uid>/periksa/", follow_up.check, name="tindak_periksa"),
    path("tindak-lanjut/bukti/<uuid:uid>/lepas/", follow_up.drop_evidence, name="tindak_lepas"),
)
