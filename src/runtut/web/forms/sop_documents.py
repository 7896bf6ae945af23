"""Documents given for import, any number at once."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from runtut.procedures.importing import MAX_BYTES
from runtut.web.forms.base import PageForm

ACCEPTED: Final = (
    ".pdf,.docx,.doc,.odt,.rtf,.xlsx,.xls,.ods,.jpg,.jpeg,.png,.tif,.tiff,.txt,.html,.htm,.json,"
    ".bpmn,.bpmn2,.xml"
)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; each is judged by the reader, not here."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError("Belum ada berkas yang dipilih.", code="required")
        return list(given)


class DocumentsForm(PageForm):
    berkas = ManyFilesField(
        label="Dokumen SOP",
        help_text=(
            "PDF, Word, Excel, LibreOffice, foto atau pindaian (.jpg, .png, .tif), .txt, .html, .json, atau "
            ".bpmn; paling banyak 200 sekaligus."
        ),
        widget=ManyFiles(attrs={"multiple": True, "accept": ACCEPTED, "data-batas": MAX_BYTES // 1024**2}),
    )
