"""Who handed a figure over: its owner, or somebody in the owner's place. No query: asked of rows at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtut.organisations.models import Position
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation

if TYPE_CHECKING:
    from runtut.performance.queries.grid_row import GridRow


@dataclass(frozen=True)
class StandIn:
    """What was done for an owner by another position: "diisi" where it typed the figure, "diajukan" where it
    only handed over what the owner had typed."""

    did: str
    position: Position
    owner: Position

    @property
    def deed(self) -> str:
        return f"{self.did} {self.position.short_title}"

    @property
    def words(self) -> str:
        """ "diisi Kasubbag Perencanaan untuk Kasi Trantib"."""
        return f"{self.deed} untuk {self.owner.short_title}"


def stand_in(*, figure: Realisation | None, owner: Position) -> StandIn | None:
    """Return who stood in for the owner of a figure, None where the owner handed it over, or, before that,
    typed it."""
    if figure is None:
        return None
    is_open = RealisationState(figure.state).is_open
    handing = None if is_open else figure.submitted_in
    if handing is not None and handing.pk == owner.pk:
        return None
    typing = figure.entered_in or handing
    if typing is not None and typing.pk != owner.pk:
        return StandIn("diisi", typing, owner)
    return StandIn("diajukan", handing, owner) if handing is not None else None


def who_submitted(rows: Iterable[GridRow]) -> str:
    """Say of the figures that were handed over how many their owners handed over themselves, and which were
    given by whom in their place; empty while none was."""
    given = [row for row in rows if row.is_due and row.is_handed_over]
    deeds: dict[str, dict[str, list[str]]] = {}
    for row in given:
        if row.stand_in:
            owners = deeds.setdefault(row.stand_in.deed, {})
            owners.setdefault(row.stand_in.owner.short_title, []).append(row.number)
    if not given:
        return ""
    if not deeds:
        return "Semua angka diajukan pemilik indikatornya sendiri."
    own = sum(row.stand_in is None for row in given)
    said = [f"{own} dari {len(given)} angka diajukan pemilik indikatornya sendiri."]
    for deed, owners in deeds.items():
        named = "; ".join(f"{owner} ({', '.join(numbers)})" for owner, numbers in owners.items())
        said.append(f"{deed[:1].upper()}{deed[1:]} untuk pemiliknya: {named}.")
    return " ".join(said)
