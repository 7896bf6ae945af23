"""Refusals around what sections hand in: each names its rule and the way out."""

from __future__ import annotations

from runtut.core.errors import DomainError


class AnswersMissing(DomainError):
    code = "answers_missing"
    template = "Belum terjawab: {questions}. Tulis paling sedikit satu kalimat untuk masing-masing."


class SectionIsHandedIn(DomainError):
    code = "section_is_handed_in"
    template = "Bagian {position} sudah diserahkan {since} dan tidak dapat diubah sampai dikembalikan."
    status = 409


class SectionIsNotHandedIn(DomainError):
    code = "section_is_not_handed_in"
    template = "Bagian {position} belum diserahkan, jadi tidak ada yang dapat dikembalikan."
    status = 409


class NothingAsked(DomainError):
    """The run does not ask the sections now: its step is not open, or asks another way."""

    code = "nothing_asked"
    template = "Kerja ini sedang tidak meminta bahan dari seksi. Lihat langkahnya di halaman kerja."
    status = 409


class NotAskedOfYou(DomainError):
    code = "not_asked_of_you"
    template = "Bahan ini tidak diminta dari {position}."
    status = 403


class RemindedAlready(DomainError):
    code = "reminded_already"
    template = "{position} sudah diingatkan hari ini pukul {time}. Tunggu sampai besok."
    status = 409


class NobodyToRemind(DomainError):
    code = "nobody_to_remind"
    template = "Semua seksi sudah menyerahkan bagiannya; tidak ada yang perlu diingatkan."
    status = 409
