"""What a person may do, what not, and why, in sentences for the page Saya."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from runtut.accounts.models import User
from runtut.organisations.enums import OFFICE_KINDS, Capacity, OversightKind
from runtut.organisations.models import Authority, Mandate, OrganisationUnit
from runtut.organisations.queries.authorities import Grant, grants_of
from runtut.organisations.queries.dates import in_force


@dataclass(frozen=True)
class Power:
    """One authority with its dates, its basis, and what it allows. `is_sleeping` while somebody acts instead.
    `until` is the first day on which it no longer holds."""

    authority: Authority
    unit: str
    since: date
    until: date | None
    basis: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    is_sleeping: bool = False


def my_powers(*, user: User, on: date) -> list[Power]:
    """Return what each of a person's posts, mandates and oversights allows on a day. Four queries."""
    grants = grants_of(user=user, on=on)
    units = OrganisationUnit.objects.in_bulk({grant.authority.unit_id for grant in grants})
    acting = acting_for([grant.authority.position_id for grant in grants if grant.replaced], on)
    return [power_from(grant, units[grant.authority.unit_id], acting) for grant in grants]


def acting_for(position_ids: list[int | None], on: date) -> dict[int, Mandate]:
    mandates = Mandate.objects.filter(in_force(on), position__in=position_ids).select_related("user")
    return {mandate.position_id: mandate for mandate in mandates}


def power_from(grant: Grant, unit: OrganisationUnit, acting: dict[int, Mandate]) -> Power:
    mandate = acting.get(grant.authority.position_id or 0) if grant.replaced else None
    may, may_not = sleeping(grant, mandate) if mandate else awake(grant, unit)
    return Power(
        authority=grant.authority,
        unit=unit.name,
        since=grant.since,
        until=grant.until,
        basis=grant.decree,
        may=tuple(may),
        may_not=tuple(may_not),
        is_sleeping=mandate is not None,
    )


def awake(grant: Grant, unit: OrganisationUnit) -> tuple[list[str], list[str]]:
    if grant.authority.capacity == Capacity.OVERSIGHT:
        return oversight(grant, unit)
    if grant.authority.capacity == Capacity.DEFINITIVE:
        return definitive(grant)
    return by_mandate(grant)


def definitive(grant: Grant) -> tuple[list[str], list[str]]:
    title = grant.authority.position_title
    may = [
        f"Sebagai {title} Anda boleh menyelesaikan setiap langkah SOP yang menjadi tugas jabatan ini.",
        "Anda boleh melihat pekerjaan, dokumen, dan angka kinerja kantor ini.",
    ]
    if grant.is_head and grant.unit_kind in OFFICE_KINDS:
        may.append(
            "Sebagai pejabat definitif Anda boleh menandatangani Perjanjian Kinerja dan menetapkan Renja."
        )
    return may, [
        "Anda tidak boleh mengerjakan langkah milik jabatan lain, karena setiap langkah dicatat atas nama "
        "jabatan yang memegangnya.",
        "Anda tidak boleh mengubah unit, jabatan, orang, dan hari libur, karena itu tugas administrator.",
    ]


def by_mandate(grant: Grant) -> tuple[list[str], list[str]]:
    name = f"{grant.authority.capacity.label} {grant.authority.position_title}"
    return [
        f"Sebagai {name} Anda boleh menyelesaikan langkah SOP dan menandatangani surat serta dokumen rutin; "
        f"tertulis sebagai “{name}”.",
        "Jabatan definitif Anda sendiri tetap berlaku.",
    ], [
        f"Sebagai {name} Anda tidak boleh menandatangani Perjanjian Kinerja dan menetapkan Renja atau "
        "Renstra, karena itu keputusan strategis (UU 30/2014 Pasal 14 ayat 7).",
    ]


def oversight(grant: Grant, unit: OrganisationUnit) -> tuple[list[str], list[str]]:
    kind = OversightKind(grant.authority.oversight)
    may = [
        f"Anda boleh melihat pekerjaan, dokumen, dan angka kinerja {unit.name} dan semua unit di bawahnya."
    ]
    if kind == OversightKind.ADMINISTRATOR:
        may.append(f"Anda boleh mengatur unit, jabatan, orang, mandat, dan kalender kerja {unit.name}.")
    if kind == OversightKind.EVALUATOR:
        may.append("Anda boleh mengevaluasi unit-unit itu.")
    return may, [
        f"Sebagai {kind.label.lower()} Anda tidak boleh menyelesaikan langkah SOP, karena itu tugas pemegang "
        "jabatan.",
    ]


def sleeping(grant: Grant, mandate: Mandate) -> tuple[list[str], list[str]]:
    acting = f"{mandate.get_kind_display()} {mandate.user.display_name}"
    return [], [
        f"Selama {acting} bertugas, wewenang {grant.authority.position_title} dijalankan olehnya, jadi Anda "
        "tidak dapat bertindak dalam jabatan ini. Bila Anda sudah kembali bertugas, minta administrator "
        "mengakhiri mandat itu.",
    ]
