"""Forms around the figures of a quarter: a filled-in workbook, opening and locking again."""

from __future__ import annotations

from django import forms

from runtut.web.forms.base import PageForm

FILE_HELP = "Templat .xlsx yang diunduh dari halaman ini dan sudah diisi; paling besar 10 MB."
REASON_HELP = "Dibaca pemilik realisasi dan tercatat pada jejak audit."
RULE_HELP = "Tertulis pada pemberitahuan kunci di samping angka."


class SheetForm(PageForm):
    berkas = forms.FileField(
        label="Berkas isian",
        help_text=FILE_HELP,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["berkas"].error_messages["empty"] = "Berkas ini kosong. Pilih berkas yang berisi."


class OpeningForm(PageForm):
    reason = forms.CharField(
        label="Alasan membuka",
        help_text=REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LockAgainForm(PageForm):
    rule = forms.CharField(label="Aturan", help_text=RULE_HELP, max_length=200)
