"""Refusals of a run, each with the way out in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from runtut.core.errors import DomainError, NotAllowed, SomeoneWasFaster


class NotYourTask(NotAllowed):
    code = "not_your_task"
    template = (
        "Langkah ini tugas {position}{holders}. Bila seharusnya Anda, minta administrator memeriksa "
        "pengangkatan atau mandat Anda."
    )


class NotYourCase(NotAllowed):
    """Names nothing: a stranger does not learn what exists."""

    code = "not_your_case"
    template = (
        "Pelaksanaan ini milik unit di luar wewenang Anda. Unit yang terbuka bagi Anda ada di halaman Saya."
    )


class MayNotStart(NotAllowed):
    code = "may_not_start"
    template = (
        "SOP ini dimulai oleh {performers}, atau oleh pimpinan, sekretaris, dan Kasubbag Perencanaan {unit}. "
        "Mintalah salah satunya memulai."
    )


class MayNotSteer(NotAllowed):
    code = "may_not_steer"
    template = (
        "Hanya pimpinan, sekretaris, atau Kasubbag Perencanaan {unit} yang dapat {act}. "
        "Mintalah salah satunya."
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


class CaseUnknown(DomainError):
    code = "case_unknown"
    template = "Pelaksanaan ini tidak ditemukan. Kembali ke Kerja berjalan untuk melihat daftarnya."
    status = 404


class CaseIsPaused(DomainError):
    code = "case_is_paused"
    template = "Pelaksanaan ini sedang dijeda. Lanjutkan dahulu, baru langkahnya dapat dikerjakan."
    status = 409


class CaseIsNotPaused(DomainError):
    code = "case_is_not_paused"
    template = "Pelaksanaan ini tidak sedang dijeda. Muat ulang halaman untuk melihat keadaan terakhir."
    status = 409


class CaseIsClosed(DomainError):
    code = "case_is_closed"
    template = "Pelaksanaan ini sudah {state} dan tidak dapat diubah lagi. Mulai pelaksanaan baru bila perlu."
    status = 409


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


class ReasonMissing(DomainError):
    code = "reason_missing"
    least: ClassVar[int] = 10
    template = "Tulis alasannya, paling sedikit {least} huruf, agar yang lain tahu apa yang harus dilakukan."

    def __init__(self) -> None:
        super().__init__(field="reason", least=self.least)


class PerformerUnbound(DomainError):
    """Names every performer of the SOP that has no position yet."""

    code = "performer_unbound"
    template = "Belum ada jabatan untuk pelaksana {names}. Tetapkan dahulu di halaman SOP, lalu mulai lagi."


class ProcedureNotEffective(DomainError):
    code = "procedure_not_effective"
    template = "SOP {title} belum berlaku atau sudah diganti. Pilih versi yang sedang berlaku."


class NoNewerVersion(DomainError):
    code = "no_newer_version"
    template = (
        "Pelaksanaan ini tidak dapat dipindahkan ke versi {number}: hanya versi yang berlaku, dan lebih baru "
        "daripada yang dipakainya, yang dapat dituju. Muat ulang halaman untuk melihat keadaan terakhir."
    )
    status = 409


class RunHasGoneOn(SomeoneWasFaster):
    """The run is no longer where the preview showed it."""

    code = "run_has_gone_on"
    template = (
        "Pelaksanaan ini sudah berjalan lagi sejak halaman dibuka. Lihat pratinjaunya sekali lagi, lalu "
        "pindahkan."
    )


class RunStays(DomainError):
    """A run that cannot go over to another version of its SOP; the classes below say why."""

    status = 409


class StepIsGone(RunStays):
    code = "step_is_gone"
    template = (
        "Langkah {no} yang sedang dikerjakan tidak ada pada versi baru. Selesaikan dahulu langkah itu "
        "menurut versi lama, lalu pindahkan."
    )


class WorkHasNoPlace(RunStays):
    code = "work_has_no_place"
    template = (
        "Langkah {numbers} sudah dikerjakan tetapi tidak ada pada versi baru, jadi hasilnya tidak mempunyai "
        "tempat di sana. Selesaikan pelaksanaan ini menurut versi lama."
    )


class WorkDiffers(RunStays):
    code = "work_differs"
    template = (
        "Langkah {no} dikerjakan dengan cara lain pada versi baru, sehingga yang sudah diisi akan hilang. "
        "Selesaikan dahulu langkah itu menurut versi lama, lalu pindahkan."
    )


class ParallelWorkDiffers(RunStays):
    code = "parallel_work_differs"
    template = (
        "Langkah {no} dikerjakan beberapa jabatan sendiri-sendiri, dan pada versi baru bukan oleh jabatan "
        "yang sama. Tunggu sampai semuanya selesai, lalu pindahkan."
    )


class CalledRunDiffers(RunStays):
    code = "called_run_differs"
    template = (
        "Langkah {no} menjalankan SOP lain, dan versi baru tidak menjalankan SOP yang sama di sana. Tunggu "
        "sampai langkah itu selesai, lalu pindahkan."
    )


class SuccessorUnbound(RunStays):
    code = "successor_unbound"
    template = (
        "Pelaksana {names} pada versi baru belum dipasangkan dengan jabatan. Pasangkan di halaman SOP, lalu "
        "pindahkan."
    )


class CalledProcedureMissing(DomainError):
    code = "called_procedure_missing"
    template = (
        "Langkah {no} menjalankan SOP lain yang belum berlaku di {unit}: {called}. Berlakukan SOP itu dahulu."
    )


class LetterFromElsewhere(DomainError):
    code = "letter_from_elsewhere"
    template = "Surat itu diagendakan di kantor lain. Pilih surat dari agenda {unit}."


class StartBeforeLetter(DomainError):
    code = "start_before_letter"
    template = (
        "Surat bertanggal {letter_date}, sesudah hari mulai pelaksanaan ({start_date}). "
        "Periksa tanggal suratnya."
    )


class DateBeforeStart(DomainError):
    code = "date_before_start"
    template = "{what} ({date}) lebih awal daripada mulainya pelaksanaan ({start_date}). Periksa tanggalnya."


class DateNotYet(DomainError):
    code = "date_not_yet"
    template = "{what} bertanggal {date} belum terjadi. Isi tanggal hari ini atau sebelumnya."


class TitleMissing(DomainError):
    code = "title_missing"
    template = "Beri judul pelaksanaan ini, paling banyak {limit} huruf, agar mudah ditemukan."


class PeriodInvalid(DomainError):
    code = "period_invalid"
    template = "Triwulan harus 1 sampai 4, dan tahun harus wajar. Pilih periodenya kembali."


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
    template = "Perpanjangan harus 1 sampai {most} menit kerja. Isi kembali lamanya."


class ChildIsRunning(DomainError):
    code = "child_is_running"
    template = (
        "Langkah ini selesai dengan sendirinya bila pelaksanaan “{title}” selesai. Selesaikan itu dahulu."
    )


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


class MeetingUnknown(DomainError):
    code = "meeting_unknown"
    template = "Rapat ini tidak ditemukan. Buka dari kerja yang memuatnya."
    status = 404


class MayNotRunMeeting(NotAllowed):
    code = "may_not_run_meeting"
    template = (
        "Rapat ini diurus oleh {chair} dan {secretary}. Mintalah salah satunya, atau isi kehadiran Anda "
        "sendiri."
    )


class MeetingIsClosed(DomainError):
    code = "meeting_is_closed"
    template = "Daftar hadir rapat ini ditutup pada {when} dan tidak berubah lagi."
    status = 409


class MeetingIsCancelled(DomainError):
    code = "meeting_is_cancelled"
    template = "Rapat ini batal bersama kerjanya pada {when}. Siapkan rapat baru dari kerja yang berjalan."
    status = 409


class ChildNotStarted(DomainError):
    code = "child_not_started"
    template = (
        "SOP yang dipanggil langkah ini tidak dapat dijalankan sekarang. Periksa apakah SOP itu berlaku dan "
        "semua pelaksananya terisi, atau selesaikan langkah ini di sini."
    )
    status = 409


class MeetingMoved(SomeoneWasFaster):
    code = "meeting_moved"
    template = (
        "Catatan rapat ini baru saja diubah orang lain. Salin tulisan Anda, muat ulang halaman, lalu "
        "gabungkan."
    )


class EndBeforeBegin(DomainError):
    code = "end_before_begin"
    template = "Rapat selesai ({end}) sebelum mulai ({start}). Periksa jamnya."


class NobodyInvited(DomainError):
    code = "nobody_invited"
    template = "Belum ada yang diundang. Pilih paling sedikit satu peserta."


class NotInvited(DomainError):
    code = "not_invited"
    template = "Orang ini tidak ada dalam daftar undangan rapat. Muat ulang halaman, lalu pilih kembali."


class RepresentativeMissing(DomainError):
    code = "representative_missing"
    template = "Tulis siapa yang mewakili {who}."


class DecisionAtWork(DomainError):
    code = "decision_at_work"
    template = "Keputusan {number} sudah ditindaklanjuti {position} dan tidak dapat dihapus atau diubah lagi."
    status = 409


class DueOnFreeDay(DomainError):
    code = "due_on_free_day"
    template = "{day} bukan hari kerja. Hari kerja berikutnya {following}."


class DueBeforeToday(DomainError):
    code = "due_before_today"
    template = "Batas waktu {day} sudah lewat. Pilih hari ini atau sesudahnya."


class FollowUpUnknown(DomainError):
    code = "follow_up_unknown"
    template = "Tindak lanjut ini tidak ditemukan. Kembali ke daftar Tindak lanjut."
    status = 404


class NotYourFollowUp(NotAllowed):
    code = "not_your_follow_up"
    template = "Tindak lanjut ini tugas {position}. Mintalah yang bersangkutan melaporkannya."


class MayNotVerify(NotAllowed):
    code = "may_not_verify"
    template = "Tindak lanjut ini diperiksa oleh {verifier}. Mintalah yang bersangkutan memeriksanya."


class FollowUpMoved(SomeoneWasFaster):
    code = "follow_up_moved"
    template = "Tindak lanjut ini sudah {state}. Muat ulang halaman untuk melihat keadaan terakhir."


class ReportMissing(DomainError):
    code = "report_missing"
    template = "Tulis apa yang sudah dilakukan, paling sedikit {least} huruf, atau lampirkan buktinya."


class MinutesAreSettled(DomainError):
    code = "minutes_are_settled"
    template = "Notulen rapat ini sudah {state}. Agar dapat diubah, mintalah pimpinan rapat mengembalikannya."
    status = 409
