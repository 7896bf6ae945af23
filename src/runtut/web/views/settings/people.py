"""Pengaturan: people and their accounts."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from runtut.accounts.models import User
from runtut.organisations.actions import (
    add_person,
    close_account,
    describe_person,
    end_person_sessions,
    open_account,
    reset_password,
)
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import holders_of, positions_in
from runtut.web.forms.people import NewPersonForm, PersonForm, ResetForm, SeatForm
from runtut.web.forms.settings import NoForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.frame.paging import page_start, window
from runtut.web.showing.people_reading import SIZE, people_rows, person_page
from runtut.web.views.settings.common import SECTION, administered_units, root_crumbs

DETAILS = ("full_name", "title_prefix", "title_suffix", "nip", "rank")


def people_crumbs(user: User | None = None) -> tuple[Crumb, ...]:
    trail = (*root_crumbs(), Crumb("Orang", reverse("web:orang_daftar")))
    return (*trail, Crumb(user.full_name, reverse("web:orang", args=[user.uid]))) if user else trail


def find_person(request: HttpRequest, uid: UUID) -> tuple[Authority, User]:
    """The administrator's authority and a person of the region; 404 for any other."""
    authority = ensure_administration(request)
    found = User.objects.filter(uid=uid, region=authority.region).first()
    if found is None:
        raise Http404
    return authority, found


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people of the region, to be searched."""
    authority = ensure_administration(request)
    words, closed = request.GET.get("q", "").strip(), "tutup" in request.GET
    start = page_start(request)
    rows = people_rows(region=authority.region, words=words, closed=closed, start=start, on=today(request))
    context = {"words": words, "closed": closed, "window": window(request, rows, start, SIZE)}
    return page(request, "web/pengaturan/orang_daftar.html", context, section=SECTION, crumbs=root_crumbs())


@require_GET
def shown(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One person: what is held, and the account."""
    _, found = find_person(request, uid)
    context = {"shown": person_page(found, on=today(request))}
    return page(request, "web/pengaturan/orang.html", context, section=SECTION, crumbs=people_crumbs())


@require_GET
def seats(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The positions of a unit (`?unit=`) to which a person may be appointed, and who holds each today."""
    authority, found = find_person(request, uid)
    units = administered_units(authority).filter(is_active=True)
    form = SeatForm(request.GET if "unit" in request.GET else None, units=units)
    positions = list(positions_in(unit=form.cleaned_data["unit"])) if form.is_valid() else []
    holders = holders_of(position_ids=[one.pk for one in positions], on=today(request))
    rows = [(one, ", ".join(holder.label for holder in holders[one.pk])) for one in positions]
    context = {"user_shown": found, "form": form, "rows": rows}
    crumbs = people_crumbs(found)
    return page(request, "web/pengaturan/orang_angkat.html", context, section=SECTION, crumbs=crumbs)


@sensitive_post_parameters("password")
def new(request: HttpRequest) -> HttpResponse:
    """A new account."""
    authority = ensure_administration(request)
    unit = OrganisationUnit.objects.get(pk=authority.unit_id)
    return form_page(
        request,
        form=NewPersonForm(posted(request)),
        act=lambda data: add_person(unit=unit, **data, authority=authority, at=moment(request)),
        words=FormText(
            "Tambah orang",
            "Tambah orang",
            "Orang ditambahkan. Angkatlah pada jabatannya.",
            "Akun saja belum membuka apa pun; yang membuka adalah jabatan.",
        ),
        back=found_by(request.POST.get("username", "")),
        section=SECTION,
        crumbs=people_crumbs(),
    )


def found_by(username: str) -> str:
    """The list narrowed to one person, who may stand far down in it."""
    return (
        f"{reverse('web:orang_daftar')}?{urlencode({'q': username})}"
        if username
        else reverse("web:orang_daftar")
    )


def describe(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct how a person is named."""
    authority, found = find_person(request, uid)
    initial = {name: getattr(found, name) for name in DETAILS}
    return form_page(
        request,
        form=PersonForm(posted(request), initial=initial),
        act=lambda data: describe_person(user=found, **data, authority=authority, at=moment(request)),
        words=FormText(
            f"Ubah data {found.full_name}",
            "Simpan",
            "Data orang diubah.",
            "Dokumen yang sudah terbit tidak berubah.",
        ),
        back=reverse("web:orang", args=[uid]),
        section=SECTION,
        crumbs=people_crumbs(found),
    )


@sensitive_post_parameters("password")
def reset(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A first password anew."""
    authority, found = find_person(request, uid)
    return form_page(
        request,
        form=ResetForm(posted(request)),
        act=lambda data: reset_password(user=found, **data, authority=authority, at=moment(request)),
        words=FormText(
            f"Kata sandi sementara untuk {found.full_name}",
            "Ganti kata sandi",
            "Kata sandi sementara disimpan. Sampaikan langsung kepada orangnya.",
            consequences=("Semua sesi orang ini berakhir.", "Ia wajib mengganti kata sandi saat masuk."),
        ),
        back=reverse("web:orang", args=[uid]),
        section=SECTION,
        crumbs=people_crumbs(found),
    )


def switch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an open account, or open a closed one."""
    authority, found = find_person(request, uid)
    act = close_account if found.is_active else open_account
    closing = FormText(
        f"Tutup akun {found.full_name}",
        "Tutup akun",
        "Akun ditutup.",
        consequences=("Ia tidak dapat masuk lagi.", "Yang pernah dikerjakannya tetap tercatat atas namanya."),
        is_risky=True,
    )
    opening = FormText(f"Buka lagi akun {found.full_name}", "Buka akun", "Akun dibuka.")
    return form_page(
        request,
        form=NoForm(posted(request)),
        act=lambda data: act(user=found, authority=authority, at=moment(request)),
        words=closing if found.is_active else opening,
        back=reverse("web:orang", args=[uid]),
        section=SECTION,
        crumbs=people_crumbs(found),
    )


def end_sessions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End every session of a person."""
    authority, found = find_person(request, uid)
    return form_page(
        request,
        form=NoForm(posted(request)),
        act=lambda data: end_person_sessions(user=found, authority=authority, at=moment(request)),
        words=FormText(
            f"Akhiri sesi {found.full_name}", "Akhiri semua sesi", "Semua sesi orang itu diakhiri."
        ),
        back=reverse("web:orang", args=[uid]),
        section=SECTION,
        crumbs=people_crumbs(found),
    )
