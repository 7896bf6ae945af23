"""Refusals of the room, each with the way out in its sentence."""

from __future__ import annotations

from runtut.core.errors import DomainError


class UsernameUnreadable(DomainError):
    code = "username_unreadable"
    template = (
        "Nama pengguna berisi 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung, dan diawali huruf "
        "atau angka. Contoh: siti.rahmawati."
    )


class UsernameTaken(DomainError):
    code = "username_taken"
    template = "Nama pengguna {username} sudah dipakai orang lain. Pilih yang lain, misalnya tambahkan angka."


class FullNameMissing(DomainError):
    code = "full_name_missing"
    template = "Nama lengkap belum diisi, atau lebih dari 120 huruf. Perbaiki dahulu, lalu simpan lagi."


class EmailUnreadable(DomainError):
    code = "email_unreadable"
    template = "Alamat surel tidak terbaca. Tulis seperti nama@contoh.go.id, atau kosongkan."


class NipUnreadable(DomainError):
    code = "nip_unreadable"
    template = "NIP terdiri dari 18 angka. Periksa lagi, atau kosongkan bila tidak ada."


class PasswordTooWeak(DomainError):
    code = "password_too_weak"
    template = "Kata sandi belum cukup kuat. {reasons} Rangkaian beberapa kata lebih mudah diingat."


class AccountClosed(DomainError):
    code = "account_closed"
    template = "Akun ini sudah dinonaktifkan. Hubungi administrator kantor Anda bila masih diperlukan."
    status = 403


class DemoLoginClosed(DomainError):
    code = "demo_login_closed"
    template = (
        "Akun orang contoh hanya dapat dipakai pada pemasangan contoh. Masuklah dengan akun Anda sendiri."
    )
    status = 403


class DemoPasswordFixed(DomainError):
    code = "demo_password_fixed"
    template = "Kata sandi akun contoh tidak dapat diganti, supaya orang lain tetap dapat mencobanya."


class LoginLocked(DomainError):
    code = "login_locked"
    template = (
        "Terlalu banyak percobaan masuk yang gagal. Akun ini ditahan {minutes} menit lagi; tunggu, lalu coba "
        "lagi. Bila lupa kata sandi, minta administrator menggantinya."
    )
    status = 429
