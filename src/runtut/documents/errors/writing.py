"""Refusals about documents while they are written."""

from __future__ import annotations

from runtut.core.errors import DomainError


class ManuscriptMoved(DomainError):
    """Somebody saved in between; what was typed is kept as a copy."""

    code = "manuscript_moved"
    template = (
        "{who} menyimpan naskah ini pukul {when}, sesudah Anda membukanya. Tulisan Anda tersimpan sebagai "
        "salinan; bandingkan, lalu pilih yang dipakai."
    )
    status = 409


class ManuscriptIsClosed(DomainError):
    code = "manuscript_is_closed"
    template = "Naskah ini sudah diserahkan sebagai versi {number}. Ubah dari langkah berikutnya."
    status = 409


class ManuscriptTooLong(DomainError):
    code = "manuscript_too_long"
    template = "Naskah melebihi {limit} huruf. Pindahkan sebagian ke lampiran."


class ManuscriptEmpty(DomainError):
    code = "manuscript_empty"
    template = "Naskah masih kosong. Tulis isinya dahulu."


class ManuscriptUnreadable(DomainError):
    code = "manuscript_unreadable"
    template = "Naskah belum dapat disusun: {problem}. Perbaiki bagian itu."


class HintsLeft(DomainError):
    code = "hints_left"
    template = "Naskah masih memuat {hints}. Ganti dengan isinya."


class TooManyAttachments(DomainError):
    code = "too_many_attachments"
    template = "Lampiran paling banyak {limit}. Gabungkan beberapa berkas menjadi satu."


class BodyPlaceMissing(DomainError):
    code = "body_place_missing"
    template = (
        "Tempat isi belum jelas. Tulis {{{{isi}}}} satu kali pada baris sendiri, dengan kalimat pembuka di "
        "atasnya dan kalimat penutup di bawahnya."
    )


class UnknownPlace(DomainError):
    code = "unknown_place"
    template = "Isian {names} tidak dikenal. Pakai hanya isian yang ada dalam daftar di halaman ini."
