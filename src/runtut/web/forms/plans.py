"""Forms of the plans: Renstra, indicators, targets, programmes and activities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms

from runtut.core.errors import DomainError
from runtut.core.numbers import format_decimal, parse_decimal
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.performance.actions import IndicatorFacts, ItemFacts
from runtut.performance.enums import Accumulation, Variant
from runtut.performance.models import Goal, Indicator, Objective, RktItem
from runtut.performance.queries import goals_for, indicators_of
from runtut.web.forms.base import PageForm

DECREE_HELP: Final = "Misalnya: Peraturan Bupati Nomor 18 Tahun 2025."
CAP_HELP: Final = "Hanya untuk rata-rata; yang dicetak tetap angka aslinya."
CODE_HELP: Final = "7.01.01 program, 7.01.01.2.01 kegiatan, 7.01.01.2.01.0006 sub kegiatan (Permendagri 90)."
BUDGET_HELP: Final = "Hanya untuk sub kegiatan, misalnya 12.750.000."
UNCHOSEN: Final = "Belum dipilih"
NUMBERS = ("cap", "minimum", "maximum")


class IndonesianNumber(forms.CharField):
    """A number as offices write it; blank is None, never 0."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "pendek"})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        try:
            return parse_decimal(text or "")
        except DomainError as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


def short(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, **kwargs)


def long(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2}))


class RenstraForm(PageForm):
    title = short("Judul Renstra")
    decree = short(
        "Ditetapkan dengan", required=False, help_text="Misalnya: Peraturan Bupati Nomor 18 Tahun 2025."
    )
    first_year = forms.IntegerField(label="Tahun pertama", min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label="Tahun terakhir", min_value=2000, max_value=2100)


class RenstraTextForm(PageForm):
    title = short("Judul Renstra")
    decree = short("Ditetapkan dengan", required=False)


class WordingForm(PageForm):
    """The words of a goal or an objective."""

    text = long("Rumusan")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class LinesForm(WordingForm):
    """The words of several goals or objectives, one on a line."""

    def clean_text(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["text"].splitlines())
        return [line for line in lines if line]


class ObjectiveForm(WordingForm):
    """The words of an objective, and which goal of the Renstra it serves."""

    goal = forms.ModelChoiceField(
        label="Tujuan yang didukung", queryset=Goal.objects.none(), required=False, empty_label=UNCHOSEN
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, label="Sasaran", **kwargs)
        self.fields["text"].initial = objective.text
        choices = self.fields["goal"]
        assert isinstance(choices, forms.ModelChoiceField)
        choices.queryset = goals_for(objective)
        choices.initial = objective.goal_id


class IndicatorForm(PageForm):
    """What an indicator fixes: without definition, measure and direction a number says nothing."""

    name = short("Indikator")
    short_name = short("Nama pendek", help_text="Tampak di daftar dan pengingat, paling panjang 60 huruf.")
    definition = long("Definisi operasional", "Apa yang diukur, dan apa yang tidak.")
    formula_text = long("Rumus", "Dengan kata-kata: apa dibagi apa.")
    measure = short("Satuan", help_text="Misalnya: persen, nilai, desa, hari.")
    variant = forms.ChoiceField(label="Arah", choices=Variant.choices)
    accumulation = forms.ChoiceField(label="Angka triwulan", choices=Accumulation.choices)
    decimals = forms.IntegerField(label="Angka di belakang koma", min_value=0, max_value=4, initial=2)
    owner = forms.ModelChoiceField(label="Penanggung jawab", queryset=Position.objects.none())
    source = short("Sumber data")
    required_evidence = short("Bukti yang diminta")
    minimum = IndonesianNumber(label="Nilai terkecil")
    maximum = IndonesianNumber(label="Nilai terbesar")
    cap = IndonesianNumber(label="Batas atas capaian (%)", help_text=CAP_HELP)
    base_year = forms.IntegerField(label="Tahun kondisi awal", required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, office: OrganisationUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = positions_in(unit=office)

    @staticmethod
    def initial_of(indicator: Indicator) -> dict[str, Any]:
        """An indicator as the form shows it."""
        shown = {name: getattr(indicator, name) for name in IndicatorForm.base_fields}
        for name in NUMBERS:
            shown[name] = "" if shown[name] is None else format_decimal(shown[name])
        return shown

    @staticmethod
    def facts(data: dict[str, Any]) -> IndicatorFacts:
        return IndicatorFacts(**data)


class ItemForm(PageForm):
    """A programme, activity or sub-activity of an RKT."""

    code = short(
        "Kode",
        help_text=CODE_HELP,
    )
    name = short("Nama program, kegiatan, atau sub kegiatan")
    indicator = forms.ModelChoiceField(
        label="Diukur dengan indikator RKT",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="Indikator lain, ditulis di bawah ini",
        help_text="Nama dan targetnya diambil dari tabel Target, sehingga selalu sama.",
    )
    indicator_text = short("Indikator keluaran atau hasil", required=False)
    target_text = short("Target", required=False, help_text="Dengan satuannya, misalnya 4 laporan.")
    budget_text = short("Pagu (rupiah)", required=False, help_text=BUDGET_HELP)
    funding = short("Sumber dana", required=False)
    objective = forms.ModelChoiceField(
        label="Mendukung sasaran",
        queryset=Objective.objects.none(),
        required=False,
        empty_label=UNCHOSEN,
    )
    owner = forms.ModelChoiceField(
        label="Penanggung jawab",
        queryset=Position.objects.none(),
        required=False,
        empty_label=UNCHOSEN,
    )

    def __init__(self, *args: Any, office: OrganisationUnit, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator, objective, owner = (self.fields[name] for name in ("indicator", "objective", "owner"))
        assert isinstance(indicator, forms.ModelChoiceField)
        assert isinstance(objective, forms.ModelChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        indicator.queryset = indicators_of(unit=office, year=year)
        objective.queryset = Objective.objects.filter(
            unit=office, valid_from_year__lte=year, valid_until_year__gte=year
        ).order_by("sequence")
        owner.queryset = positions_in(unit=office)

    @staticmethod
    def initial_of(item: RktItem) -> dict[str, Any]:
        """An item as the form shows it."""
        budget = "" if item.budget is None else format_decimal(item.budget)
        names = (
            "code",
            "name",
            "indicator",
            "indicator_text",
            "target_text",
            "funding",
            "objective",
            "owner",
        )
        return {**{name: getattr(item, name) for name in names}, "budget_text": budget}

    @staticmethod
    def facts(data: dict[str, Any]) -> ItemFacts:
        return ItemFacts(**data)
