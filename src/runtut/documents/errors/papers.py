"""Refusals about documents and their versions."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class ActsWithoutPosition(NotAllowed):
    code = "acts_without_position"
    template = "Yang mengisi dan memaraf dokumen adalah pemegang jabatan. Masuklah sebagai pemegang jabatan."


class UnknownDocumentKind(DomainError):
    code = "unknown_document_kind"
    template = "Jenis dokumen “{kind}” tidak dikenal. Pilih dari daftar."


class ContentRefused(DomainError):
    """The content JSON is not of the format of docs/formats/document.md; `where` is the path in it."""

    code = "content_refused"
    template = "Isi dokumen belum dapat dibaca pada {where}: {problem}. Perbaiki bagian itu."


class NotNewestVersion(DomainError):
    code = "not_newest_version"
    template = "Ini versi {number}, sedangkan yang berlaku versi {newest}. Buka versi terbaru."
    status = 409


class AlreadyEndorsed(DomainError):
    code = "already_endorsed"
    template = "{kind} {position} sudah diberikan {who} pada {when}. Tidak perlu diberikan lagi."
    status = 409


class AlreadyApproved(DomainError):
    code = "already_approved"
    template = "Dokumen ini sudah disetujui. Bila perlu diubah, buat versi baru."
    status = 409


class NotApproved(DomainError):
    code = "not_approved"
    template = "Dokumen ini belum disetujui (sekarang: {state}). Mintakan persetujuan dahulu."


class DocumentIsLocked(DomainError):
    code = "document_is_locked"
    template = "Dokumen ini sudah terkunci dan tidak berubah lagi. Buat dokumen baru bila perlu perubahan."
    status = 409


class ReturnReasonMissing(DomainError):
    code = "return_reason_missing"
    template = "Alasan pengembalian belum diisi. Tulis apa yang perlu diperbaiki."


class CommentMissing(DomainError):
    code = "comment_missing"
    template = "Komentar belum diisi. Tulis apa yang perlu diperhatikan."


class PassageUnknown(DomainError):
    code = "passage_unknown"
    template = "Bagian itu tidak ada dalam versi ini. Muat ulang halaman, lalu pilih bagiannya lagi."
