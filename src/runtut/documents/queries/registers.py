from __future__ import annotations

from django.db.models import QuerySet

from runtut.documents.models import Register, RegisterEntry
from runtut.organisations.models import Authority
from runtut.organisations.queries import units_within


def registers_open_to(*, authority: Authority, year: int) -> list[Register]:
    """Return the registers of a year that an authority opens. One query."""
    rows = Register.objects.filter(unit__in=units_within([authority.opens]), year=year)
    return list(rows.select_related("unit").order_by("unit__path", "kind"))


def entries_of(*, register: Register) -> QuerySet[RegisterEntry]:
    """Return the numbers of a register, voided ones too, newest first."""
    return RegisterEntry.objects.filter(register=register).select_related("taken_by").order_by("-sequence")


def missing_numbers(*, register: Register) -> list[int]:
    """Return the numbers up to the last that no entry stands for: none, unless rows were removed by hand."""
    taken = set(RegisterEntry.objects.filter(register=register).values_list("sequence", flat=True))
    last = Register.objects.values_list("last_number", flat=True).get(pk=register.pk)
    return [number for number in range(1, last + 1) if number not in taken]
