"""A file control that remembers: what was given before an error is shown as attached, not asked for again."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms

from runtut.documents.models import StoredFile
from runtut.web.forms.base import PageForm

ACCEPT: Final = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt,.ods,.txt,.csv"
TOLD: Final = "PDF, foto, Word, atau Excel; paling besar 10 MB."


class KeptFileInput(forms.FileInput):
    """The browser's file control, with the file already given beside it. `kept` is that file; its uid is sent
    back under `<name>_simpan`."""

    template_name = "web/components/berkas_isian.html"
    kept: StoredFile | None = None

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPT})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "kept": self.kept}


class KeptFileField(forms.FileField):
    """A file that may have been given earlier. An empty one is refused where it is stored, with its name."""

    def __init__(self, *, label: str, help_text: str = TOLD) -> None:
        super().__init__(
            label=label, required=False, widget=KeptFileInput(), help_text=help_text, allow_empty_file=True
        )

    def show_kept(self, file: StoredFile | None) -> None:
        """Show a file as attached already."""
        self.widget.kept = file


class KeepingForm(PageForm):
    """A form whose `file` was perhaps given before an error: `kept` is what is stored of it."""

    kept: StoredFile | None = None

    def keep(self, file: StoredFile | None) -> None:
        """Hold a file that has been stored already, and show it."""
        self.kept = file
        cast(KeptFileField, self.fields["file"]).show_kept(file)
