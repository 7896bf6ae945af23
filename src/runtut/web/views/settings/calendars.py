"""Pengaturan: working hours and holidays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.organisations.actions import give_own_calendar, remove_holiday, set_holiday, set_hours
from runtut.organisations.enums import HoursKind
from runtut.organisations.models import Authority, WorkCalendar
from runtut.web.forms.calendar import CalendarNameForm, HolidayForm, HoursForm
from runtut.web.forms.settings import NoForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.frame.parsing import whole_number
from runtut.web.showing.calendar_reading import calendar_page, calendar_rows, hours_initial
from runtut.web.views.settings.common import SECTION, administered_units, find_unit, root_crumbs, unit_crumbs

DEADLINES_MOVE = "Tenggat tugas yang masih terbuka dihitung ulang; yang sudah selesai tidak berubah."

DROP_CONSEQUENCES = (
    "Hari itu menjadi hari kerja bagi semua unit yang memakai kalender ini.",
    DEADLINES_MOVE,
)


def calendar_crumbs(calendar: WorkCalendar | None = None) -> tuple[Crumb, ...]:
    trail = (*root_crumbs(), Crumb("Kalender kerja", reverse("web:kalender_daftar")))
    return (*trail, Crumb(calendar.name, reverse("web:kalender", args=[calendar.uid]))) if calendar else trail


def find_calendar(request: HttpRequest, uid: UUID) -> tuple[Authority, WorkCalendar]:
    """The administrator's authority and a calendar of their units; 404 for any other."""
    authority = ensure_administration(request)
    units = administered_units(authority).values("pk")
    found = WorkCalendar.objects.filter(uid=uid, units__in=units).distinct().first()
    if found is None:
        raise Http404
    return authority, found


@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """The calendars of the administered units."""
    authority = ensure_administration(request)
    context = {"rows": calendar_rows(administered_units(authority))}
    return page(
        request, "web/pengaturan/kalender_daftar.html", context, section=SECTION, crumbs=root_crumbs()
    )


@require_GET
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One calendar: hours in force and the holidays of a year."""
    _, found = find_calendar(request, uid)
    this_year = today(request).year
    year = whole_number(request.GET.get("tahun", ""), this_year, 2000, 2100)
    context = {"shown": calendar_page(found, year=year, on=today(request))}
    return page(request, "web/pengaturan/kalender.html", context, section=SECTION, crumbs=calendar_crumbs())


def add_holiday(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new holiday."""
    authority, found = find_calendar(request, uid)
    form = HolidayForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda data: set_holiday(
            calendar=found, **form.arguments(), authority=authority, at=moment(request)
        ),
        words=FormText("Tambah hari libur", "Tambah hari libur", "Hari libur ditambahkan.", DEADLINES_MOVE),
        back=reverse("web:kalender", args=[uid]),
        section=SECTION,
        crumbs=calendar_crumbs(found),
    )


def drop_holiday(request: HttpRequest, uid: UUID, day: date) -> HttpResponse:
    """Make a holiday a working day again, after a confirmation."""
    authority, found = find_calendar(request, uid)
    holiday = found.holidays.filter(date=day).first()
    if holiday is None:
        raise Http404
    words = FormText(
        f"Hapus {holiday.name}", "Jadikan hari kerja", "Hari libur dihapus.", "", DROP_CONSEQUENCES, True
    )
    return form_page(
        request,
        form=NoForm(posted(request)),
        act=lambda data: remove_holiday(calendar=found, day=day, authority=authority, at=moment(request)),
        words=words,
        back=reverse("web:kalender", args=[uid]),
        section=SECTION,
        crumbs=calendar_crumbs(found),
    )


def hours(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Weekly hours from a day on."""
    authority, found = find_calendar(request, uid)
    kind = request.GET.get("jenis", HoursKind.NORMAL)
    form = HoursForm(posted(request), initial=hours_initial(found, kind=kind, on=today(request)))
    return form_page(
        request,
        form=form,
        act=lambda data: set_hours(
            calendar=found, **form.arguments(), authority=authority, at=moment(request)
        ),
        words=FormText("Ubah jam kerja", "Simpan jam kerja", "Jam kerja disimpan.", DEADLINES_MOVE),
        back=reverse("web:kalender", args=[uid]),
        section=SECTION,
        crumbs=calendar_crumbs(found),
        template="web/pengaturan/jam.html",
    )


def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a unit a calendar of its own."""
    authority, unit = find_unit(request, uid)
    return form_page(
        request,
        form=CalendarNameForm(posted(request), initial={"name": f"Kalender {unit.short_name}"}),
        act=lambda data: give_own_calendar(unit=unit, **data, authority=authority, at=moment(request)),
        words=FormText(
            f"Kalender sendiri untuk {unit.short_name}",
            "Buat kalender",
            "Kalender dibuat.",
            "Salinan kalender yang sekarang dipakai; sesudahnya dapat diubah sendiri.",
        ),
        back=reverse("web:kalender_daftar"),
        section=SECTION,
        crumbs=unit_crumbs(unit),
    )
