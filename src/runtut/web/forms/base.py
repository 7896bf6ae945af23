"""Forms with our markup, our sentences and nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms

DATE_FORMATS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
ARRIVAL: Final = "Hari surat sampai di kantor; ubah bila datangnya sebelum hari ini."
CLASSES: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)
SENTENCES: Final[dict[str, str]] = {
    "required": "{label} belum diisi.",
    "invalid": "{label} tidak terbaca. Periksa penulisannya.",
    "invalid_choice": "{label}: pilihan ini tidak ada dalam daftar.",
    "invalid_list": "{label}: pilihan ini tidak terbaca.",
}


class DayField(forms.DateField):
    """A date; the browser's own picker, and 21/11/2026 typed by hand."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=DATE_FORMATS, **kwargs)
        self.error_messages["invalid"] = "Tanggal tidak terbaca. Tulis seperti 21/11/2026."


class ClockField(forms.TimeField):
    """A time of day as offices write it: 07.30. The browser's own control may speak of AM and PM."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal", "class": "jam-isi"})
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)
        self.error_messages["invalid"] = "Jam tidak terbaca. Tulis seperti 07.30."


class PageForm(forms.Form):
    """Base of every form: our classes on the controls, an Indonesian sentence with the name of the field.

    The browser does not refuse on its own (`required` is not rendered): one place says what is wrong.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self.prepare(field)

    def add_field(self, name: str, field: forms.Field) -> None:
        """Append a field that is known only now."""
        self.fields[name] = field
        self.prepare(field)

    def prepare(self, field: forms.Field) -> None:
        """Give the field its class and its sentences."""
        self.dress(field)
        for code, sentence in SENTENCES.items():
            if code != "invalid" or not isinstance(field, DayField | ClockField):
                field.error_messages[code] = sentence.format(label=field.label)

    def dress(self, field: forms.Field) -> None:
        """Give the control its class."""
        wanted = next(name for kind, name in CLASSES if isinstance(field.widget, kind))
        field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {wanted}".strip()


def day_after(last_day: date) -> date:
    """The exclusive end stored for an inclusive last day typed by a person."""
    return date.fromordinal(last_day.toordinal() + 1)


def open_end(last_day: date | None) -> date | None:
    """The same for a last day that may be left open."""
    return day_after(last_day) if last_day else None


def last_day(valid_until: date | None) -> date | None:
    """The inclusive last day shown for a stored exclusive end."""
    return date.fromordinal(valid_until.toordinal() - 1) if valid_until else None
