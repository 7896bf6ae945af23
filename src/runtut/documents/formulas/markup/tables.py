"""Tables in the markup: column names, a row of dashes, the rows; `|#` is a title, `|=` a bold last row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from runtut.documents.formulas.markup.inline import plain_words, read_inline, write_inline

CELL: Final = re.compile(r"(?:\\.|[^|\\]|\\$)*")
DASHES: Final = re.compile(r"(:?)(-+|=)(:?)(?:\s*(\d{1,4}))?")
SIDES: Final = {("", ""): "left", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
WRITTEN_SIDES: Final = {"left": "--", "right": "-:", "center": ":-:", "justify": ":=:"}
WIDTH: Final = 10


def read_table(rows: Sequence[str]) -> dict[str, Any]:
    """Return the table that lines beginning with "|" stand for; a short row is filled up."""
    caption = rows[0][2:].strip() if rows[0].startswith("|#") else ""
    body = [row for row in rows if not row.startswith("|#")] or ["|"]
    labels = [plain_words(read_inline(cell)) for cell in cells_of(body[0])]
    ruled = len(body) > 1 and is_ruled(body[1])
    shapes = [shape(cell) for cell in cells_of(body[1])] if ruled else []
    shapes += [("left", WIDTH)] * (len(labels) - len(shapes))
    below = body[2:] if ruled else body[1:]
    return {
        "type": "table",
        "caption": plain_words(read_inline(caption)),
        "columns": [
            {"label": label, "align": align, "width": width}
            for label, (align, width) in zip(labels, shapes, strict=False)
        ],
        "rows": [row_of(row, len(labels)) for row in below if not row.startswith("|=")],
        "footer": [row_of("|" + row[2:], len(labels)) for row in below if row.startswith("|=")],
    }


def cells_of(row: str) -> list[str]:
    inner = row.strip()[1:]
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells, place = [], 0
    while place <= len(inner):
        match = CELL.match(inner, place)
        assert match is not None
        cells.append(match[0].strip())
        place = match.end() + 1
    return cells


def is_ruled(row: str) -> bool:
    return all(DASHES.fullmatch(cell) for cell in cells_of(row))


def shape(cell: str) -> tuple[str, int]:
    match = DASHES.fullmatch(cell)
    assert match is not None
    align = "justify" if match[2] == "=" else SIDES[match[1], match[3]]
    return align, min(max(int(match[4] or WIDTH), 1), 1000)


def row_of(row: str, width: int) -> list[Any]:
    cells = [read_inline(cell) for cell in cells_of(row)]
    return cells + [""] * (width - len(cells))


def write_table(table: Mapping[str, Any]) -> list[str]:
    """Return a table as lines of markup."""
    columns = table["columns"]
    shapes = [
        f"{WRITTEN_SIDES[column['align']]} {column['width']}" if column["width"] != WIDTH
        else WRITTEN_SIDES[column["align"]]
        for column in columns
    ]  # fmt: skip
    title = [f"|# {write_cell(table['caption'])}"] if table.get("caption") else []
    return [
        *title,
        joined([write_cell(column["label"]) for column in columns]),
        joined(shapes),
        *(joined([write_cell(cell) for cell in row]) for row in table.get("rows", [])),
        *("|=" + joined([write_cell(cell) for cell in row])[1:] for row in table.get("footer", [])),
    ]


def joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_cell(inline: Any) -> str:
    return write_inline(inline, also="|").replace("\n", "\\/")
