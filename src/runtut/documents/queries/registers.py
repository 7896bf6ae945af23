from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from runtut.core.dates import roman_month
from runtut.documents.enums import RegisterKind
from runtut.documents.formulas.numbering import TEMPLATES, number_text
from runtut.documents.models import Register, RegisterEntry
from runtut.organisations.models import OrganisationUnit


def entries_of(*, register: Register) -> QuerySet[RegisterEntry]:
    """Return the numbers of a register, voided ones too, newest first."""
    return RegisterEntry.objects.filter(register=register).select_related("taken_by").order_by("-sequence")


SAMPLE_CLASS = "000.8.6.3"
SAMPLES = {RegisterKind.SOP: "000.8.3.3"}


@dataclass(frozen=True)
class RegisterLine:
    """A register of an office as it stands: its pattern, the last number, and what the next one would be."""

    kind: RegisterKind
    template: str
    last_number: int
    sample: str


def register_lines(*, office: OrganisationUnit, on: date) -> list[RegisterLine]:
    """Return the registers of an office for the year of a day, those not yet used too. Two queries."""
    rows = {one.kind: one for one in Register.objects.filter(unit=office, year=on.year)}
    earlier = Register.objects.filter(unit=office, year__lt=on.year).order_by("year")
    carried = {one.kind: one.template for one in earlier}
    lines = []
    for kind in RegisterKind:
        row = rows.get(kind)
        template = row.template if row else carried.get(kind, TEMPLATES[kind])
        last = row.last_number if row else 0
        lines.append(
            RegisterLine(
                kind,
                template,
                last,
                sample_number(template, office, last + 1, on, SAMPLES.get(kind, SAMPLE_CLASS)),
            )
        )
    return lines


def next_sop_number(
    *, office: OrganisationUnit, on: date, is_taken: Callable[[str], bool] = lambda text: False
) -> str:
    """Return the number that the next SOP of an office would take on a day, those taken passed over. Two
    queries."""
    line = next(one for one in register_lines(office=office, on=on) if one.kind == RegisterKind.SOP)
    sequence, text = line.last_number + 1, line.sample
    while is_taken(text):
        sequence += 1
        text = sample_number(line.template, office, sequence, on, SAMPLES[RegisterKind.SOP])
    return text


def sample_number(
    template: str, office: OrganisationUnit, sequence: int, on: date, code: str = SAMPLE_CLASS
) -> str:
    """Return how a number of a checked pattern would look; an office without a code shows a mark for it."""
    return number_text(
        template,
        {
            "klasifikasi": code,
            "urut": str(sequence),
            "unit": office.code or "(kode surat unit)",
            "bulan_romawi": roman_month(on.month),
            "tahun": str(on.year),
        },
    )
