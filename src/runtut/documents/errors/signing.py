"""Refusals about signatures and their keys."""

from __future__ import annotations

from runtut.core.errors import DomainError


class DelegationNotAllowed(DomainError):
    code = "delegation_not_allowed"
    template = (
        "Penandatangan naskah ini tidak dapat menandatangani atas nama pejabat itu. "
        "a.n. hanya untuk pejabat tepat di bawahnya, u.b. untuk dua tingkat di bawahnya."
    )


class PassphraseMissing(DomainError):
    code = "passphrase_missing"
    template = "Frasa sandi tanda tangan belum diisi. Isi frasa sandi Anda; frasa itu tidak disimpan."


class PassphraseWrong(DomainError):
    code = "passphrase_wrong"
    template = "Frasa sandi tanda tangan keliru. Tersisa {left} percobaan sebelum ditahan {minutes} menit."


class PassphraseHeld(DomainError):
    code = "passphrase_held"
    template = (
        "Frasa sandi {times} kali keliru, jadi penandatanganan ditahan sampai {until}. Tunggu, atau tanda "
        "tangani dengan cara basah."
    )
    status = 429


class PassphraseTooShort(DomainError):
    code = "passphrase_too_short"
    template = "Frasa sandi terlalu pendek. Pakai paling sedikit {limit} huruf, misalnya empat kata."


class PassphraseIsPassword(DomainError):
    code = "passphrase_is_password"
    template = "Frasa sandi sama dengan kata sandi masuk. Pakai frasa lain, agar keduanya saling menjaga."


class PasswordNotRight(DomainError):
    code = "password_not_right"
    template = "Kata sandi masuk keliru. Isi kata sandi yang Anda pakai untuk masuk ke Runtut."


class NoSigningKey(DomainError):
    code = "no_signing_key"
    template = (
        "Anda belum mempunyai frasa sandi tanda tangan. Buat dahulu di halaman Saya, bagian Tanda tangan."
    )


class SigningKeysSealed(DomainError):
    """The installation's key is not the one that the private keys were sealed with: for operators to mend."""

    code = "signing_keys_sealed"
    template = (
        "Kunci tanda tangan di server tidak dapat dibuka. Laporkan kepada pengelola sistem; sementara itu "
        "tanda tangani dengan cara basah."
    )
    status = 409


class AlreadySigned(DomainError):
    code = "already_signed"
    template = "Dokumen ini sudah ditandatangani {position} pada {when}. Tidak perlu ditandatangani lagi."
    status = 409


class SignedElectronically(DomainError):
    code = "signed_electronically"
    template = (
        "Dokumen ini sudah ditandatangani secara elektronik, jadi {what}. Bila keliru, kembalikan dengan "
        "alasan atau buat versi baru."
    )
    status = 409


class PaperHasChanged(DomainError):
    code = "paper_has_changed"
    template = (
        "Dokumen ini berubah sewaktu ditandatangani: ada paraf, nomor, atau versi baru. Baca lagi, lalu "
        "tanda tangani sekali lagi."
    )
    status = 409


class ApprovalMissing(DomainError):
    code = "approval_missing"
    template = "Versi ini belum disetujui, jadi belum ada yang ditandatangani. Mintakan persetujuan dahulu."


class SignaturesAwaited(DomainError):
    code = "signatures_awaited"
    template = (
        "Naskah ini masih menunggu tanda tangan {positions}. Mintakan dahulu, atau isi alasan mengapa "
        "dilanjutkan tanpa tanda tangan itu."
    )
    status = 409


class SignatureMissing(DomainError):
    code = "signature_missing"
    template = (
        "Berkas ini sudah bertanda tangan elektronik. Tanda tangani juga secara elektronik, agar tanda "
        "tangan Anda masuk ke berkas yang sama."
    )


class ScanNotReadable(DomainError):
    code = "scan_not_readable"
    template = "Pindaian {name} harus berupa PDF atau foto. Pindai lagi halaman yang bertanda tangan."


class SignedBeforeWritten(DomainError):
    code = "signed_before_written"
    template = "Tanggal tanda tangan {date} mendahului versi ini, yang dibuat {made}. Periksa tanggalnya."
