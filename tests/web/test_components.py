"""The tags: what they draw, and that an unknown argument is an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from runtut.core.worktime import NORMAL, Calendar, HoursRule, build_calendar
from runtut.web.forms.base import ClockField, DayField, PageForm, day_after, last_day, open_end
from runtut.web.frame.deadlines import deadline
from runtut.web.frame.strips import Back, FlowMark, StepLine


def draw(text: str, **context: object) -> str:
    return Template("{% load runtut %}" + text).render(Context(context))


def office_hours() -> Calendar:
    """08.00 to 12.00 and 13.00 to 16.30 on weekdays, WIB: 450 minutes a day."""
    spans = [(time(8), time(12)), (time(13), time(16, 30))]
    hours = [
        HoursRule(
            kind=NORMAL, valid_from=date(2026, 1, 1), valid_until=None, weekday=day, start=start, end=end
        )
        for day in range(5)
        for start, end in spans
    ]
    return build_calendar(
        hours=hours,
        holidays=[],
        zone="Asia/Jakarta",
        version=1,
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour - 7, minute, tzinfo=UTC)


class Sample(PageForm):
    name = forms.CharField(label="Nama", help_text="Lengkap.")
    day = DayField(label="Tanggal", required=False)
    start = ClockField(label="Mulai", required=False)
    agreed = forms.BooleanField(label="Setuju", required=False)


@dataclass
class GateSample:
    label: str
    met: bool
    hint: str = ""
    anchor: str = ""


@pytest.mark.parametrize(
    ("due", "tone", "text"),
    [
        (wib(2, 9), "terlambat", "terlambat 1 jam"),
        (wib(2, 12), "dekat", "2 jam kerja lagi"),
        (wib(2, 16, 30), "", "hari ini"),
        (wib(4, 10), "", "2 hari kerja lagi"),
        (wib(20, 10), "", "Jumat, 20 Mar"),
    ],
)
def test_deadline_is_plain_until_it_matters(due: datetime, tone: str, text: str) -> None:
    label = deadline(due_at=due, at=wib(2, 10), calendar=office_hours())

    assert (label.tone, label.text) == (tone, text)


def test_late_by_days_is_said_in_working_days() -> None:
    label = deadline(due_at=wib(2, 10), at=wib(3, 10), calendar=office_hours())

    assert label.text == "terlambat 1 hari kerja"
    assert label.exact == "Senin, 2 Mar 10.00"
    assert label.is_late


def test_field_ties_label_help_and_error_to_the_control() -> None:
    text = draw("{% field form.name %}", form=Sample({}))

    assert '<label class="form-label" for="id_name">Nama</label>' in text
    assert '<p class="bantuan" id="id_name_helptext">Lengkap.</p>' in text
    assert 'id="id_name_error"' in text
    assert "Nama belum diisi." in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'aria-invalid="true"' in text


def test_field_says_when_it_may_stay_empty() -> None:
    assert "boleh kosong" in draw("{% field form.day %}", form=Sample())
    assert "boleh kosong" not in draw("{% field form.name %}", form=Sample())


@pytest.mark.parametrize("written", ["2026-11-21", "21/11/2026", "21-11-2026", "21.11.2026"])
def test_day_is_read_as_people_write_it(written: str) -> None:
    form = Sample({"name": "a", "day": written, "start": "07.30"})

    assert form.is_valid()
    assert (form.cleaned_data["day"], form.cleaned_data["start"]) == (date(2026, 11, 21), time(7, 30))


def test_unreadable_day_and_time_say_how_to_write_them() -> None:
    form = Sample({"name": "a", "day": "21 Nop", "start": "setengah delapan"})

    assert form.errors["day"] == ["Tanggal tidak terbaca. Tulis seperti 21/11/2026."]
    assert form.errors["start"] == ["Jam tidak terbaca. Tulis seperti 07.30."]


def test_last_day_is_shown_inclusive_and_stored_exclusive() -> None:
    day = date(2026, 12, 31)

    assert day_after(day) == date(2027, 1, 1)
    assert last_day(day_after(day)) == day
    assert (open_end(None), last_day(None)) == (None, None)


def test_error_summary_counts_and_links_to_the_fields() -> None:
    form = Sample({"day": "x"})

    text = draw("{% galat form %}", form=form)

    assert "Ada 2 hal yang perlu diperbaiki" in text
    assert '<a href="#id_name">Nama belum diisi.</a>' in text
    assert draw("{% galat form %}", form=Sample()).strip() == ""


def test_gates_put_the_unmet_first_and_count_the_met() -> None:
    gates = [GateSample("Konsep terlampir", met=True), GateSample("Paraf belum ada", met=False, anchor="c3")]

    text = draw("{% syarat gates %}", gates=gates)

    assert text.index("Paraf belum ada") < text.index("Konsep terlampir")
    assert "1 dari 2 terpenuhi" in text
    assert 'href="#c3"' in text


def test_flow_strip_marks_where_the_run_is_and_where_it_came_back_to() -> None:
    marks = [
        FlowMark(1, "Susun", "Pengelola", "selesai", backs=(Back(1, 2), Back(3, 1))),
        FlowMark(2, "Periksa", "Sekcam", "kini"),
        FlowMark(3, "Setujui", "Camat", "nanti"),
    ]

    text = draw("{% alur marks 'Langkah 2 dari 3.' %}", marks=marks)

    assert text.count('aria-current="step"') == 1
    assert "pernah dikembalikan ke sini 3 kali" in text
    assert text.count("kembali 3×") == text.count('class="lengkung j1"') == 1
    assert text.count('class="lengkung j3 luar"') == 1


def test_step_row_says_used_of_standard_and_lateness_in_text() -> None:
    line = StepLine(2, "Telaah", "Sekcam", "selesai", "5 menit", used="48 menit", over="43 menit")

    text = draw("{% langkah line %}", line=line)

    assert "<span>48 menit</span> dari 5 menit" in text
    assert '<span class="lewat">lewat 43 menit</span>' in text


def test_status_is_word_and_icon() -> None:
    text = draw("{% status 'dikembalikan' %}")

    assert "Dikembalikan</span>" in text
    assert '<svg class="i"' in text


def test_person_in_position_escapes_the_name() -> None:
    text = draw("{% pejabat 'Sekcam' name acting='(Plt.)' is_demo=True %}", name="<b>Rina</b>")

    assert text.startswith('<span class="nw">Sekcam\u00a0·\u00a0(Plt.)</span> &lt;b&gt;Rina&lt;/b&gt;')
    assert "(contoh)" in text


def test_blank_is_not_zero() -> None:
    assert draw("{{ value|angka }}", value=None) == ""
    assert draw("{{ value|angka }}", value=Decimal(0)) == "0"
    assert draw("{{ value|angka:2 }}", value=Decimal("1250.5")) == "1.250,50"


@pytest.mark.parametrize("tag", ["{% status 'draf' colour='red' %}", "{% kosong 'Kosong.' link='x' %}"])
def test_argument_that_a_component_does_not_know_is_an_error(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(tag)
