"""Refusals around instruments and their answers: each names its rule and the way out."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class NoInstrumentWanted(DomainError):
    code = "no_instrument_wanted"
    template = "Kerja ini sedang tidak menyusun instrumen. Lihat langkahnya di halaman kerja."
    status = 409


class NotTheMaker(NotAllowed):
    code = "not_the_maker"
    template = "Instrumen ini disusun oleh {position}."


class InstrumentIsFrozen(DomainError):
    code = "instrument_is_frozen"
    template = (
        "Instrumen sudah dipakai, jadi pertanyaannya tidak dapat diubah. Untuk mengubahnya, kerja harus "
        "dikembalikan ke langkah penyusunan."
    )
    status = 409


class InstrumentExists(DomainError):
    code = "instrument_exists"
    template = "Instrumen untuk kerja ini sudah ada. Ubah yang ada."
    status = 409


class InstrumentIncomplete(DomainError):
    code = "instrument_incomplete"
    template = "Instrumen belum dapat dipakai: {problems}."


class WeightOutOfRange(DomainError):
    code = "weight_out_of_range"
    template = "Bobot bagian ditulis antara 0 dan 100, misalnya 25 atau 12,5; angka nol tidak dipakai."


class OptionsUnfit(DomainError):
    code = "options_unfit"
    template = "Skala bernama memuat 2 sampai 7 pilihan yang berbeda, satu per baris, dari terendah."


class NothingToMove(DomainError):
    code = "nothing_to_move"
    template = "Sudah paling {end}; tidak dapat digeser lagi."
    status = 409


class NotAsked(DomainError):
    code = "not_asked_to_answer"
    template = "Instrumen ini tidak meminta isian dari {position}."
    status = 403


class NotTheRespondent(NotAllowed):
    code = "not_the_respondent"
    template = "Isian ini milik {position}."


class AnsweringIsOver(DomainError):
    code = "answering_is_over"
    template = "Instrumen ini sedang tidak diisi. Langkah pengisiannya belum dibuka atau sudah selesai."
    status = 409


class AnsweredAlready(DomainError):
    code = "answered_already"
    template = "Isian {position} sudah dikirim {since} dan tidak dapat diubah lagi."
    status = 409


class AnswerUnknown(DomainError):
    code = "answer_unknown"
    template = "“{text}” bukan jawaban yang ditawarkan. Pilih salah satu."


class AnswersLeft(DomainError):
    """`left` in the details: number and field of each question that must be answered and is not."""

    code = "answers_left"
    template = "Belum terjawab: butir {questions}."


class FileOfAnotherUnit(DomainError):
    code = "file_of_another_unit"
    template = "Berkas ini milik kantor lain."
    status = 403


class RemindedToday(DomainError):
    code = "reminded_today"
    template = "Semua yang belum mengirim sudah diingatkan hari ini. Tunggu sampai besok."
    status = 409


class EverybodyAnswered(DomainError):
    code = "everybody_answered"
    template = "Semua sudah mengirim isiannya; tidak ada yang perlu diingatkan."
    status = 409
