"""What was read of a document, field by field: confirmed or mended by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.enums import Mode
from runtut.procedures.importing import parse_time
from runtut.procedures.queries import approvers_for, proposed_approver
from runtut.web.forms.base import PageForm
from runtut.web.forms.loose_date import LooseDateField
from runtut.web.forms.sop import LinesField
from runtut.web.forms.sop_import_fields import ApproverField, EarlierStepsField

LISTS: Final = {
    "legal_basis": "Dasar hukum",
    "related_sops": "Keterkaitan",
    "qualifications": "Kualifikasi pelaksana",
    "equipment": "Peralatan dan perlengkapan",
    "warnings": "Peringatan",
    "records": "Pencatatan dan pendataan",
}
DATES: Final = {"created": "Tanggal pembuatan", "revised": "Tanggal revisi", "effective": "Tanggal efektif"}
PLACE: Final = re.compile(r"halaman (\d+), baris (\d+)")
MODES: Final = (
    ("", "tidak ikut"),
    (Mode.MAIN.value, "mengerjakan"),
    (Mode.JOINT.value, "ikut serta"),
    (Mode.EACH.value, "masing-masing mengerjakan"),
)
TEXTS: Final = ("activity", "requirements", "outputs", "note")
ADD_COLUMNS: Final = "kolom"
"""The button that shows added columns in every step."""
LONGEST_NAME: Final = 80
MOST_ADDED: Final = 20
MOST_MARKS: Final = 1500
"""With more cells than this the marks are left to the table of the draft: a browser sends so many fields."""


@dataclass(frozen=True)
class Group:
    """Fields that belong together on the page, with their doubts; uncertain groups come first. `marks` say
    who has a part in a step."""

    heading: str
    fields: tuple[forms.BoundField, ...]
    doubts: tuple[str, ...]
    source: str
    marks: tuple[forms.BoundField, ...] = ()

    @property
    def is_uncertain(self) -> bool:
        return bool(self.doubts)

    @property
    def adds_columns(self) -> bool:
        """Whether these are the performer columns, to which others may be added."""
        return any(field.name == "kolom-baru" for field in self.fields)

    @property
    def anchor(self) -> str:
        """The id of the line of the source, where it is known."""
        return line_id(self.source)


def line_id(place: str) -> str:
    """ "b-2-14" of "halaman 2, baris 14"; empty for any other text."""
    found = PLACE.fullmatch(place)
    return f"b-{found[1]}-{found[2]}" if found else ""


class ImportForm(PageForm):
    """One SOP of a document. Only its title must be there; everything uncertain may stay so."""

    title = forms.CharField(label="Nama SOP", max_length=200)
    number = forms.CharField(label="Nomor SOP", max_length=80, required=False)
    approver = ApproverField(
        label="Disahkan oleh",
        queryset=Position.objects.none(),
        required=False,
        empty_label="belum ditentukan",
    )

    def __init__(
        self, data: QueryDict | None = None, *, found: Mapping[str, Any], office: OrganisationUnit
    ) -> None:
        self.found = found
        read = columns_of(found)
        self.added, data = added_columns(data, read)
        self.columns = (*read, *self.added)
        self.has_marks = len(self.columns) * len(found["steps"]) <= MOST_MARKS
        super().__init__(data, initial=_initial(found, self.columns, office))
        self._offer_approvers(office)
        for name, label in DATES.items():
            self.add_field(name, LooseDateField(label=label))
        for name, label in LISTS.items():
            self.add_field(name, LinesField(label=label, rows=3))
        self._add_columns()
        for step in found["steps"]:
            self._add_step(step)

    def _offer_approvers(self, office: OrganisationUnit) -> None:
        choice = self.fields["approver"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = approvers_for(office)
        read = self.found["approver"]
        printed = ", ".join(filter(None, (read["position"], read["name"], read["rank"], read["nip"])))
        if printed:
            choice.help_text = f"Tertulis di naskah: {printed}."

    def _add_columns(self) -> None:
        for index, name in enumerate(self.columns):
            field = forms.CharField(label=f"Kolom {index + 1}", max_length=80, required=False)
            field.widget.attrs["aria-label"] = f"Nama kolom {index + 1}: {name}"
            self.add_field(f"kolom-{index}", field)
        more = LinesField(label="Kolom tambahan", rows=2)
        more.help_text = "Satu per baris."
        self.add_field("kolom-baru", more)

    def _add_step(self, step: Mapping[str, Any]) -> None:
        no = step["no"]
        area = forms.Textarea(attrs={"rows": 2})
        self.add_field(f"{no}-activity", forms.CharField(label="Kegiatan", required=False, widget=area))
        if self.has_marks:
            for index, name in enumerate(self.columns):
                mark = forms.ChoiceField(label=name, choices=MODES, required=False)
                self.add_field(f"{no}-p{index}", mark)
        self.add_field(f"{no}-time", forms.CharField(label="Waktu", max_length=40, required=False))
        self.add_field(f"{no}-requirements", LinesField(label="Kelengkapan", rows=2))
        self.add_field(f"{no}-outputs", LinesField(label="Output", rows=2))
        earlier = [one["no"] for one in self.found["steps"] if one["no"] < no]
        if earlier:
            back = EarlierStepsField(label="Bila tidak, kembali ke langkah", earlier=earlier)
            self.add_field(f"{no}-kembali", back)
        self.add_field(f"{no}-note", forms.CharField(label="Keterangan", max_length=300, required=False))

    def groups(self) -> list[Group]:
        """The fields with their doubts, uncertain ones first."""
        columns = tuple(name for name in self.fields if name.startswith("kolom-"))
        found = [
            self._group("Nama dan nomor", ("title", "number")),
            self._group("Pengesahan", ("approver",)),
            self._group("Tanggal", tuple(DATES), prefix="dates."),
            *(self._group(label, (name,)) for name, label in LISTS.items()),
            self._group("Kolom pelaksana", columns, of="performers"),
            *(self._step_group(step) for step in self.found["steps"]),
        ]
        return sorted(found, key=lambda group: not group.is_uncertain)

    def _group(self, heading: str, names: Sequence[str], *, prefix: str = "", of: str = "") -> Group:
        wanted = (of,) if of else tuple(f"{prefix}{name}" for name in names)
        places = [self.found["fields"].get(name, {}).get("source", "") for name in wanted]
        fields = tuple(self[name] for name in names)
        return Group(heading, fields, self._doubts(wanted), next(filter(None, places), ""))

    def _doubts(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Doubts about these fields and their parts."""
        return tuple(doubt["why"] for doubt in self.found["doubts"] if _is_about(doubt["field"], wanted))

    def _step_group(self, step: Mapping[str, Any]) -> Group:
        no = step["no"]
        own = [name for name in self.fields if name.startswith(f"{no}-")]
        marks = [name for name in own if name.startswith(f"{no}-p")]
        return Group(
            f"Langkah {no}",
            tuple(self[name] for name in own if name not in marks),
            self._doubts((f"steps[{no}]",)),
            step["source"],
            tuple(self[name] for name in marks),
        )

    def general_doubts(self) -> list[str]:
        """Doubts about the document as a whole."""
        known = (
            *("title", "number", "approver", "performers", *LISTS),
            *(f"dates.{name}" for name in DATES),
            *(f"steps[{step['no']}]" for step in self.found["steps"]),
        )
        return [doubt["why"] for doubt in self.found["doubts"] if not _is_about(doubt["field"], known)]

    def confirmed(self) -> dict[str, Any]:
        """What was read, with everything that the person left or wrote in its place."""
        data = self.cleaned_data
        names = {column: data[f"kolom-{index}"] for index, column in enumerate(self.columns)}
        return {
            **self.found,
            "title": data["title"],
            "number": data["number"],
            "dates": {name: data[name] for name in DATES},
            **{name: data[name] for name in LISTS},
            "performers": [*filter(None, names.values()), *data["kolom-baru"]],
            "steps": [self._step(step, names) for step in self.found["steps"]],
        }

    def _step(self, step: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
        data, no = self.cleaned_data, step["no"]
        back = data.get(f"{no}-kembali", step["return_to"])
        is_left = back == step["return_to"]
        return {
            **step,
            **{name: data[f"{no}-{name}"] for name in TEXTS},
            "time": _time(step["time"], data[f"{no}-time"]),
            "performers": self._who(step, names),
            "return_to": back,
            "return_confidence": step["return_confidence"] if is_left else "high",
        }

    def _who(self, step: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
        """Who has a part in a step: as surely as it was read where it was left, surely where it was changed.
        A column that was renamed keeps its marks, one without a name loses them."""
        read = {who["name"]: who for who in reversed(step["performers"])}
        found = []
        for index, column in enumerate(self.columns):
            before = read.get(column, {"mode": "", "confidence": "high"})
            mode = self.cleaned_data.get(f"{step['no']}-p{index}", before["mode"])
            if mode and names[column]:
                sure = before["confidence"] if mode == before["mode"] else "high"
                found.append({"name": names[column], "mode": mode, "confidence": sure})
        return found


def added_columns(data: QueryDict | None, read: Sequence[str]) -> tuple[tuple[str, ...], QueryDict | None]:
    """The columns that the person added so far, and what was sent with those that it asks for now among them.

    `ditambah` carries the columns that the page shows already; the button `kolom` turns the names typed into
    columns of every step, without saving anything.
    """
    if data is None:
        return (), None
    added = [name for name in dict.fromkeys(data.getlist("ditambah")) if name and name not in read]
    if data.get("kerjakan") != ADD_COLUMNS:
        return tuple(added), data
    told = data.copy()
    typed = (" ".join(line.split())[:LONGEST_NAME] for line in data.get("kolom-baru", "").splitlines())
    for name in typed:
        if name and name not in read and name not in added and len(added) < MOST_ADDED:
            told[f"kolom-{len(read) + len(added)}"] = name
            added.append(name)
    told["kolom-baru"] = ""
    return tuple(added), told


def columns_of(found: Mapping[str, Any]) -> tuple[str, ...]:
    """The performer columns of an SOP as read, and whoever a step names besides."""
    named = (who["name"] for step in found["steps"] for who in step["performers"])
    return tuple(dict.fromkeys((*found["performers"], *named)))


def _is_about(field: str, wanted: Sequence[str]) -> bool:
    return any(field == name or field.startswith(f"{name}.") for name in wanted)


def _time(read: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    """The time as read when its text was left, else as the new text says."""
    if text == read["text"]:
        return read
    time = parse_time(text)
    ends = {"low": time.low, "high": time.high}
    return {"text": text, "value": time.value, "unit": time.unit, "minutes": time.minutes, **ends}


def _initial(found: Mapping[str, Any], columns: Sequence[str], office: OrganisationUnit) -> dict[str, Any]:
    initial: dict[str, Any] = {"title": found["title"], "number": found["number"], **found["dates"]}
    initial["approver"] = proposed_approver(office, found["approver"]["position"])
    initial |= {name: "\n".join(found[name]) for name in LISTS}
    initial |= {f"kolom-{index}": name for index, name in enumerate(columns)}
    for step in found["steps"]:
        no = step["no"]
        modes = {who["name"]: who["mode"] for who in reversed(step["performers"])}
        initial |= {
            f"{no}-activity": step["activity"],
            **{f"{no}-p{index}": modes.get(name, "") for index, name in enumerate(columns)},
            f"{no}-time": step["time"]["text"],
            f"{no}-requirements": "\n".join(step["requirements"]),
            f"{no}-outputs": "\n".join(step["outputs"]),
            f"{no}-kembali": ", ".join(map(str, step["return_to"])),
            f"{no}-note": step["note"],
        }
    return initial
