"""What is asked of a meeting: the plan that its invitation says. Asked on a step's sheet and on a page of its
own, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms

from runtut.cases.actions import Guest, MeetingPlan
from runtut.cases.models import Meeting, Task
from runtut.cases.queries import meeting_at_work, off_hours, proposed_people
from runtut.cases.rules import INVITING
from runtut.documents.enums import Urgency
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.web.forms.base import ClockField, DayField, PageForm

Value = Callable[[str], Any]
FREE: Final = frozenset({"end", "guests", "off_hours"})
URGENCIES: Final = [(one.value, one.label) for one in INVITING]


class PlanFields:
    """The fields of a plan, and how they are read. Choices are uids, so that a draft keeps them as typed."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.unit: OrganisationUnit = task.case.unit
        self.positions = {str(one.uid): one for one in positions_in(unit=self.unit)}
        self.meeting = meeting_at_work(task)
        self.people = proposed_people(task)
        for one in self.people.positions:
            self.positions.setdefault(str(one.uid), one)

    def add_to(self, form: PageForm) -> None:
        """Append the fields, each with what is proposed."""
        choices = [("", "Pilih jabatan"), *((uid, one.title) for uid, one in self.positions.items())]
        start = self.initial()
        for name, field in (
            ("title", forms.CharField(label="Acara", max_length=240)),
            ("held_on", DayField(label="Hari rapat")),
            ("start", ClockField(label="Mulai")),
            ("end", ClockField(label="Selesai", help_text="Kosongkan bila sampai selesai.")),
            ("off_hours", off_hours_field()),
            ("place", forms.CharField(label="Tempat", max_length=200)),
            ("agenda", forms.CharField(label="Agenda", widget=forms.Textarea(attrs={"rows": 3}))),
            ("urgency", forms.ChoiceField(label="Sifat undangan", choices=URGENCIES)),
            ("chair", forms.ChoiceField(label="Pimpinan rapat", choices=choices)),
            ("secretary", forms.ChoiceField(label="Sekretaris rapat", choices=choices)),
            ("positions", many(self.positions)),
            ("guests", forms.CharField(label="Tamu", widget=forms.Textarea(attrs={"rows": 2}))),
        ):
            field.required = name not in FREE
            field.initial = start.get(name)
            form.add_field(name, field)
        form.fields["agenda"].help_text = "Satu pokok bahasan setiap baris."
        form.fields["guests"].help_text = "Dari luar kantor, satu orang setiap baris: nama, asal."
        form.fields["off_hours"].help_text = self.warning(form, start)

    def warning(self, form: PageForm, start: Mapping[str, Any]) -> str:
        """Say at the box why the time that the form holds is an odd one, "" for working time."""
        held = form.data if form.is_bound else {**start, **form.initial}
        begins = self.instant(as_day(held.get("held_on")), as_clock(held.get("start")))
        why = off_hours(self.unit, begins) if begins else ""
        return f"{why}. Centang bila rapat memang diadakan saat itu." if why else ""

    def initial(self) -> dict[str, Any]:
        """What stands in the meeting; for a new one, what the SOP proposes."""
        if self.meeting is not None:
            return of_meeting(self.meeting)
        people = self.people
        return {
            "title": f"Rapat {self.task.case.title}"[:240],
            "start": time(9),
            "urgency": Urgency.BIASA.value,
            "chair": str(people.chair.uid) if people.chair else "",
            "secretary": str(people.secretary.uid) if people.secretary else "",
            "positions": [str(one.uid) for one in people.positions],
        }

    def plan(self, value: Value) -> MeetingPlan:
        """Read the plan from parsed values; what does not read counts as missing."""
        day, start, end = as_day(value("held_on")), as_clock(value("start")), as_clock(value("end"))
        return MeetingPlan(
            title=str(value("title") or ""),
            starts_at=self.instant(day, start),
            ends_at=self.instant(day, end),
            place=str(value("place") or ""),
            agenda=str(value("agenda") or ""),
            urgency=urgency_of(value("urgency")),
            chair=self.positions.get(str(value("chair"))),
            secretary=self.positions.get(str(value("secretary"))),
            positions=[self.positions[uid] for uid in value("positions") or () if uid in self.positions],
            guests=guests_in(str(value("guests") or "")),
            off_hours=value("off_hours") in (True, "on", "True"),
        )

    def instant(self, day: date | None, clock: time | None) -> datetime | None:
        if day is None or clock is None:
            return None
        return datetime.combine(day, clock, ZoneInfo(self.unit.zone))


def off_hours_field() -> forms.BooleanField:
    """Return the box that says that a time outside working time is meant."""
    return forms.BooleanField(label="Rapat di luar hari atau jam kerja", required=False)


def many(positions: dict[str, Position]) -> forms.MultipleChoiceField:
    choices = [(uid, one.title) for uid, one in positions.items()]
    return forms.MultipleChoiceField(
        label="Peserta", choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its fields show it (four queries at most)."""
    zone = ZoneInfo(meeting.unit.zone)
    start = meeting.starts_at.astimezone(zone)
    rows = list(meeting.invitees.select_related("position").order_by("sequence", "id"))
    guests = [", ".join(part for part in (row.guest, row.agency) if part) for row in rows if not row.position]
    return {
        "title": meeting.title,
        "held_on": start.date(),
        "start": start.time(),
        "end": meeting.ends_at.astimezone(zone).time() if meeting.ends_at else None,
        "off_hours": bool(off_hours(meeting.unit, meeting.starts_at)),
        "place": meeting.place,
        "agenda": meeting.agenda,
        "urgency": meeting.urgency,
        "chair": str(meeting.chair.uid),
        "secretary": str(meeting.secretary.uid),
        "positions": list(dict.fromkeys(str(row.position.uid) for row in rows if row.position)),
        "guests": "\n".join(guests),
    }


def urgency_of(value: Any) -> Urgency:
    """Read a Sifat; what is none is an ordinary one."""
    return next((one for one in Urgency if one.value == value), Urgency.BIASA)


def guests_in(text: str) -> Sequence[Guest]:
    """ "Budi, BPS Kabupaten" on each line."""
    parts = [line.partition(",") for line in text.splitlines() if line.strip()]
    return [Guest(name.strip(), agency.strip()) for name, _, agency in parts]


def as_day(shown: Any) -> date | None:
    """A day as the form reads it, or as a draft has kept it."""
    return shown if isinstance(shown, date) else cleaned(DayField(required=False), shown)


def as_clock(shown: Any) -> time | None:
    return shown if isinstance(shown, time) else cleaned(ClockField(required=False), shown)


def cleaned(field: forms.Field, shown: Any) -> Any:
    try:
        return field.clean(shown)
    except forms.ValidationError:
        return None


class MoveForm(PageForm):
    """Another day, hour or place for a meeting, and why."""

    held_on = DayField(label="Hari rapat")
    start = ClockField(label="Mulai")
    end = ClockField(label="Selesai", required=False, help_text="Kosongkan bila sampai selesai.")
    off_hours = off_hours_field()
    place = forms.CharField(label="Tempat", max_length=200)
    reason = forms.CharField(label="Alasan", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = ZoneInfo(meeting.unit.zone)
        # Whoever meant the time so far has not meant the one that it is moved to.
        for name, value in of_meeting(meeting).items():
            if name in self.fields and name != "off_hours":
                self.fields[name].initial = value

    def instant(self, name: str) -> datetime | None:
        """An hour of the form on its day."""
        clock = self.cleaned_data.get(name)
        return datetime.combine(self.cleaned_data["held_on"], clock, self.zone) if clock else None


class MeetingForm(PageForm):
    """The plan on a page of its own."""

    def __init__(self, *, fields: PlanFields, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        fields.add_to(self)
