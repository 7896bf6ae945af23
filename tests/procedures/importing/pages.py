"""Web pages that hold one table of steps, to be read as a form that differs in one way."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing import ReadSop, parse

HEAD = ("No", "Kegiatan", "Staf", "Kepala", "Kelengkapan", "Waktu", "Output", "Ket")


def page(head: str, *rows: Sequence[str]) -> ReadSop:
    """The SOP of a web page with a table of this head and these rows."""
    return sop_of(f"<table>{head}{''.join(plain(*row, cell='td') for row in rows)}</table>")


def sop_of(body: str) -> ReadSop:
    """The one SOP of a web page."""
    found = parse("sop.html", f"<!doctype html><html><body>{body}</body></html>".encode())
    assert len(found.sops) == 1
    return found.sops[0]


def plain(*texts: str, cell: str = "th") -> str:
    return f"<tr>{''.join(f'<{cell}>{text}</{cell}>' for text in texts)}</tr>"
