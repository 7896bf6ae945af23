"""Parts of the work with meetings and with what they leave to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import cached_property

from runtut.cases.actions import NewItem
from runtut.cases.contrib import agreement_wording, monitoring_words
from runtut.cases.models import Case, FollowUp, Meeting
from runtut.cases.queries import (
    MeetingView,
    follow_ups_of,
    latest_meeting,
    meeting_at_work,
    meeting_page,
    running_child,
)
from runtut.organisations.models import Position
from runtut.organisations.queries import positions_in
from runtut.web.forms.base import DayField, PageForm
from runtut.web.forms.meeting import FREE, PlanFields, as_day
from runtut.web.parts.base import TaskPart, lines, wording
from runtut.web.parts.follow_up_rows import FollowUpRow, follow_up_rows
from runtut.web.parts.office import DisposisiPart

NEW_ROWS: Final = 3


class InvitationPart(TaskPart):
    """The plan of a meeting; the Undangan is made of it."""

    made_outputs = 1
    free: ClassVar = FREE

    @cached_property
    def plan_fields(self) -> PlanFields:
        return PlanFields(self.task)

    def add_fields(self, form: PageForm) -> None:
        self.plan_fields.add_to(form)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"plan": self.plan_fields.plan(value)}


class OrderMeetingPart(InvitationPart):
    """An order to meet, with the plan."""

    free: ClassVar = FREE | {"note"}

    def add_fields(self, form: PageForm) -> None:
        order = DisposisiPart(task=self.task, authority=self.authority, at=self.at, sent=self.sent)
        order.add_fields(form)
        super().add_fields(form)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {**super().work_data(value), "instruction": value("instruction"), "note": value("note")}


class MeetingPart(TaskPart):
    """A meeting that is held, or whose minutes are written, on its own page. Without a meeting the outputs
    are handed in by hand."""

    template = "web/kerja/bagian/rapat.html"

    @cached_property
    def meeting(self) -> Meeting | None:
        return meeting_at_work(self.task)

    @cached_property
    def view(self) -> MeetingView | None:
        return meeting_page(meeting=self.meeting, at=self.at) if self.meeting else None

    @cached_property
    def called(self) -> Case | None:
        """The run in which the meeting is held, where the step calls an SOP of its own for it."""
        return running_child(self.task.pk) if self.step.calls else None

    @property
    def child(self) -> Case | None:
        return self.called

    @property
    def may_replan(self) -> bool:
        """Whether the plan may still change: the meeting is this step's, and its list is open."""
        return self.meeting is not None and self.meeting.closed_at is None

    @property
    def by_hand(self) -> bool:
        """Whether the papers are handed in: there is no meeting, and none is under way."""
        return self.meeting is None and self.child is None

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return self.step.outputs if self.by_hand else self.other_outputs

    @property
    def other_outputs(self) -> tuple[str, ...]:
        """What a meeting does not make by itself."""
        words = ("hadir", "notul", "catatan")
        return tuple(name for name in self.step.outputs if not any(word in name.lower() for word in words))


class HoldMeetingPart(MeetingPart):
    def add_fields(self, form: PageForm) -> None:
        if self.by_hand:
            form.add_field("held_on", DayField(label="Tanggal rapat", required=False))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"held_on": value("held_on")} if self.by_hand else {}


class MinutesPart(MeetingPart):
    @cached_property
    def meeting(self) -> Meeting | None:
        return latest_meeting(self.task)


class FollowUpPart(TaskPart):
    """What a meeting has left to do, as rows that lead to their pages."""

    template = "web/kerja/bagian/tindak.html"
    made_outputs = 1

    @cached_property
    def items(self) -> list[FollowUp]:
        return follow_ups_of(self.task.case)

    @cached_property
    def rows(self) -> list[FollowUpRow]:
        return follow_up_rows(self.items, at=self.at, unit=self.task.case.unit)


class AgreementPart(FollowUpPart):
    """The Berita acara: its opening, and items that stand in minutes kept on paper."""

    @cached_property
    def positions(self) -> dict[str, Position]:
        return {str(one.uid): one for one in positions_in(unit=self.task.case.unit)}

    @property
    def free(self) -> frozenset[str]:  # type: ignore[override]  # known only with the number of rows
        return frozenset(name for number in self.numbers for name in row_names(number))

    @cached_property
    def numbers(self) -> range:
        """One row more than the minutes have; several where they have none."""
        return range(1, (1 if self.items else NEW_ROWS) + 1)

    def add_fields(self, form: PageForm) -> None:
        form.add_field("intro", wording("Pembuka", agreement_wording(self.task, self.at).opening))
        choices = [("", "Pilih jabatan"), *((uid, one.title) for uid, one in self.positions.items())]
        for number in self.numbers:
            text, who, due = row_names(number)
            form.add_field(text, lines(f"Butir tambahan {number}", rows=2))
            form.add_field(who, forms.ChoiceField(label="Penanggung jawab", choices=choices, required=False))
            form.add_field(due, DayField(label="Batas waktu", required=False))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        items = [item for number in self.numbers if (item := self.new_item(number, value))]
        return {"intro": value("intro"), "items": items}

    def new_item(self, number: int, value: Callable[[str], Any]) -> NewItem | None:
        """A row that says what, who and when; an unfinished one is kept in the draft."""
        text, who, due = (value(name) for name in row_names(number))
        day: date | None = as_day(due)
        position = self.positions.get(str(who))
        return NewItem(str(text), position, day) if text and position and day else None


def row_names(number: int) -> tuple[str, str, str]:
    return f"butir-{number}-text", f"butir-{number}-position", f"butir-{number}-due"


class MonitoringPart(FollowUpPart):
    """The Laporan pemantauan: its words, and why what is open is open."""

    def add_fields(self, form: PageForm) -> None:
        if not self.items:
            return
        words = monitoring_words(self.task, self.items, self.at)
        form.add_field("intro", wording("Pembuka", words.intro))
        form.add_field("summary", wording("Kesimpulan", words.summary))
        for row in self.rows:
            if row.needs_reason:
                form.add_field(f"reason-{row.uid}", lines(f"Mengapa belum selesai: {row.text}", rows=2))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        if not self.items:
            return {}
        reasons = {str(row.uid): value(f"reason-{row.uid}") for row in self.rows if row.needs_reason}
        return {"intro": value("intro"), "summary": value("summary"), "reasons": reasons}

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return super().asked_outputs if self.items else self.step.outputs
