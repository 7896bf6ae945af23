"""The content JSON of a document: checked, and with every default written out (docs/formats/document.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from runtut.documents.errors import ContentRefused
from runtut.documents.rendering.runs import settled

FORMAT = "runtut-document/1"
PAGES = {"a4", "a5", "f4"}
ALIGNMENTS = {"left", "right", "center", "justify"}
TEXT_LIMIT = 20_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot carry, and is left out: control characters and half surrogates."""
LIST_LIMIT = 5_000
FORMS = {"naskah", "surat"}
LETTERHEAD = ("government", "office", "address", "contact", "logo")
ATTACHMENT = ("title", "name", "sha256")
SIGNATURE = (
    "role_line",
    "position",
    "position_uid",
    "name",
    "nip",
    "rank",
    "acting",
    "endorsed_at",
    "stamped_at",
)
VERIFICATION = ("code", "url")
PARAF = ("position", "name", "given_at")

Json = dict[str, Any]


def check_content(data: object) -> Json:
    """Return the content with every default filled in.

    Raises ContentRefused with the path of the first thing that is not of the format, unknown keys included.
    """
    given = mapping(data, "isi", TOP)
    return {
        "format": one_of(given.get("format", FORMAT), "format", {FORMAT}),
        "kind": text(given.get("kind", ""), "kind"),
        "page": one_of(given.get("page", "a4"), "page", PAGES),
        "landscape": truth(given.get("landscape", False), "landscape"),
        "form": one_of(given.get("form", "naskah"), "form", FORMS),
        "letterhead": strings(given.get("letterhead", {}), "letterhead", LETTERHEAD),
        "title": [text(line, f"title[{i}]") for i, line in items(given.get("title", []), "title")],
        "number": text(given.get("number", ""), "number"),
        "date": day(given.get("date", ""), "date"),
        "place": text(given.get("place", ""), "place"),
        "blocks": stepped(
            [block(item, f"blocks[{i}]") for i, item in items(given.get("blocks", []), "blocks")]
        ),
        "attachments": [
            strings(item, f"attachments[{i}]", ATTACHMENT)
            for i, item in items(given.get("attachments", []), "attachments")
        ],
        "signatures": [
            strings(item, f"signatures[{i}]", SIGNATURE)
            for i, item in items(given.get("signatures", []), "signatures")
        ],
        "parafs": [
            strings(item, f"parafs[{i}]", PARAF) for i, item in items(given.get("parafs", []), "parafs")
        ],
        "note": text(given.get("note", ""), "note"),
        "verification": strings(given.get("verification", {}), "verification", VERIFICATION),
        "draft": truth(given.get("draft", False), "draft"),
        **({"file": text(given["file"], "file")} if given.get("file") else {}),
    }


TOP = (
    "format",
    "kind",
    "page",
    "landscape",
    "form",
    "letterhead",
    "title",
    "number",
    "date",
    "place",
    "blocks",
    "attachments",
    "signatures",
    "parafs",
    "note",
    "verification",
    "draft",
    "file",
)


def stepped(blocks: list[Json]) -> list[Json]:
    """Return blocks whose headings go down one level at a time: a reader of screens jumps from one to the
    next, and PDF/UA forbids a gap."""
    level = 0
    for i, part in enumerate(blocks):
        if part["type"] == "heading":
            if part["level"] > level + 1:
                raise refuse(f"blocks[{i}].level", f"judul tingkat {part['level']} tanpa tingkat {level + 1}")
            level = part["level"]
    return blocks


def refuse(where: str, problem: str) -> ContentRefused:
    return ContentRefused(where=where, problem=problem, field="content")


def mapping(value: object, where: str, keys: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refuse(where, "harus berupa objek")
    unknown = next((key for key in value if key not in keys), None)
    if unknown is not None:
        raise refuse(where, f"“{unknown}” tidak dikenal")
    return value


def items(value: object, where: str) -> Sequence[tuple[int, Any]]:
    if not isinstance(value, list | tuple):
        raise refuse(where, "harus berupa daftar")
    if len(value) > LIST_LIMIT:
        raise refuse(where, f"lebih dari {LIST_LIMIT} butir")
    return list(enumerate(value))


def text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise refuse(where, "harus berupa teks")
    if len(value) > TEXT_LIMIT:
        raise refuse(where, f"lebih dari {TEXT_LIMIT} huruf")
    return UNPRINTABLE.sub("", value)


def truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise refuse(where, "harus ya atau tidak")
    return value


def one_of(value: object, where: str, allowed: set[str]) -> str:
    if value not in allowed:
        raise refuse(where, f"harus salah satu dari {', '.join(sorted(allowed))}")
    return str(value)


def day(value: object, where: str) -> str:
    written = text(value, where)
    if written:
        try:
            date.fromisoformat(written)
        except ValueError:
            raise refuse(where, "harus berupa tanggal seperti 2026-10-14") from None
    return written


def strings(value: object, where: str, keys: Sequence[str]) -> dict[str, str]:
    given = mapping(value, where, keys)
    return {key: text(given.get(key, ""), f"{where}.{key}") for key in keys}


def runs(value: object, where: str) -> list[Json]:
    """Return a text as runs; a plain text is one run."""
    if isinstance(value, str):
        return [{"text": text(value, where), "bold": False, "italic": False}]
    return [run(item, f"{where}[{i}]") for i, item in items(value, where)]


def run(value: object, where: str) -> Json:
    given = mapping(value, where, ("text", "bold", "italic"))
    return {
        "text": text(given.get("text"), f"{where}.text"),
        "bold": truth(given.get("bold", False), f"{where}.bold"),
        "italic": truth(given.get("italic", False), f"{where}.italic"),
    }


def inline(value: object, where: str) -> str | list[Json]:
    """Return a text as it is, or its runs in their one form."""
    return text(value, where) if isinstance(value, str) else settled(runs(value, where))


def paragraph(given: Json, where: str) -> Json:
    align = one_of(given.get("align", "justify"), f"{where}.align", ALIGNMENTS)
    return {"type": "paragraph", "text": inline(given.get("text"), f"{where}.text"), "align": align}


def heading(given: Json, where: str) -> Json:
    level = given.get("level", 1)
    if level not in (1, 2, 3) or isinstance(level, bool):
        raise refuse(f"{where}.level", "harus 1, 2 atau 3")
    return {"type": "heading", "text": text(given.get("text"), f"{where}.text"), "level": level}


def listing(given: Json, where: str) -> Json:
    return {
        "type": "list",
        "ordered": truth(given.get("ordered", False), f"{where}.ordered"),
        "items": [
            inline(item, f"{where}.items[{i}]") for i, item in items(given.get("items", []), f"{where}.items")
        ],
    }


def facts(given: Json, where: str) -> Json:
    rows = []
    for i, row in items(given.get("rows", []), f"{where}.rows"):
        pair = items(row, f"{where}.rows[{i}]")
        if len(pair) != 2:
            raise refuse(f"{where}.rows[{i}]", "harus dua isian: nama dan isinya")
        rows.append([text(row[0], f"{where}.rows[{i}][0]"), inline(row[1], f"{where}.rows[{i}][1]")])
    return {"type": "facts", "rows": rows}


def table(given: Json, where: str) -> Json:
    columns = [
        column(item, f"{where}.columns[{i}]")
        for i, item in items(given.get("columns", []), f"{where}.columns")
    ]
    if not columns:
        raise refuse(f"{where}.columns", "tabel perlu paling sedikit satu kolom")
    return {
        "type": "table",
        "caption": text(given.get("caption", ""), f"{where}.caption"),
        "columns": columns,
        "rows": table_rows(given.get("rows", []), f"{where}.rows", len(columns)),
        "footer": table_rows(given.get("footer", []), f"{where}.footer", len(columns)),
    }


def column(value: object, where: str) -> Json:
    given = mapping(value, where, ("label", "align", "width"))
    width = given.get("width", 10)
    if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= 1000:
        raise refuse(f"{where}.width", "harus bilangan bulat 1 sampai 1000")
    return {
        "label": text(given.get("label"), f"{where}.label"),
        "align": one_of(given.get("align", "left"), f"{where}.align", ALIGNMENTS),
        "width": width,
    }


def table_rows(value: object, where: str, width: int) -> list[list[Any]]:
    rows = []
    for i, row in items(value, where):
        cells = items(row, f"{where}[{i}]")
        if len(cells) != width:
            raise refuse(f"{where}[{i}]", f"harus {width} isian, sebanyak kolomnya")
        rows.append([inline(cell, f"{where}[{i}][{j}]") for j, cell in cells])
    return rows


def page_break(given: Json, where: str) -> Json:
    return {"type": "page_break"}


BLOCKS: dict[str, tuple[Callable[[Json, str], Json], tuple[str, ...]]] = {
    "paragraph": (paragraph, ("text", "align")),
    "heading": (heading, ("text", "level")),
    "list": (listing, ("ordered", "items")),
    "facts": (facts, ("rows",)),
    "table": (table, ("caption", "columns", "rows", "footer")),
    "page_break": (page_break, ()),
}


def block(value: object, where: str) -> Json:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if kind not in BLOCKS:
        raise refuse(f"{where}.type", f"harus salah satu dari {', '.join(BLOCKS)}")
    check, keys = BLOCKS[str(kind)]
    return check(dict(mapping(value, where, ("type", *keys))), where)
