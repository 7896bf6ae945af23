"""What a return takes along: the figures that go back to their owners, said by whoever returns the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from runtut.cases.models import Task
from runtut.organisations.models import Position
from runtut.performance.enums import GivenBack
from runtut.performance.queries import FiguresBack, GridRow, figures_back

WHICH: Final = "ikut"
FIGURE: Final = "angka"
REASON_OF: Final = "alasan-"
"""Names of the form's controls: which figures, those that are meant, and an owner's own reason."""


@dataclass(frozen=True)
class Choice:
    """A line to tick, or one of several to choose."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class OwnersFigures:
    """The figures of one owner, and what is told to this owner alone."""

    owner: Position
    rows: tuple[tuple[GridRow, bool], ...]
    reason: str

    @property
    def field(self) -> str:
        return f"{REASON_OF}{self.owner.uid}"


@dataclass(frozen=True)
class Returning:
    """What the form of a return asks about figures; `only` names the steps that they follow, where the run
    can also go back to a later one."""

    figures: FiguresBack
    choices: tuple[Choice, ...]
    owners: tuple[OwnersFigures, ...]
    only: str


def returning_of(request: HttpRequest, task: Task, targets: Sequence[int]) -> Returning | None:
    """What is asked of whoever may return a task, with what was sent; None where no figure would follow (four
    queries)."""
    figures = figures_back(task=task, target_nos=targets)
    if figures is None:
        return None
    sent = request.POST
    which = sent.get(WHICH, figures.proposed)
    return Returning(
        figures=figures,
        choices=tuple(Choice(one.value, label_of(one, figures), one == which) for one in GivenBack),
        owners=owners_of(figures, sent),
        only="" if len(figures.steps) == len(targets) else ", ".join(map(str, figures.steps)),
    )


def label_of(one: GivenBack, figures: FiguresBack) -> str:
    if one == GivenBack.ALL:
        return f"{one.label} ({len(figures.rows)} angka)"
    if one == GivenBack.NONE and figures.already:
        named = ", ".join(f"{row.number} {row.indicator.short_name}" for row in figures.already)
        return f"Tidak ada lagi; yang sudah dikembalikan saat diperiksa: {named}"
    return str(one.label)


def owners_of(figures: FiguresBack, sent: QueryDict) -> tuple[OwnersFigures, ...]:
    """The figures by owner, in the office's order."""
    ticked = set(sent.getlist(FIGURE))
    ordered = sorted(figures.rows, key=lambda row: (row.indicator.owner.sequence, row.indicator.owner_id))
    return tuple(
        OwnersFigures(
            owner=rows[0].indicator.owner,
            rows=tuple((row, str(row.indicator.uid) in ticked) for row in rows),
            reason=sent.get(f"{REASON_OF}{rows[0].indicator.owner.uid}", ""),
        )
        for rows in (list(group) for _, group in groupby(ordered, key=lambda row: row.indicator.owner_id))
    )


def returned_with(sent: QueryDict) -> dict[str, Any]:
    """What was said of a return beside its reason; no figure is meant that is not named."""
    which = sent.get(WHICH, "")
    return {
        "which": which if which in GivenBack else GivenBack.CHOSEN,
        "figures": sent.getlist(FIGURE),
        "reasons": {
            name.removeprefix(REASON_OF): text for name, text in sent.items() if name.startswith(REASON_OF)
        },
    }
