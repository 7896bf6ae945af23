"""The rows of the realisation grid as a form, shared by the page Kinerja and the step that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from runtut.core.errors import DomainError
from runtut.core.numbers import format_decimal
from runtut.documents.actions import store_file
from runtut.organisations.models import Authority
from runtut.performance.actions import add_evidence, enter_realisation
from runtut.performance.enums import RealisationState
from runtut.performance.models import Objective
from runtut.performance.queries import GridRow
from runtut.web.frame.parsing import whole_number

Typed = Mapping[str, Any]
CONTROLS = {"cause": "sebab", "source": "sumber", "note": "catatan"}
"""The words beside a figure, by the names of their controls; a refusal of anything else is of the figure."""
LOOK_AGAIN = "Periksa lagi angkanya; bila memang benar, jelaskan pada Catatan."


@dataclass
class Entry:
    """One row: the figure as stored, what was typed over it, and what is wrong with that."""

    row: GridRow
    authority: Authority | None
    typed: Typed | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return str(self.row.indicator.uid)

    @property
    def editable(self) -> bool:
        return self.authority is not None and self.row.is_due and not self.row.is_handed_over

    @property
    def version(self) -> int | str:
        """The version that the form is drawn from: the stored one, or the sent one where that was refused."""
        refused = self.typed is not None and "nilai" in self.errors
        return str(self.typed.get(f"versi-{self.key}", "")) if refused and self.typed else self.row.version

    @property
    def is_untouched(self) -> bool:
        """Nothing is stored for the row, and nothing was typed."""
        words = (self.value_text, self.cause, self.source, self.note)
        return self.row.realisation is None and not any(text.strip() for text in words)

    @property
    def is_typed(self) -> bool:
        """Whether the form that was sent held this row; another row keeps what is stored."""
        return self.typed is not None and f"nilai-{self.key}" in self.typed

    @property
    def value_text(self) -> str:
        if self.typed is not None and self.is_typed:
            return str(self.typed.get(f"nilai-{self.key}", ""))
        value = self.row.value
        return "" if value is None else format_decimal(value, self.row.indicator.decimals)

    @property
    def cause(self) -> str:
        return self._words("sebab", self.row.cause)

    @property
    def source(self) -> str:
        return self._words("sumber", self.row.source)

    @property
    def note(self) -> str:
        return self._words("catatan", self.row.note)

    def _words(self, control: str, stored: str) -> str:
        """What was typed beside the figure; what is stored where the form that was sent did not hold it."""
        if self.typed is not None and self.is_typed:
            return str(self.typed.get(f"{control}-{self.key}", stored))
        return stored

    @property
    def tells_more(self) -> bool:
        """Source and note stand open: something is in them, or is wrong with them."""
        return bool(self.source or self.note or "sumber" in self.errors or "catatan" in self.errors)

    @property
    def jump(self) -> str:
        """By how much the stored figure has jumped, with the way out; empty where it has not."""
        return f"{self.row.jump} {LOOK_AGAIN}" if self.row.jump else ""

    @property
    def badge(self) -> str:
        """Key of the status badge: one of the five words."""
        state = self.row.state
        return "menunggu" if state == RealisationState.SUBMITTED else state.value

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(sentence, id of the control) for the error summary."""
        return [(sentence, f"{name}-{self.key}") for name, sentence in self.errors.items()]


@dataclass(frozen=True)
class EntryGroup:
    objective: Objective
    entries: list[Entry]


def entries_of(
    rows: Sequence[GridRow],
    authority_for: Callable[[GridRow], Authority | None],
    typed: Typed | None = None,
) -> list[Entry]:
    """Make the rows a form; `authority_for` says in which position the reader may fill a row, if any."""
    return [Entry(row, authority_for(row), typed) for row in rows]


def grouped(entries: Sequence[Entry]) -> list[EntryGroup]:
    """Rows under their objectives, in official order."""
    return [
        EntryGroup(objective, list(members))
        for objective, members in groupby(entries, key=lambda entry: entry.row.indicator.objective)
    ]


def save_entries(
    entries: Sequence[Entry],
    files: MultiValueDict[str, UploadedFile],
    at: datetime,
    again: Callable[[], Sequence[GridRow]],
) -> bool:
    """Save every row that was typed into, each on its own: one bad figure does not hold back the others.

    Whatever is refused stays typed, with its sentence at the control. `again` reads the rows as they are
    stored by then: with versions from before, the next save would be taken for somebody else's. True when
    nothing was refused.
    """
    for entry in entries:
        if entry.editable and entry.is_typed:
            if not entry.is_untouched:
                _save_figure(entry, at)
            _save_files(entry, files.getlist(f"bukti-{entry.key}"), at)
    _reread(entries, again())
    return not any(entry.errors for entry in entries)


def _reread(entries: Sequence[Entry], rows: Sequence[GridRow]) -> None:
    """Show the rows as they are stored by now, under what was typed."""
    fresh = {row.indicator.pk: row for row in rows}
    for entry in entries:
        entry.row = fresh.get(entry.row.indicator.pk, entry.row)


def _save_figure(entry: Entry, at: datetime) -> None:
    assert entry.authority is not None and entry.typed is not None
    try:
        enter_realisation(
            indicator=entry.row.indicator,
            quarter=entry.row.quarter,
            value_text=entry.value_text,
            cause=entry.cause,
            source=entry.source,
            note=entry.note,
            authority=entry.authority,
            at=at,
            version=whole_number(str(entry.typed.get(f"versi-{entry.key}", "")), None),
        )
    except DomainError as refusal:
        entry.errors[CONTROLS.get(refusal.field or "", "nilai")] = refusal.sentence


def _save_files(entry: Entry, files: Sequence[UploadedFile], at: datetime) -> None:
    assert entry.authority is not None
    for upload in files:
        try:
            stored = store_file(
                unit=entry.row.indicator.unit,
                name=upload.name or "",
                content=upload.read(),
                authority=entry.authority,
                at=at,
            )
            add_evidence(
                indicator=entry.row.indicator,
                quarter=entry.row.quarter,
                file=stored,
                authority=entry.authority,
                at=at,
            )
        except DomainError as refusal:
            entry.errors["bukti"] = refusal.sentence
