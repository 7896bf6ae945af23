"""The form of a task, made from what its step asks for; see docs/work.md for what each kind of work takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone

from runtut.cases.models import Task
from runtut.cases.queries import step_of
from runtut.core.periods import Quarter
from runtut.documents.models import StoredFile
from runtut.documents.queries import archive_classes
from runtut.performance.queries import measurement_of
from runtut.performance.rendering import Measurement, default_closing, default_intro
from runtut.procedures.enums import Work
from runtut.web.forms.base import DayField, PageForm

INSTRUCTIONS: Final = (
    "Untuk ditindaklanjuti",
    "Siapkan bahan dan laporkan",
    "Koordinasikan dengan seksi terkait",
    "Untuk diketahui dan diarsipkan",
)
CHECKS: Final = (
    "Angka sama dengan bukti yang dilampirkan",
    "Penyebab capaian di bawah target sudah dijelaskan",
)
AKIP_CLASS: Final = "000.8.6.3"
FIRST_IS_MADE: Final = frozenset({Work.DISPOSISI, Work.REVIEW, Work.SIGN, Work.REGISTER, Work.ARCHIVE})
MADE_BY_TOPIC: Final = frozenset(
    {("prepare", "measurement"), ("collect", "realisation"), ("record", "realisation")}
)
FREE: Final = frozenset({"note", "location", "subject"})
ACCEPT: Final = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt,.ods,.txt,.csv"


def lines(label: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class WorkForm(PageForm):
    """Fields are never required here: what is missing is told by the gates, which everybody sees beforehand.

    Ids equal names, so that a gate's anchor is the field it asks for.
    """

    def __init__(self, *, task: Task, at: datetime, kept: Mapping[str, StoredFile], **kwargs: Any) -> None:
        super().__init__(auto_id="%s", **kwargs)
        self.task, self.at, self.kept = task, at, dict(kept)
        self.step = step_of(task)
        self.measurement: Measurement | None = None
        getattr(self, f"ask_{self.step.work}", self.ask_nothing)()
        self.ask_outputs()
        for name, field in self.fields.items():
            self.word(name, field)

        self.mark_gated()

    def full_clean(self) -> None:
        """Validate what was typed only: what is missing is the gates' to tell."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        self.mark_gated()

    def mark_gated(self) -> None:
        """Have the page say "boleh kosong" only where no gate asks."""
        for name, field in self.fields.items():
            field.required = name not in FREE and not name.startswith("berkas-")

    @property
    def topic(self) -> str:
        return self.step.topic

    def ask_nothing(self) -> None:
        """Work whose outputs are all there is to ask."""

    def ask_disposisi(self) -> None:
        choices = [("", "Pilih instruksi"), *((text, text) for text in INSTRUCTIONS)]
        self.fields["instruction"] = forms.ChoiceField(label="Isi disposisi", choices=choices, required=False)
        self.fields["note"] = lines("Catatan untuk penerima")

    def ask_review(self) -> None:
        for number, text in enumerate(CHECKS, start=1):
            self.fields[f"periksa-{number}"] = forms.BooleanField(label=text, required=False)
        self.fields["paraf"] = forms.BooleanField(
            label="Saya membubuhkan paraf pada versi ini", required=False
        )
        self.fields["note"] = lines("Catatan")

    def ask_sign(self) -> None:
        self.fields["note"] = lines("Catatan", rows=2)

    def ask_class(self) -> None:
        classes = archive_classes(on=timezone.localdate(self.at))
        self.fields["archive_class"] = forms.ModelChoiceField(
            label="Klasifikasi arsip",
            queryset=classes,
            required=False,
            empty_label="Pilih klasifikasi",
            initial=classes.filter(code=AKIP_CLASS).first(),
        )

    def ask_archive(self) -> None:
        self.ask_class()
        self.fields["location"] = forms.CharField(
            label="Tempat simpan", required=False, help_text="Misalnya: Lemari 2, map Kinerja 2026."
        )

    def ask_register(self) -> None:
        self.ask_class()
        self.fields["subject"] = forms.CharField(label="Hal", required=False, initial=self.task.case.title)

    def ask_meet(self) -> None:
        self.fields["held_on"] = DayField(label="Tanggal rapat", required=False)

    def ask_prepare(self) -> None:
        if self.topic == "measurement":
            self.ask_measurement()

    def ask_measurement(self) -> None:
        case = self.task.case
        quarter = Quarter(case.year, case.quarter or 4)
        facts = measurement_of(unit=case.unit, quarter=quarter, on=timezone.localdate(self.at))
        self.measurement = facts
        self.fields["intro"] = lines("Pendahuluan")
        self.fields["intro"].initial = default_intro(facts)
        for line in facts.under_target:
            field = lines(f"Penyebab dan rencana: {line.name} ({line.achievement} %)")
            field.initial = line.cause
            self.fields[f"analysis-{line.key}"] = field
        self.fields["closing"] = lines("Penutup")
        self.fields["closing"].initial = default_closing(facts)

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The outputs that the person answers; the others are made by the work itself."""
        made_by_topic = (self.step.work, self.topic) in {
            ("prepare", "measurement"),
            ("collect", "realisation"),
        }
        if made_by_topic or (self.step.work, self.topic) == ("record", "realisation"):
            return ()
        return self.step.outputs[1:] if self.step.work in FIRST_IS_MADE else self.step.outputs

    def ask_outputs(self) -> None:
        for number, name in enumerate(self.asked_outputs, start=1):
            self.fields[f"hasil-{number}"] = lines(name, help_text="Tulis hasilnya, atau lampirkan berkas.")
            self.fields[f"berkas-{number}"] = forms.FileField(
                label=f"Berkas {name}", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
            )

    def word(self, name: str, field: forms.Field) -> None:
        """Dress a field that was added after the base class had dressed its own."""
        field.label = str(field.label)
        self.dress(field)
        field.error_messages["invalid_choice"] = f"{field.label}: pilihan ini tidak ada dalam daftar."

    def typed(self) -> dict[str, str]:
        """What was typed, as plain JSON for the draft."""
        return {name: str(self.data[name]) for name in self.fields if name in self.data}

    def work_data(self) -> dict[str, Any]:
        """What the work takes, parsed; of a form not sent yet, what it proposes."""
        value = self.cleaned_data.get if self.is_bound and self.is_valid() else self.proposed
        data = {name: value(name) for name in self.fields if "-" not in name}
        checks = {
            str(self.fields[name].label): bool(value(name)) for name in self.fields if name[:8] == "periksa-"
        }
        analysis = {name[9:]: str(value(name) or "") for name in self.fields if name[:9] == "analysis-"}
        outputs = {
            name: {"text": value(f"hasil-{number}"), "file": self.kept.get(f"berkas-{number}")}
            for number, name in enumerate(self.asked_outputs, start=1)
        }
        if self.step.work == Work.SIGN:
            data["approve"] = True
        return {**data, "outputs": outputs, **({"checks": checks} if checks else {}), "analysis": analysis}

    def proposed(self, name: str) -> Any:
        """The value a field shows before anything is sent."""
        shown = self.get_initial_for_field(self.fields[name], name)
        return shown if self.step.work != Work.REVIEW or not shown else shown in (True, "on", "True")
