"""Forms of an instrument: its head, a section, a question."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from runtut.core.numbers import format_decimal
from runtut.evaluation.actions import QuestionFacts
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.models import Question, Section
from runtut.web.forms.base import PageForm

ASPECT_HELP: Final = "Beberapa kata untuk laporan, misalnya: kelengkapan bukti realisasi."
OPTIONS_HELP: Final = (
    "Hanya untuk skala: satu pilihan per baris, dari yang terendah. Kosong berarti 1 sampai 5."
)
MEASURE_HELP: Final = "Hanya untuk angka, misalnya: laporan, hari, orang."
OPTIONAL_HELP: Final = "Isian kosong tidak dihitung sebagai 0; ia tidak ikut dinilai."


class HeadForm(PageForm):
    """Title and instructions of an instrument."""

    title = forms.CharField(label="Judul instrumen")
    intro = forms.CharField(label="Petunjuk", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SectionForm(PageForm):
    title = forms.CharField(label="Judul bagian")
    weight_text = forms.CharField(
        label="Bobot",
        help_text="Jumlah bobot semua bagian 100.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "pendek"}),
    )

    @staticmethod
    def initial_of(section: Section) -> dict[str, Any]:
        return {"title": section.title, "weight_text": format_decimal(section.weight)}


class QuestionForm(PageForm):
    text = forms.CharField(label="Pertanyaan", widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Jenis jawaban", choices=QuestionKind.choices)
    aspect = forms.CharField(label="Hal yang dinilai", required=False, help_text=ASPECT_HELP)
    options = forms.CharField(
        label="Nama pilihan skala",
        required=False,
        help_text=OPTIONS_HELP,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    measure = forms.CharField(label="Satuan", required=False, help_text=MEASURE_HELP)
    is_optional = forms.BooleanField(label="Boleh dikosongkan", required=False, help_text=OPTIONAL_HELP)

    @staticmethod
    def initial_of(question: Question) -> dict[str, Any]:
        names = ("text", "kind", "aspect", "measure", "is_optional")
        return {
            **{name: getattr(question, name) for name in names},
            "options": "\n".join(question.options),
        }

    @staticmethod
    def facts(data: dict[str, Any]) -> QuestionFacts:
        return QuestionFacts(**data)
