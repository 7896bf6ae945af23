"""Refusals about files: what is taken in, and who may read it."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class FileNotOpen(NotAllowed):
    """Names neither file nor unit: a stranger does not learn what exists."""

    code = "file_not_open"
    template = "Berkas ini di luar wewenang Anda. Mintalah kepada kantor yang menyimpannya."


class EmptyFile(DomainError):
    code = "empty_file"
    template = "Berkas {name} kosong. Pilih berkas yang berisi."


class FileTooLarge(DomainError):
    code = "file_too_large"
    template = (
        "Berkas {name} berukuran {size} MB; paling besar {limit} MB. Perkecil dahulu, lalu unggah lagi."
    )


class FileTypeNotAllowed(DomainError):
    code = "file_type_not_allowed"
    template = "Berkas {name} tidak dapat diterima{found}. Unggah sebagai {allowed}."


class FileNotWhatItSays(DomainError):
    code = "file_not_what_it_says"
    template = (
        "Nama {name} menyebut {claimed}, tetapi isinya {found}. Simpan ulang dengan jenis yang benar, lalu "
        "unggah lagi."
    )


class FileIsDamaged(DomainError):
    code = "file_is_damaged"
    template = (
        "Berkas {name} rusak atau terkunci kata sandi, jadi tidak dapat dibuka. Simpan ulang tanpa kata "
        "sandi, lalu unggah lagi."
    )


class FileHasMacros(DomainError):
    code = "file_has_macros"
    template = "Berkas {name} memuat makro. Simpan ulang tanpa makro, lalu unggah lagi."


class FileIsGone(DomainError):
    code = "file_is_gone"
    template = "Isi berkas {name} tidak ditemukan di penyimpanan. Laporkan kepada pengelola sistem."
    status = 410


class FileOfAnotherOffice(DomainError):
    code = "file_of_another_office"
    template = "Berkas {name} milik kantor lain. Unggah berkasnya di kantor ini."


class RenderingFailed(RuntimeError):
    """The rendering process gave no document: a fault of ours or of the machine, not of the user."""


class LogoNotPicture(DomainError):
    code = "logo_not_picture"
    template = "Lambang harus berupa gambar PNG atau JPEG. Simpan ulang gambarnya, lalu unggah lagi."
