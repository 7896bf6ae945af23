"""Which notices a person wants, and where mail goes."""

from __future__ import annotations

from typing import Any

from django import forms

from runtut.accounts.models import User
from runtut.cases.enums import NoticeKind
from runtut.web.forms.base import PageForm


class NoticeForm(PageForm):
    email = forms.CharField(
        label="Alamat surel",
        required=False,
        max_length=254,
        help_text="Kosongkan bila tidak ingin menerima surel.",
    )

    def __init__(
        self, *args: Any, user: User, wanted: dict[NoticeKind, tuple[bool, bool]], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"email": user.email}, **kwargs)
        for kind, (in_app, by_mail) in wanted.items():
            for name, label, chosen in (
                (f"aplikasi-{kind}", f"{kind.label}: di aplikasi", in_app),
                (f"surel-{kind}", f"{kind.label}: lewat surel", by_mail),
            ):
                self.add_field(name, forms.BooleanField(label=label, required=False, initial=chosen))

    @property
    def chosen(self) -> dict[str, tuple[bool, bool]]:
        """The choice of each kind as (in the application, by mail)."""
        return {
            str(kind): (self.cleaned_data[f"aplikasi-{kind}"], self.cleaned_data[f"surel-{kind}"])
            for kind in NoticeKind
        }
