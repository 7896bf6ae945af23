"""From rows to SOPs: which identity belongs to which flowchart, and where one SOP ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType

from runtut.procedures.importing import (
    carried,
    flat,
    halves,
    headers,
    identity,
    listed,
    numerals,
    people,
    stacked,
    tables,
)
from runtut.procedures.importing.block import Identity, Piece
from runtut.procedures.importing.headers import Header
from runtut.procedures.importing.headings import bare_title
from runtut.procedures.importing.source import Cell, Layout, Place, Row, Source
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.tables import Table
from runtut.procedures.importing.vocabulary import label_of
from runtut.procedures.importing.words import key

WIDE = 4
"""The least columns over which a title above a head runs."""


@dataclass
class Flow:
    """One flowchart: its steps in order, the heads of all its parts, and what it was headed by."""

    headers: list[Header]
    steps: list[Step]
    title: str = ""
    rest: list[Row] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    flat: bool = False
    total: str = ""


@dataclass
class Draft:
    """An identity and a flowchart that belong together, before anything is inferred."""

    identity: Identity
    flow: Flow | None
    shared: bool = False
    doubts: list[tuple[str, str]] = field(default_factory=list)


Part = Identity | Flow


def assemble(source: Source) -> list[Draft]:
    """Cut a document into its SOPs, in the order in which their flowcharts stand."""
    parts = _parts(numerals.in_digits(source.rows))
    return _drafts(parts)


def _parts(rows: Sequence[Row]) -> list[Part]:
    """Identity blocks and flowcharts in the order of the document."""
    heads = sorted([*headers.find(rows), *flat.find(rows), *stacked.find(rows)], key=lambda head: head.start)
    heads = heads or halves.find(rows)
    if not heads:
        return _listed(rows)
    parts: list[Part] = []
    at = 0
    for index, head in enumerate(heads):
        if head.start < at:
            continue
        caption = _caption(rows, at, head.start)
        _identities(rows[at : caption if caption is not None else head.start], parts)
        if caption is not None:
            _entitle(rows[caption], parts)
        # Lines of a head may look like the beginning of another one.
        stop = next((later.start for later in heads[index + 1 :] if later.start >= head.end), len(rows))
        table = _reader(head).read(head, rows, head.end, stop)
        if _reader(head) is tables:
            carried.carry_on(table, rows, stop)
        at = max(table.end, head.end)
        _add(parts, table, _reader(head) in {flat, stacked})
    _identities(rows[at:], parts)
    return parts


def _caption(rows: Sequence[Row], start: int, stop: int) -> int | None:
    """The row right above a head that only holds a title over the width of the table, in capitals."""
    at = next((at for at in range(stop - 1, start - 1, -1) if not rows[at].is_blank), None)
    if at is None or rows[at].layout is not Layout.GRID or len(rows[at].filled) != 1:
        return None
    (cell,) = rows[at].filled
    wide = cell.span >= WIDE and len(cell.text.split()) > 1 and len(cell.text) < 160
    return at if wide and cell.text.isupper() and not cell.below and label_of(cell.text) is None else None


def _entitle(row: Row, parts: list[Part]) -> None:
    piece = Piece(row.text, row.place)
    if parts and isinstance(parts[-1], Identity):
        parts[-1].headings.append(piece)
    else:
        parts.append(Identity(headings=[piece]))


def _listed(rows: Sequence[Row]) -> list[Part]:
    """Where there is no table of steps: lists of them below a heading."""
    parts: list[Part] = []
    at = 0
    for start, table in listed.find(rows):
        _identities(rows[at:start], parts)
        parts.append(Flow([table.header], table.steps, "", table.rest, table.doubts, flat=True))
        at = table.end
    _identities(rows[at:], parts)
    return parts


def _reader(head: Header) -> ModuleType:
    """The module that reads the body below a head."""
    if flat.is_flat(head):
        return flat
    if stacked.is_stacked(head):
        return stacked
    return halves if halves.is_right(head) else tables


def _identities(rows: Sequence[Row], parts: list[Part]) -> None:
    if any(not row.is_blank for row in rows):
        parts.extend(identity.read(rows))


def _add(parts: list[Part], table: Table, is_flat: bool) -> None:
    """Add a table: a new flowchart, or the rest of the one before it."""
    between = parts[-1] if parts and isinstance(parts[-1], Identity) else None
    earlier = next((part for part in reversed(parts) if isinstance(part, Flow)), None)
    if earlier is not None and halves.is_right(table.header):
        halves.join(earlier.steps, table, earlier.doubts)
        earlier.headers.append(table.header)
        earlier.rest += [*table.rest, *(_row(step) for step in table.steps)]
        return
    closed = between is not None and not between.is_empty
    if earlier is not None and not closed and _continues(earlier, table, between):
        earlier.headers.append(table.header)
        earlier.steps += table.steps
        earlier.rest += table.rest
        earlier.total = table.total or earlier.total
        earlier.doubts += [doubt for doubt in table.doubts if doubt not in earlier.doubts]
        return
    flow = Flow(
        [table.header], table.steps, _heading(between), table.rest, table.doubts, is_flat, table.total
    )
    parts.append(flow)


def _row(step: Step) -> Row:
    """What stands in a row that belongs to no step."""
    texts = [text for text in (step.requirements, step.time, step.outputs, step.note) if text]
    return Row(tuple(Cell(text, at) for at, text in enumerate(texts)), step.place)


def _heading(block: Identity | None) -> str:
    """The title printed right above a flowchart."""
    if block is None or not block.headings:
        return ""
    for piece in reversed(block.headings):
        title = bare_title(piece.text)
        if len(key(title)) > 3:
            return title
    return ""


def _continues(earlier: Flow, table: Table, between: Identity | None) -> bool:
    if not table.steps:
        return True
    if not earlier.steps:
        return True
    first, last = table.steps[0].no, earlier.steps[-1].no
    title = _heading(between)
    if title and earlier.title and key(title) != key(earlier.title):
        return False
    return first == last + 1 or (first > 1 and first >= last) or (first > last)


def _drafts(parts: list[Part]) -> list[Draft]:
    """Pair identities with flowcharts: the one before, or the one after where pages are reversed."""
    flows = [part for part in parts if isinstance(part, Flow) and part.steps]
    identities = [part for part in parts if isinstance(part, Identity) and not part.is_empty]
    if not flows:
        return [
            Draft(block, None) for block in identities if "title" in block.pieces or "number" in block.pieces
        ]
    reversed_pages = bool(identities) and parts.index(flows[0]) < parts.index(identities[0])
    order = list(reversed(parts)) if reversed_pages else parts
    pairs: list[tuple[Identity, Flow]] = []
    current: Identity | None = None
    for part in order:
        if isinstance(part, Identity):
            if not part.is_empty:
                current = (
                    _merged(current, part) if current is not None and _is_rest(current, part, pairs) else part
                )
        elif part.steps:
            pairs.append((current if current is not None else Identity(), part))
    if reversed_pages:
        pairs.reverse()
    _lend_loose(parts, pairs)
    drafts = [
        Draft(block, flow, shared=sum(other is block for other, _ in pairs) > 1) for block, flow in pairs
    ]
    used = {id(block) for block, _ in pairs}
    drafts += [
        Draft(block, None) for block in identities if id(block) not in used and "title" in block.pieces
    ]
    if reversed_pages:
        for draft in drafts:
            draft.doubts.append(("pages", "Halaman terbalik: bagan alir mendahului halaman identitas."))
    return drafts


def _is_rest(current: Identity, part: Identity, pairs: list[tuple[Identity, Flow]]) -> bool:
    """Say whether a block goes on with the identity before it, no flowchart standing between."""
    if any(block is current for block, _ in pairs):
        return False
    return not {"number", "title"} & set(part.pieces) & set(current.pieces)


def _merged(first: Identity, second: Identity) -> Identity:
    for name, pieces in second.pieces.items():
        first.pieces.setdefault(name, []).extend(pieces)
    for name in ("letterhead", "headings", "loose", "worksheet", "signature", "doubts"):
        getattr(first, name).extend(getattr(second, name))
    return first


def _lend_loose(parts: list[Part], pairs: list[tuple[Identity, Flow]]) -> None:
    """Give what stood between tables (signatures, headings, footers) to the flowchart before it."""
    owner: Identity | None = None
    by_flow = {id(flow): block for block, flow in pairs}
    for part in parts:
        if isinstance(part, Flow):
            owner = by_flow.get(id(part), owner)
        elif part.signature and owner is not None and owner is not part and not part.is_empty:
            owner.signature += part.signature
            part.signature = []
        elif part.is_empty and (owner or pairs):
            target = owner or pairs[0][0]
            signed = any(people.OFFICE.search(piece.text) for piece in part.letterhead)
            target.signature += [*part.signature, *(part.letterhead if signed else [])]
            target.loose += [*(part.letterhead if not signed else []), *part.loose]
            target.headings += part.headings
            target.worksheet += part.worksheet


def place_of(draft: Draft) -> Place:
    if draft.flow is not None and draft.flow.steps:
        return draft.flow.steps[0].place
    pieces: list[Piece] = [piece for entries in draft.identity.pieces.values() for piece in entries]
    return pieces[0].place if pieces else Place(1, 1)
