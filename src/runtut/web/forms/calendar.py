"""Forms of the work calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from runtut.organisations.actions import Span
from runtut.organisations.enums import HolidayKind, HoursKind
from runtut.web.forms.base import ClockField, DayField, PageForm, open_end

WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
COLUMNS: Final = (
    ("start_{}a", "mulai"),
    ("end_{}a", "istirahat mulai"),
    ("start_{}b", "istirahat selesai"),
    ("end_{}b", "pulang"),
)
PARTS: Final = (("a", "sebelum istirahat"), ("b", "sesudah istirahat"))


class HolidayForm(PageForm):
    day = DayField(label="Tanggal")
    kind = forms.ChoiceField(label="Jenis", choices=HolidayKind.choices)
    name = forms.CharField(label="Nama hari libur")
    decree = forms.CharField(label="Dasar", required=False, help_text="Nomor keputusan atau surat edaran.")

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "kind": HolidayKind(self.cleaned_data["kind"])}


class CalendarNameForm(PageForm):
    name = forms.CharField(label="Nama kalender")


class HoursForm(PageForm):
    """Weekly hours: for each day up to two spans, with the break between them."""

    kind = forms.ChoiceField(label="Berlaku untuk", choices=HoursKind.choices)
    valid_from = DayField(label="Mulai tanggal")
    last_day = DayField(label="Hari terakhir", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, day in enumerate(WEEKDAYS):
            for name, words in COLUMNS:
                field = ClockField(label=f"{day}, {words}", required=False)
                field.error_messages["invalid"] = f"{day}, {words}: jam tidak terbaca. Tulis seperti 07.30."
                self.add_field(name.format(number), field)

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Each weekday with its four fields, for the table of the page."""
        for number, day in enumerate(WEEKDAYS):
            yield day, [self[name.format(number)] for name, _ in COLUMNS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        spans = []
        for number, day in enumerate(WEEKDAYS):
            for part, words in PARTS:
                names = (f"start_{number}{part}", f"end_{number}{part}")
                start, end = map(cleaned.get, names)
                if any(name in self.errors for name in names):
                    continue
                if bool(start) != bool(end):
                    missing = names[1] if start else names[0]
                    sentence = f"{day} {words}: isi jam mulai dan jam selesai, atau kosongkan keduanya."
                    self.add_error(missing, ValidationError(sentence, code="half_span"))
                elif start and end:
                    spans.append(Span(weekday=number, start=start, end=end))
        cleaned["spans"] = spans
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "kind": HoursKind(data["kind"]),
            "valid_from": data["valid_from"],
            "valid_until": open_end(data["last_day"]),
            "spans": data["spans"],
        }
