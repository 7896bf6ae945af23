"""Forms of Pengaturan: units and positions."""

from __future__ import annotations

from typing import Any

from django import forms

from runtut.organisations.enums import Role, UnitKind
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.models.unit import PATH_STEP
from runtut.web.forms.base import DayField, PageForm


class NoForm(PageForm):
    """A confirmation: nothing to fill in."""


class UnitForm(PageForm):
    """A new unit."""

    kind = forms.ChoiceField(label="Jenis unit", choices=UnitKind.choices)
    name = forms.CharField(label="Nama lengkap", help_text="Seperti pada kop surat: Kecamatan Sukamaju.")
    short_name = forms.CharField(label="Nama singkat", help_text="Untuk daftar dan pilihan: Kec. Sukamaju.")


class UnitNameForm(PageForm):
    name = forms.CharField(label="Nama lengkap")
    short_name = forms.CharField(label="Nama singkat")


class LetterheadForm(PageForm):
    code = forms.CharField(
        label="Kode surat", required=False, help_text="Bagian nomor surat yang menunjuk kantor ini: KEC.SKM."
    )
    address = forms.CharField(label="Alamat", required=False)
    contact = forms.CharField(label="Telepon dan surel", required=False)


class UnitChoice(forms.ModelChoiceField):
    """A unit, shown at its depth in the tree, sent as its uid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=OrganisationUnit.objects.none(), to_field_name="uid", **kwargs)

    def label_from_instance(self, obj: OrganisationUnit) -> str:
        return f"{'— ' * (len(obj.path) // PATH_STEP - 1)}{obj.short_name}"


class UnitMoveForm(PageForm):
    parent = UnitChoice(label="Unit induk yang baru", empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, UnitChoice)
        parent.queryset = units


class PositionForm(PageForm):
    """A new position."""

    role = forms.ChoiceField(
        label="Peran",
        choices=[("", "Pilih peran"), *Role.choices],
        help_text="Dipakai untuk mencocokkan pelaksana SOP dengan jabatan ini.",
    )
    title = forms.CharField(label="Nama jabatan", help_text="Lengkap: Kepala Seksi Pelayanan.")
    short_title = forms.CharField(label="Sebutan", help_text="Pendek, untuk daftar: Kasi Pelayanan.")
    is_head = forms.BooleanField(label="Jabatan ini memimpin unitnya", required=False)


class PositionNameForm(PageForm):
    title = forms.CharField(label="Nama jabatan")
    short_title = forms.CharField(label="Sebutan")


class LastDayForm(PageForm):
    """The last day on which something still holds."""

    last_day = DayField(label="Hari terakhir berlaku")
