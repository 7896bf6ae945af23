"""From the parts of one SOP to what is understood of it."""

from __future__ import annotations

import re

from runtut.procedures.importing import returns
from runtut.procedures.importing.assembly import Draft
from runtut.procedures.importing.block import Piece
from runtut.procedures.importing.front import read_identity
from runtut.procedures.importing.headings import bare_title
from runtut.procedures.importing.result import ReadSop, Unread
from runtut.procedures.importing.source import Source
from runtut.procedures.importing.steps import read_steps, step_at
from runtut.procedures.importing.words import clean, flow, key, likeness


def build(draft: Draft, source: Source) -> ReadSop:
    """Understand one SOP; doubts that compare texts are added later (see defects)."""
    sop = ReadSop(source=source.name)
    read_identity(sop, draft, source)
    for where, why in [*draft.identity.doubts, *draft.doubts]:
        sop.doubt(where, why)
    if draft.flow is not None:
        read_steps(sop, draft.flow, source)
        returns.trace(sop)
    _unread(sop, draft)
    _drawn(sop, draft, source)
    for note in source.notes:
        sop.doubt("source", note)
    return sop


def _unread(sop: ReadSop, draft: Draft) -> None:
    known = {key(step.activity) for step in sop.steps} | {key(sop.title)}
    block = draft.identity
    pieces: list[Piece] = [
        *block.loose,
        *block.pieces.get("edition", []),
        *(piece for piece in block.headings if not _is_known(piece, sop, known)),
    ]
    for piece in block.worksheet:
        rest = re.sub(r"^\s*(?:Langkah \w+\s*)?\d{0,2}\s*\.?\s*", "", piece.text)
        if key(rest) not in known:
            pieces.append(Piece(f"Lembar kerja: {flow(piece.text)}", piece.place))
    for piece in pieces:
        if re.search(r"\w", piece.text):
            sop.unread.append(Unread(flow(clean(piece.text)), str(piece.place)))
    if draft.flow is not None:
        for row in draft.flow.rest:
            sop.unread.append(Unread(flow(row.text), str(row.place)))
        for step, raw in zip(sop.steps, draft.flow.steps, strict=True):
            for text in raw.drawn:
                sop.unread.append(Unread(f"Di bagan, langkah {step.no}: {text}", str(raw.place)))


def _drawn(sop: ReadSop, draft: Draft, source: Source) -> None:
    """Texts of the drawing that lie over what is written belong to no field."""
    raw = draft.flow.steps if draft.flow is not None else []
    for text in source.drawn:
        step = step_at(sop, raw, text.place)
        if step is not None:
            sop.unread.append(Unread(f"Di bagan, langkah {step.no}: {flow(text.text)}", str(text.place)))


def _is_known(piece: Piece, sop: ReadSop, known: set[str]) -> bool:
    title = bare_title(piece.text)
    return not title or key(title) in known or likeness(title, sop.title) >= 0.6


def unplaced(source: Source) -> list[Unread]:
    """Every line of a document in which no SOP was found."""
    return [Unread(flow(row.text), str(row.place)) for row in source.rows if re.search(r"\w", row.text)]
