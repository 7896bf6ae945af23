"""Refusals of the acts on a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from runtut.core.errors import DomainError, NotAllowed, SomeoneWasFaster


class NotYourTask(NotAllowed):
    code = "not_your_task"
    template = (
        "Langkah ini tugas {position}{holders}. Bila seharusnya Anda, minta administrator memeriksa "
        "pengangkatan atau mandat Anda."
    )


class AlreadyCompleted(SomeoneWasFaster):
    code = "already_completed"
    template = (
        "Langkah ini sudah {what} oleh {who} pada {when}. Muat ulang halaman untuk melihat lanjutannya."
    )


class ClaimedByAnother(SomeoneWasFaster):
    code = "claimed_by_another"
    template = "Langkah ini sedang dikerjakan {who}. Mintalah yang bersangkutan melepasnya lebih dahulu."


class FormAlreadyUsed(SomeoneWasFaster):
    """An idempotency key that already stands for another act of the same run."""

    code = "form_already_used"
    template = "Formulir ini sudah pernah dikirim. Muat ulang halaman, lalu isi kembali bila masih perlu."


class TaskUnknown(DomainError):
    code = "task_unknown"
    template = "Langkah ini tidak ditemukan. Kembali ke Beranda untuk melihat tugas Anda."
    status = 404


class NamedGate(Protocol):
    @property
    def label(self) -> str: ...


class GatesUnmet(DomainError):
    """Carries the gates themselves, so that a page can point at each."""

    code = "gates_unmet"
    template = "Belum dapat diselesaikan. Lengkapi dahulu: {names}."

    def __init__(self, gates: Sequence[NamedGate]) -> None:
        self.gates = tuple(gates)
        super().__init__(names="; ".join(gate.label for gate in gates))


class ReturnNotPermitted(DomainError):
    code = "return_not_permitted"
    template = "Langkah {no} tidak dapat mengembalikan ke langkah {target}. {permitted}"

    def __init__(self, *, no: int, target: int, permitted: Sequence[int]) -> None:
        targets = " atau ".join(str(number) for number in permitted)
        super().__init__(
            field="target_no",
            no=no,
            target=target,
            permitted=f"Pilih langkah {targets}."
            if permitted
            else "SOP ini tidak menyediakan jalan kembali di sini.",
        )


class DateBeforeStart(DomainError):
    code = "date_before_start"
    template = "{what} ({date}) lebih awal daripada mulainya pelaksanaan ({start_date}). Periksa tanggalnya."


class DateNotYet(DomainError):
    code = "date_not_yet"
    template = "{what} bertanggal {date} belum terjadi. Isi tanggal hari ini atau sebelumnya."


class PositionElsewhere(DomainError):
    code = "position_elsewhere"
    template = "{position} bukan jabatan di {unit}, atau sudah tidak aktif. Pilih jabatan lain di kantor ini."


class PositionHasTasks(DomainError):
    code = "position_has_tasks"
    template = (
        "{position} masih mempunyai {count} langkah yang belum selesai. Alihkan dahulu ke jabatan lain di "
        "halaman Kerja berjalan."
    )


class SamePosition(DomainError):
    code = "same_position"
    template = "Langkah ini sudah menjadi tugas {position}. Pilih jabatan lain."


class ExtensionInvalid(DomainError):
    code = "extension_invalid"
    template = "Perpanjangan paling sedikit 1 menit dan paling lama {most} hari kerja. Isi kembali lamanya."


class NothingToWrite(DomainError):
    code = "nothing_to_write"
    template = "Langkah ini tidak menghasilkan naskah. Buka langkahnya dari halaman kerja."
    status = 404


class WritingIsClosed(DomainError):
    code = "writing_is_closed"
    template = (
        "Langkah ini sudah selesai, jadi naskahnya tidak berubah lagi. Tulisan Anda tersimpan sebagai "
        "salinan di halaman naskah."
    )
    status = 409


class DraftNotYours(NotAllowed):
    code = "draft_not_yours"
    template = "Isian hanya dapat disimpan oleh pejabat yang mengerjakan langkah ini."


class NotActing(NotAllowed):
    code = "not_acting"
    template = (
        "Jabatan yang dipakai tidak Anda pegang hari ini. Minta administrator memeriksa pengangkatan atau "
        "mandat Anda."
    )
