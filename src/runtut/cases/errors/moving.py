"""Refusals of moving a run to another version of its SOP."""

from __future__ import annotations

from runtut.core.errors import DomainError, SomeoneWasFaster


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
