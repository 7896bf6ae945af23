"""What an office calls the positions that an SOP names and the office does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from runtut.procedures.queries import ForeignTitle
from runtut.web.forms.sop import SopForm


@dataclass(frozen=True)
class TitleRow:
    """One foreign title on the page: where the SOP uses it, and the control for the office's own."""

    written: str
    where: str
    has_match: bool
    field: forms.BoundField


class TitlesForm(SopForm):
    """A word for each foreign title, the office's own proposed; left as it is, the title stays."""

    name: ClassVar[str] = "titles"

    def __init__(self, *args: Any, foreign: Sequence[ForeignTitle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.foreign = foreign
        for one in foreign:
            written = one.mention.written
            field = forms.CharField(
                label=f"Pengganti {written}", required=False, initial=one.proposed or written
            )
            self.add_field(one.key, field)

    @property
    def rows(self) -> Iterator[TitleRow]:
        for one in self.foreign:
            yield TitleRow(one.mention.written, where_used(one), bool(one.proposed), self[one.key])


def where_used(one: ForeignTitle) -> str:
    """ "pelaksana; langkah 1, 2, 7; identitas" """
    mention = one.mention
    places = ["pelaksana"] if mention.performer else []
    if mention.steps:
        places.append(f"langkah {', '.join(str(no) for no in mention.steps)}")
    if mention.identity:
        places.append("nama dan identitas")
    return "; ".join(places)
