"""From blocks back to markup, so that whatever was composed can be written on by hand. Nothing is lost:
reading what was written gives the same blocks again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from runtut.documents.formulas.markup import lines
from runtut.documents.formulas.markup.inline import plain_words, run, simplest, write_inline
from runtut.documents.formulas.markup.tables import write_table

Block = Mapping[str, Any]
MARKS = {align: mark for mark, align in lines.ALIGNMENTS.items()}


def write_words(blocks: Iterable[Block]) -> str:
    """Return paragraphs and lists as words, the reverse of `read_words`: only what that would read as more is
    protected."""
    return write_blocks(blocks, lines.WORDS)


def write_blocks(blocks: Iterable[Block], kinds: Collection[str] | None = None) -> str:
    """Return blocks as markup, a blank line between any two. `kinds` are those that a line may be where it is
    read again, None for all."""
    parts: list[str] = []
    last: Block | None = None
    for block in normal_blocks(blocks):
        if last and is_alike_list(last, block):
            parts.append(lines.EMPTY)
        parts.append("\n".join(written(block, kinds)))
        last = block
    return "\n\n".join(parts)


def is_alike_list(last: Block, block: Block) -> bool:
    """Two lists of bullets in a row would be read as one."""
    return bool(last["type"] == block["type"] == "list" and not (last["ordered"] or block["ordered"]))


def written(block: Block, kinds: Collection[str] | None) -> list[str]:
    kind = block["type"]
    if kind == "heading":
        return [f"{'#' * block['level']} {one_line(block['text'])}"]
    if kind == "list":
        return list(items(block))
    if kind == "facts":
        return [line for label, value in block["rows"] for line in fact(label, value)]
    if kind == "table":
        return write_table(block)
    return ["---"] if kind == "page_break" else paragraph(block, kinds)


def one_line(text: str) -> str:
    return write_inline(text).replace("\n", "\\/")


def items(block: Block) -> Iterable[str]:
    for number, item in enumerate(block["items"], start=1):
        mark = f"{number}." if block["ordered"] else "-"
        yield from continued(f"{mark} ", write_inline(item))


def continued(start: str, text: str) -> list[str]:
    first, *others = text.split("\n")
    return [(start + safe_edge(first)).rstrip(), *(f"  {safe_edge(line) or lines.EMPTY}" for line in others)]


def safe_edge(line: str) -> str:
    """Protect a blank at the start, and a line that is a lone backslash."""
    return f"\\{line}" if line[:1] == " " else line


def fact(label: str, value: Any) -> list[str]:
    text = write_inline(value)
    simple = [*continued(f"{label} : ", text)]
    words = lines.kind_of(simple[0])
    match = lines.FACT.fullmatch(simple[0])
    if words == "fact" and match is not None and match[1] == label:
        return simple
    name = write_inline(label, also=":").replace("\n", "\\/")
    return continued(f":: {safe_edge(name)} :: ", text)


def paragraph(block: Block, kinds: Collection[str] | None) -> list[str]:
    mark = MARKS.get(block["align"], "")
    first, *others = write_inline(block["text"]).split("\n")
    start = f"{mark} {safe_line(first, kinds)}" if mark else safe_line(first, kinds)
    return [start, *(safe_line(line, kinds) for line in others)]


def safe_line(line: str, kinds: Collection[str] | None = None) -> str:
    """Protect a line of a paragraph from being read as something else that a line may be."""
    if not line:
        return lines.EMPTY
    if line[:1] == " ":
        return f"\\{line}"
    kind = lines.kind_of(line)
    if kind == "text" or (kinds is not None and kind not in kinds):
        return line
    if kind == "number":
        return re.sub(r"^(\d+)", r"\1\\", line)
    if kind == "fact":
        return line.replace(":", "\\:", 1)
    return f"\\{line}"


def normal_blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as the markup can tell them: defaults filled in, no blanks at the end of lines, no empty
    paragraphs, lists and facts."""
    return [dict(block) for block in map(normal_block, blocks) if is_worth(block)]


def is_worth(block: Block) -> bool:
    if block["type"] in {"paragraph", "heading"}:
        return bool(plain_words(block["text"]).strip())
    return bool(block.get("items", True)) and bool(block.get("rows", True) or block["type"] == "table")


def normal_block(block: Block) -> dict[str, Any]:
    kind = block["type"]
    if kind == "paragraph":
        align = block.get("align", "justify")
        return {"type": kind, "text": trimmed(block["text"]), "align": align}
    if kind == "heading":
        text = plain_words(trimmed(block["text"]))
        return {"type": kind, "level": block.get("level", 1), "text": text}
    if kind == "list":
        ordered = block.get("ordered", False)
        return {"type": kind, "ordered": ordered, "items": [trimmed(item) for item in block["items"]]}
    if kind == "facts":
        rows = [[plain_words(trimmed(name)), trimmed(value)] for name, value in block["rows"]]
        return {"type": kind, "rows": rows}
    return normal_table(block) if kind == "table" else dict(block)


def normal_table(block: Block) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": plain_words(trimmed(block.get("caption", ""))),
        "columns": [
            {
                "label": plain_words(trimmed(column["label"])),
                "align": column.get("align", "left"),
                "width": column.get("width", 10),
            }
            for column in block["columns"]
        ],
        "rows": normal_rows(block.get("rows", [])),
        "footer": normal_rows(block.get("footer", [])),
    }


def normal_rows(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[trimmed(cell) for cell in row] for row in rows]


def trimmed(inline: Any) -> Any:
    """Drop blanks at the ends of lines and around the whole."""
    runs = [run(inline, 0)] if isinstance(inline, str) else inline
    parts = [{**piece, "text": str(piece["text"]).replace("\t", " ")} for piece in runs]
    plain = simplest(parts)
    pieces = [run(plain, 0)] if isinstance(plain, str) else plain
    return simplest(stripped(pieces))


def stripped(runs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take blanks away before line ends, and at start and end of the whole text, whatever run they are in."""
    signs = [(sign, place) for place, piece in enumerate(runs) for sign in str(piece["text"])]
    words = "".join(sign for sign, _ in signs)
    dropped = {
        at
        for match in re.finditer(r"\A\s+|\s+\Z|[^\S\n]+(?=\n)", words)
        for at in range(*match.span())
    }  # fmt: skip
    return [
        {**piece, "text": "".join(
            sign for at, (sign, owner) in enumerate(signs) if owner == place and at not in dropped
        )}
        for place, piece in enumerate(runs)
    ]  # fmt: skip
