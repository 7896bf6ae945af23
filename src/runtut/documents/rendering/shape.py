"""The last step before a page: every text as paragraphs of runs, dates in words. Shared by PDF and DOCX."""

from __future__ import annotations

from datetime import date
from typing import Any

import segno

from runtut.core.dates import long_date
from runtut.documents.rendering.content import Json, runs
from runtut.documents.rendering.late import fill_late, names_number

BLANK = "." * 40
BLANK_DAY = "." * 24
BLANK_NUMBER = "." * 28
NUMBER_UNDER_TITLE = frozenset({"berita_acara", "laporan", "pengukuran", "rkt", "ekt", "surat_pengantar"})
"""Kinds whose number stands under the title."""
STAMP = "Ditandatangani secara elektronik"
Lines = list[list[Json]]


def shaped(content: Json) -> Json:
    """Return checked content with its texts as lines of runs and its signatures as lines."""
    is_letter = content["form"] == "surat"
    return {
        **content,
        "is_letter": is_letter,
        "number_line": "" if is_letter or names_number(content["blocks"]) else number_line(content),
        "dated": f"{content['place']}, {shaped_date(content['date']) or BLANK_DAY}" if is_letter else "",
        "signatures": signature_blocks(content),
        "qr": qr_code(content["verification"]["url"]),
        "title": [lines_of(line) for line in content["title"]],
        "heading": " ".join(content["title"]),
        "blocks": [shaped_block(block) for block in printed_blocks(content)],
    }


def number_line(content: Json) -> str:
    """Return the number under the title; of a kind that bears one, a dotted line until it is given, which on
    paper is after the signature."""
    return content["number"] or (BLANK_NUMBER if content["kind"] in NUMBER_UNDER_TITLE else "")


def printed_blocks(content: Json) -> list[Json]:
    """Return the blocks of checked content with number and date where the text has a place for them."""
    words = {"nomor_surat": content["number"], "tanggal_surat": shaped_date(content["date"])}
    return [fill_late(block, words) for block in content["blocks"]]


def shaped_block(block: Json) -> Json:
    changes: Json = {}
    if "text" in block:
        changes["text"] = lines_of(block["text"])
    if "items" in block:
        changes["items"] = [lines_of(item) for item in block["items"]]
    for part in ("rows", "footer"):
        if part in block:
            changes[part] = [[lines_of(cell) for cell in row] for row in block[part]]
    return {**block, **changes}


def lines_of(inline: Any) -> Lines:
    """Split runs at line breaks: "a\\nb" becomes two lines."""
    lines: Lines = [[]]
    for run in runs(inline, "text"):
        first, *others = run["text"].replace("\t", " ").split("\n")
        lines[-1].append({**run, "text": first})
        lines.extend([{**run, "text": part}] for part in others)
    return lines


def signature_blocks(content: Json) -> list[Json]:
    """Return the signatures as lines above and below the place to sign, all of one height above.

    Place and date stand over the last one. An official under a mandate signs with "Plt." or "Plh." before the
    position (Permendagri 1/2023).
    """
    over_last = "" if content["form"] == "surat" else dated(content)
    signatures = content["signatures"]
    heads = [head_lines(one, over_last if one is signatures[-1] else "") for one in signatures]
    tallest = max((len(head) for head in heads), default=0)
    return [
        {
            "above": [""] * (tallest - len(head)) + head,
            "key": one["position_uid"],
            "name": one["name"] or BLANK,
            "below": foot_lines(one),
            "endorsed": f"Disetujui {one['endorsed_at']}" if one["endorsed_at"] else "",
            "stamp": [STAMP, one["stamped_at"]] if one["stamped_at"] else [],
        }
        for one, head in zip(signatures, heads, strict=True)
    ]


def dated(content: Json) -> str:
    """Return place and date as a paper tells them: "Sukamaju, 14 Oktober 2026"."""
    return ", ".join(word for word in (content["place"], shaped_date(content["date"])) if word)


def qr_code(address: str) -> str:
    """Return an address as a QR code in SVG, "" for none; it survives a coffee stain (level M)."""
    if not address:
        return ""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True))


def head_lines(signature: Json, dated: str) -> list[str]:
    position = f"{signature['acting']} {signature['position']}".strip()
    lines = [dated, *signature["role_line"].split("\n"), f"{position}," if position else ""]
    return [line for line in lines if line]


def foot_lines(signature: Json) -> list[str]:
    nip = f"NIP. {spaced_nip(signature['nip'])}" if signature["nip"] else ""
    return [line for line in (signature["rank"], nip) if line]


def shaped_date(written: str) -> str:
    return long_date(date.fromisoformat(written)) if written else ""


def spaced_nip(nip: str) -> str:
    """Write an 18-digit NIP in its groups: birth, first appointment, sex, sequence."""
    if len(nip) == 18 and nip.isdigit():
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    return nip
