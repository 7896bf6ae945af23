"""From the parts of one SOP to what is understood of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from runtut.procedures.importing import (
    dates,
    docnumbers,
    executors,
    flat,
    lists,
    people,
    returns,
    times,
    totals,
)
from runtut.procedures.importing.assembly import Draft, Flow
from runtut.procedures.importing.block import Identity, Piece
from runtut.procedures.importing.identity import bare_title
from runtut.procedures.importing.letterhead import institution_of, untitled
from runtut.procedures.importing.lists import CONSEQUENCE, Item
from runtut.procedures.importing.result import HIGH, LISTED, LOW, MEDIUM, ReadSop, ReadStep, Unread
from runtut.procedures.importing.roles import fits
from runtut.procedures.importing.source import Link, Place, Source
from runtut.procedures.importing.tables import Step
from runtut.procedures.importing.words import clean, flow, key, likeness

BLANK = {"", "-", "–", "—", ":", ": -", "_", "...", "…"}


def build(draft: Draft, source: Source) -> ReadSop:
    """Understand one SOP; doubts that compare texts are added later (see defects)."""
    sop = ReadSop(source=source.name)
    block = draft.identity
    _title(sop, block, draft)
    _number(sop, block, source)
    _dates(sop, block, source)
    _approver(sop, block)
    sop.institution, sop.unit = institution_of(
        [piece for piece in block.letterhead if flow(clean(piece.text)) != sop.title]
    )
    sop.sure(
        "institution",
        MEDIUM if sop.institution else LOW,
        block.letterhead[0].place if block.letterhead else None,
    )
    _lists(sop, block)
    for where, why in [*block.doubts, *draft.doubts]:
        sop.doubt(where, why)
    if draft.flow is not None:
        _steps(sop, draft.flow, source)
        returns.trace(sop)
    _unread(sop, draft)
    _drawn(sop, draft, source)
    for note in source.notes:
        sop.doubt("source", note)
    return sop


def _title(sop: ReadSop, block: Identity, draft: Draft) -> None:
    printed = bare_title("\n".join(block.lines("title")))
    heading = draft.flow.title if draft.flow else ""
    if not heading:
        heading = next(
            (title for piece in block.headings if len(key(title := bare_title(piece.text))) > 3), ""
        )
    if draft.shared and draft.flow and draft.flow.title:
        sop.title = draft.flow.title
        sop.doubt(
            "title",
            f"Satu halaman identitas (“{printed}”) dipakai beberapa bagan alir; judul diambil dari "
            "atas bagan ini.",
        )
    else:
        sop.title = printed or heading
    sop.sure("title", HIGH if printed and not draft.shared else MEDIUM, block.place("title"))
    if not sop.title and (found := untitled(block.letterhead)):
        sop.title = found
        sop.doubt("title", "Nama SOP tidak berlabel; diduga dari teks di kepala dokumen.")
    if not printed and heading:
        sop.doubt("title", "Nama SOP tidak berlabel; diambil dari judul di atas identitas atau bagan alir.")
    if not sop.title:
        sop.doubt("title", "Nama SOP tidak ditemukan.")


def _number(sop: ReadSop, block: Identity, source: Source) -> None:
    text = " ".join(flow(line) for line in block.lines("number")).strip(" :")
    sop.number = "" if text in BLANK else text
    if not source.certain and sop.number:
        _recognised(sop, text, block)
    sop.sure("number", HIGH if sop.number and source.certain else LOW, block.place("number"))


def _recognised(sop: ReadSop, text: str, block: Identity) -> None:
    """Take a number out of what was recognised in a picture."""
    sop.number = docnumbers.recognised(text)
    if not sop.number:
        sop.unread.append(Unread(f"Nomor SOP: {text}", str(block.place("number") or "")))
        sop.doubt("number", f"Nomor SOP tidak terbaca dari pindaian (“{text}”); tulis dari aslinya.")
    elif sop.number != text:
        sop.doubt("number", f"Nomor SOP terbaca “{text}” dari pindaian; cocokkan dengan aslinya.")


def _dates(sop: ReadSop, block: Identity, source: Source) -> None:
    for name in ("created", "revised", "effective", "ratified"):
        text = " ".join(block.lines(name)).strip(" :")
        read = dates.parse(text)
        if name == "ratified":
            _ratified(sop, block, text, read)
            continue
        sop.dates[name] = read
        sop.sure(f"dates.{name}", HIGH if read and source.certain else LOW, block.place(name))
        if text not in BLANK and not read:
            sop.doubt(f"dates.{name}", f"“{text}” tidak terbaca sebagai tanggal.")


def _ratified(sop: ReadSop, block: Identity, text: str, read: str) -> None:
    """A date of ratification stands for the effective date where none is printed."""
    if not read or sop.dates["effective"]:
        if text not in BLANK and read and read != sop.dates["effective"]:
            sop.unread.append(Unread(f"Tanggal pengesahan: {text}", str(block.place("ratified") or "")))
        return
    sop.dates["effective"] = read
    sop.sure("dates.effective", MEDIUM, block.place("ratified"))
    sop.doubt("dates.effective", "Tanggal efektif tidak tertulis; dipakai tanggal pengesahan.")


def _approver(sop: ReadSop, block: Identity) -> None:
    found = people.parse(block.lines("approver"))
    signed = people.parse([piece.text for piece in block.signature])
    position, sure = found.position, HIGH
    if not position and signed.position:
        position, sure = signed.position, MEDIUM
        sop.doubt(
            "approver.position",
            "Jabatan pengesah tidak tercetak di identitas; diambil dari tanda tangan di akhir.",
        )
    name, nip = found.name or signed.name, found.nip or signed.nip
    sop.approver = people.Approver(
        position, name, found.rank or signed.rank, nip, found.nip_written or signed.nip_written
    )
    sop.sure("approver", sure if position and name else LOW, block.place("approver"))
    if signed.name and found.name:
        _compare_signature(sop, found, signed)


def _compare_signature(sop: ReadSop, found: people.Approver, signed: people.Approver) -> None:
    if found.nip and signed.nip and found.nip_written != signed.nip_written and found.nip == signed.nip:
        sop.doubt("approver.nip", "NIP ditulis dengan dan tanpa spasi di dokumen yang sama.")
    if found.nip and signed.nip and found.nip != signed.nip:
        sop.doubt("approver.nip", "NIP di identitas dan di tanda tangan berbeda.")
    if found.rank and signed.rank and found.rank.casefold() != signed.rank.casefold():
        sop.doubt(
            "approver.rank",
            f"Pangkat ditulis “{found.rank}” di identitas dan “{signed.rank}” di tanda tangan.",
        )


def _lists(sop: ReadSop, block: Identity) -> None:
    items: dict[str, list[Item]] = {}
    for name in LISTED:
        items[name] = lists.split([piece.text for piece in block.pieces.get(name, [])])
        sop.sure(name, HIGH if items[name] else LOW, block.place(name))
        if name in block.dashed and items[name]:
            sop.doubt(name, "Tertulis “-” (tidak ada), tetapi di bawahnya ada kalimat; periksa tempatnya.")
    _move_slid(sop, items, [name for name in block.pieces if name in items])
    sop.lists = {name: [item.text for item in entries] for name, entries in items.items()}
    _move_warnings(sop, block)


def _before(name: str, order: Sequence[str]) -> list[str]:
    """The other lists, those that stood right before this one first."""
    at = order.index(name) if name in order else len(order)
    return [*reversed(order[:at]), *order[at + 1 :]]


def _move_slid(sop: ReadSop, items: dict[str, list[Item]], order: Sequence[str]) -> None:
    """Entries that slid below another heading: their numbers go on with a list elsewhere."""
    for name, entries in items.items():
        for at in range(1, len(entries)):
            number = entries[at].number
            if number <= entries[at - 1].number + 1 or not entries[at - 1].number:
                continue
            before = _before(name, order)
            owner = next(
                (other for other in before if items[other] and items[other][-1].number == number - 1), None
            )
            if owner is None:
                break
            items[owner] += entries[at:]
            del entries[at:]
            sop.doubt(
                owner,
                f"Butir {number} dan seterusnya tercetak di bawah judul lain; dipindahkan menurut nomornya.",
            )
            break


def _move_warnings(sop: ReadSop, block: Identity) -> None:
    """Consequences ("Jika ... maka") below another heading, where the heading Peringatan is lost."""
    if sop.lists.get("warnings") or "warnings" in block.pieces:
        return
    for name in ("records", "related_sops", "equipment"):
        moved = [text for text in sop.lists.get(name, []) if CONSEQUENCE.search(text)]
        if moved:
            sop.lists["warnings"] = moved
            sop.lists[name] = [text for text in sop.lists[name] if text not in moved]
            sop.sure("warnings", MEDIUM, block.place(name))
            sop.doubt(
                "warnings",
                "Judul Peringatan hilang; kalimat akibat di bawah judul lain dipindahkan ke Peringatan.",
            )
            return


def _steps(sop: ReadSop, part: Flow, source: Source) -> None:
    sop.performers = _performers(part)
    unit = next((header.unit for header in part.headers if header.unit), "")
    numbers = _numbers(part.steps, sop)
    for raw, no in zip(part.steps, numbers, strict=True):
        sop.steps.append(_step(sop, raw, no, unit, part.flat or not source.certain))
    for where, why in part.doubts:
        sop.doubt(where, why)
    for header in part.headers:
        for why in header.doubts:
            sop.doubt("columns", why)
    _compare_heads(sop, part)
    _links(sop, part.steps, source.links)
    executors.attribute(sop, part.steps, drawn_surely=source.certain)
    recognised = not source.certain or any(flat.is_flat(header) for header in part.headers)
    totals.compare(sop, part.total, unit, certain=not recognised)


def _performers(part: Flow) -> list[str]:
    """The columns of the first head, then those that only later pages have."""
    result: list[str] = []
    for index, header in enumerate(part.headers):
        if index == 0:
            result += header.performers
        for name in header.performers:
            if not any(key(name) == key(other) or fits(name, other) > 0.6 for other in result):
                result.append(name)
    if not result:
        for step in part.steps:
            result += [name for name in step.performers if name not in result]
    return result


def _numbers(steps: Sequence[Step], sop: ReadSop) -> list[int]:
    """The numbers as printed where they rise; anew where one is out of order or doubled."""
    printed = [step.no for step in steps]
    if all(one < other for one, other in pairwise(printed)) and printed[0] >= 1:
        for one, other in pairwise(printed):
            if other > one + 1:
                sop.doubt("steps", f"Nomor langkah melompat dari {one} ke {other}.")
        return printed
    numbers = list(range(1, len(steps) + 1))
    for old, new in zip(printed, numbers, strict=True):
        if old != new:
            sop.doubt(f"steps[{new}].no", f"Langkah {new} tercetak sebagai nomor {old}.")
    return numbers


def _step(sop: ReadSop, raw: Step, no: int, unit: str, unsure: bool) -> ReadStep:
    time = times.Time(text=flow(raw.time)) if raw.shared_time else times.parse(flow(raw.time), unit)
    if unsure and time.minutes is None:
        time = totals.without_digit(time.text) or time
    where = f"steps[{no}]"
    if raw.shared_time:
        sop.doubt(
            f"{where}.time",
            f"Satu sel waktu berlaku juga untuk langkah sebelum {no}; menitnya dihitung sekali.",
        )
    elif time.minutes is None:
        why = (
            f"Waktu “{time.text}” bukan lama yang dapat dihitung."
            if time.text
            else f"Langkah {no} tidak memiliki waktu."
        )
        sop.doubt(f"{where}.time", why)
    elif not time.sure:
        sop.doubt(
            f"{where}.time", f"Waktu “{time.text}” dibaca {time.value:g} {time.unit}; perlu dipastikan."
        )
    if time.is_range:
        sop.doubt(f"{where}.time", f"Waktu “{time.text}” berupa rentang; dihitung ujung atasnya.")
    for name, why in raw.doubts:
        sop.doubt(f"{where}.{name}", why)
    back = returns.told_in_branches(raw.branches, no)
    return ReadStep(
        no=no,
        activity=flow(raw.activity),
        place=raw.place,
        time=time,
        requirements=list(lists.texts(raw.requirements)),
        outputs=list(lists.texts(raw.outputs)),
        note=_note(raw),
        return_to=back,
        return_confidence=HIGH if back else LOW,
        confidence=LOW if unsure else HIGH,
        drawn=raw.drawn,
    )


def _note(raw: Step) -> str:
    """The note, and what the columns of a decision say."""
    told = [f"{name}: {text}" for name, text in raw.branches if text not in BLANK and len(text) > 2]
    note = "" if flow(raw.note) in BLANK else flow(raw.note)
    return ". ".join(part for part in (note, *told) if part)


def _compare_heads(sop: ReadSop, part: Flow) -> None:
    """Say where the performer columns change from page to page, and that pages join without a connector."""
    first = part.headers[0].performers
    for header in part.headers[1:]:
        if header.performers and [key(name) for name in header.performers] != [key(name) for name in first]:
            later = ", ".join(header.performers)
            sop.doubt("performers", f"Kolom pelaksana berganti pada bagian tabel berikutnya: {later}.")
    if len(part.headers) > 1:
        sop.doubt("steps", "Tabel terpotong dan kepala tabelnya diulang; bagian-bagiannya disambung.")


def _links(sop: ReadSop, raw: Sequence[Step], links: Sequence[Link]) -> None:
    """Arrows of the drawing that lead back become return targets."""
    for link in links:
        start, end = _step_at(sop, raw, link.start), _step_at(sop, raw, link.end)
        if start and end and end.no < start.no and end.no not in start.return_to:
            start.return_to.append(end.no)
            start.return_confidence = HIGH if link.sure else MEDIUM
            if not link.sure:
                sop.doubt(
                    f"steps[{start.no}].return_to",
                    f"Langkah {start.no} dikembalikan ke langkah {end.no} menurut panah di bagan "
                    f"({link.start}); cocokkan dengan gambarnya.",
                )


def _step_at(sop: ReadSop, raw: Sequence[Step], place: Place) -> ReadStep | None:
    """The step in whose rows a place lies: the last that begins there or before it on the page."""
    before = [
        read
        for step, read in zip(raw, sop.steps, strict=True)
        if step.place.page == place.page and step.place.line <= place.line
    ]
    return max(before, key=lambda read: read.place.line, default=None)


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
        step = _step_at(sop, raw, text.place)
        if step is not None:
            sop.unread.append(Unread(f"Di bagan, langkah {step.no}: {flow(text.text)}", str(text.place)))


def _is_known(piece: Piece, sop: ReadSop, known: set[str]) -> bool:
    title = bare_title(piece.text)
    return not title or key(title) in known or likeness(title, sop.title) >= 0.6


def unplaced(source: Source) -> list[Unread]:
    """Every line of a document in which no SOP was found."""
    return [Unread(flow(row.text), str(row.place)) for row in source.rows if re.search(r"\w", row.text)]
