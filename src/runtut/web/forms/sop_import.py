"""What was read of a document, field by field: confirmed or mended by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from runtut.procedures.importing import parse_time
from runtut.web.forms.base import PageForm
from runtut.web.forms.sop import LinesField

LISTS: Final = {
    "legal_basis": "Dasar hukum",
    "related_sops": "Keterkaitan",
    "qualifications": "Kualifikasi pelaksana",
    "equipment": "Peralatan dan perlengkapan",
    "warnings": "Peringatan",
    "records": "Pencatatan dan pendataan",
}
DATES: Final = {"created": "Tanggal pembuatan", "revised": "Tanggal revisi", "effective": "Tanggal efektif"}
DATE_HELP: Final = "Tulis 2024-01-09, atau 2024-01 bila hanya bulannya yang tertulis; boleh kosong."
PARTIAL_DATE: Final = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
NONE: Final = ""
ACCEPTED: Final = ".txt,.docx,.pdf,.xlsx,.html,.htm,.json,.bpmn"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; each is judged by the reader, not here."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError("Belum ada berkas yang dipilih.", code="required")
        return list(given)


class DocumentsForm(PageForm):
    berkas = ManyFilesField(
        label="Dokumen SOP",
        help_text="Berkas .txt, .docx, .pdf, .xlsx, .html, .json, atau .bpmn; paling banyak 200 sekaligus.",
        widget=ManyFiles(attrs={"multiple": True, "accept": ACCEPTED}),
    )


@dataclass(frozen=True)
class Group:
    """Fields that belong together on the page, with their doubts; uncertain groups come first."""

    heading: str
    fields: tuple[forms.BoundField, ...]
    doubts: tuple[str, ...]
    source: str

    @property
    def is_uncertain(self) -> bool:
        return bool(self.doubts)


class ImportForm(PageForm):
    """One SOP of a document. Only its title must be there; everything uncertain may stay so."""

    title = forms.CharField(label="Nama SOP", max_length=200, required=False)
    number = forms.CharField(label="Nomor SOP", max_length=80, required=False)

    def __init__(self, *args: Any, found: Mapping[str, Any], **kwargs: Any) -> None:
        self.found = found
        super().__init__(*args, initial=_initial(found), **kwargs)
        for name, label in DATES.items():
            field = forms.RegexField(PARTIAL_DATE, label=label, required=False, help_text=DATE_HELP)
            field.error_messages["invalid"] = f"{label} tidak terbaca. {DATE_HELP}"
            self.add_field(name, field)
        for name, label in LISTS.items():
            self.add_field(name, LinesField(label=label, rows=3))
        self.add_field("performers", LinesField(label="Kolom pelaksana", rows=3))
        for step in found["steps"]:
            self._add_step(step)

    def _add_step(self, step: Mapping[str, Any]) -> None:
        no = step["no"]
        choices = [(NONE, "belum diketahui"), *((name, name) for name in self.found["performers"])]
        area = forms.Textarea(attrs={"rows": 2})
        self.add_field(f"{no}-activity", forms.CharField(label="Kegiatan", required=False, widget=area))
        self.add_field(f"{no}-who", forms.ChoiceField(label="Pelaksana", choices=choices, required=False))
        self.add_field(f"{no}-time", forms.CharField(label="Waktu", max_length=40, required=False))
        self.add_field(f"{no}-requirements", LinesField(label="Kelengkapan", rows=2))
        self.add_field(f"{no}-outputs", LinesField(label="Output", rows=2))
        self.add_field(f"{no}-note", forms.CharField(label="Keterangan", max_length=300, required=False))

    def groups(self) -> list[Group]:
        """The fields with their doubts, uncertain ones first."""
        found = [
            self._group("Nama dan nomor", ("title", "number")),
            self._group("Tanggal", tuple(DATES), prefix="dates."),
            *(self._group(label, (name,)) for name, label in LISTS.items()),
            self._group("Kolom pelaksana", ("performers",)),
            *(self._step_group(step) for step in self.found["steps"]),
        ]
        return sorted(found, key=lambda group: not group.is_uncertain)

    def _group(self, heading: str, names: Sequence[str], prefix: str = "") -> Group:
        wanted = {f"{prefix}{name}" for name in names}
        doubts = tuple(doubt["why"] for doubt in self.found["doubts"] if doubt["field"] in wanted)
        places = [self.found["fields"].get(name, {}).get("source", "") for name in wanted]
        return Group(heading, tuple(self[name] for name in names), doubts, next(filter(None, places), ""))

    def _step_group(self, step: Mapping[str, Any]) -> Group:
        no = step["no"]
        start = f"steps[{no}]"
        doubts = tuple(doubt["why"] for doubt in self.found["doubts"] if doubt["field"].startswith(start))
        fields = tuple(self[name] for name in self.fields if name.startswith(f"{no}-"))
        return Group(f"Langkah {no}", fields, doubts, step["source"])

    def general_doubts(self) -> list[str]:
        """Doubts about the document as a whole."""
        known = {"title", "number", *LISTS, "performers", *(f"dates.{name}" for name in DATES)}
        return [
            doubt["why"]
            for doubt in self.found["doubts"]
            if doubt["field"] not in known and not doubt["field"].startswith("steps[")
        ]

    def confirmed(self) -> dict[str, Any]:
        """What was read, with everything that the person left or wrote in its place."""
        data = self.cleaned_data
        performers = data["performers"]
        return {
            **self.found,
            "title": data["title"],
            "number": data["number"],
            "dates": {name: data[name] for name in DATES},
            **{name: data[name] for name in LISTS},
            "performers": performers,
            "steps": [self._step(step, performers) for step in self.found["steps"]],
        }

    def _step(self, step: Mapping[str, Any], performers: Sequence[str]) -> dict[str, Any]:
        part = {name: self.cleaned_data[f"{step['no']}-{name}"] for name in STEP_PARTS}
        return {
            **step,
            **{name: part[name] for name in ("activity", "requirements", "outputs", "note")},
            "time": _time(step["time"], part["time"]),
            "performers": _who(step["performers"], part["who"], performers),
        }


STEP_PARTS: Final = ("activity", "who", "time", "requirements", "outputs", "note")


def _time(read: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    """The time as read when its text was left, else as the new text says."""
    if text == read["text"]:
        return read
    time = parse_time(text)
    return {"text": text, "value": time.value, "unit": time.unit, "minutes": time.minutes}


def _who(
    read: Sequence[Mapping[str, Any]], chosen: str, performers: Sequence[str]
) -> list[Mapping[str, Any]]:
    """Who completes the step: as read when left, else the one chosen, surely."""
    left = [who for who in read if who["name"] in performers]
    if left and left[0]["name"] == chosen:
        return list(left)
    others = [who for who in left if who["name"] != chosen and who["mode"] == "joint"]
    return [{"name": chosen, "mode": "main", "confidence": "high"}, *others] if chosen else others


def _initial(found: Mapping[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {"title": found["title"], "number": found["number"], **found["dates"]}
    initial |= {name: "\n".join(found[name]) for name in (*LISTS, "performers")}
    for step in found["steps"]:
        no = step["no"]
        initial |= {
            f"{no}-activity": step["activity"],
            f"{no}-who": step["performers"][0]["name"] if step["performers"] else NONE,
            f"{no}-time": step["time"]["text"],
            f"{no}-requirements": "\n".join(step["requirements"]),
            f"{no}-outputs": "\n".join(step["outputs"]),
            f"{no}-note": step["note"],
        }
    return initial
