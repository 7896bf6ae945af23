"""What the identity page of one SOP says: title, number, dates, approver and lists."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing import dates, docnumbers, lists, people
from runtut.procedures.importing.assembly import Draft
from runtut.procedures.importing.block import Identity
from runtut.procedures.importing.headings import bare_title
from runtut.procedures.importing.letterhead import institution_of, untitled
from runtut.procedures.importing.lists import CONSEQUENCE, Item
from runtut.procedures.importing.result import HIGH, LISTED, LOW, MEDIUM, ReadSop, Unread
from runtut.procedures.importing.source import Source
from runtut.procedures.importing.words import BLANK, clean, flow, key


def read_identity(sop: ReadSop, draft: Draft, source: Source) -> None:
    """Take what the identity page says into the SOP, with its doubts."""
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
