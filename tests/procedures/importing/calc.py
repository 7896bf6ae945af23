"""A sheet with a flowchart as LibreOffice Calc writes it: made as flat OpenDocument, saved by the program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.procedures.importing.offices import DOERS, HEAD, rows

NAMES = {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible",
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in NAMES.items()
)
WIDE, HIGH = 2.5, 0.9
"""Width of every column and height of every row in centimetres."""

STYLES = f"""<office:styles>
<draw:marker draw:name="Panah" svg:viewBox="0 0 20 30" svg:d="M10 0l-10 30h20z"/></office:styles>
<office:automatic-styles>
<style:style style:name="co" style:family="table-column">
<style:table-column-properties style:column-width="{WIDE}cm"/></style:style>
<style:style style:name="ro" style:family="table-row">
<style:table-row-properties style:row-height="{HIGH}cm" style:use-optimal-row-height="false"/></style:style>
<style:style style:name="line" style:family="graphic"><style:graphic-properties draw:stroke="solid"
 svg:stroke-color="#000000" draw:marker-end="Panah" draw:marker-end-width="0.2cm"/></style:style>
<style:style style:name="box" style:family="graphic"><style:graphic-properties draw:stroke="solid"
 svg:stroke-color="#000000" draw:fill="solid" draw:fill-color="#ffffff"/></style:style>
</office:automatic-styles>"""
PATHS = {
    "flowchart-terminator": "M 3470 21600 X 0 10800 3470 0 L 18130 0 X 21600 10800 18130 21600 Z N",
    "flowchart-process": "M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N",
    "flowchart-decision": "M 0 10800 L 10800 0 21600 10800 10800 21600 0 10800 Z N",
}
SYMBOLS = ("flowchart-terminator", "flowchart-decision", "flowchart-process")


def has_calc() -> bool:
    """Whether LibreOffice is here with Calc: it may have come with Writer only."""
    found = shutil.which("soffice")
    return found is not None and (Path(found).resolve().parent / "libsclo.so").is_file()


calc = pytest.mark.skipif(not has_calc(), reason="Calc is not here")


def saved(folder: Path, kind: str, *, arrow: str = "glued", grouped: bool = False) -> bytes:
    """The sheet of `offices` with a symbol for every step, saved as this kind of file. The arrow leads from
    the second symbol back to the first: glued to both, lying near them, or none."""
    shapes = [_symbol(at, column) for at, column in enumerate(map(HEAD.index, DOERS))]
    if grouped:
        shapes = [f"<draw:g>{''.join(shapes)}</draw:g>"]
    if arrow:
        shapes.append(_connector(glued=arrow == "glued"))
    (folder / "bagan.fods").write_text(_flat(rows(), shapes), encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(folder / "bagan.fods")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"bagan.{kind}").read_bytes()


def _flat(lines: Sequence[Sequence[str]], shapes: Sequence[str]) -> str:
    body = "".join(
        '<table:table-row table:style-name="ro">'
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'{STYLES}<office:body><office:spreadsheet><table:table table:name="SOP">'
        f"<table:shapes>{''.join(shapes)}</table:shapes>"
        f'<table:table-column table:style-name="co" table:number-columns-repeated="{len(HEAD)}"/>'
        f"{body}</table:table></office:spreadsheet></office:body></office:document>"
    )


def _place(at: int, column: int) -> tuple[float, float]:
    """The upper left corner of the symbol of a step."""
    return column * WIDE + 0.5, (at + 1) * HIGH + 0.2


def _symbol(at: int, column: int) -> str:
    x, y = _place(at, column)
    kind = SYMBOLS[at]
    return (
        f'<draw:custom-shape draw:id="s{at}" draw:style-name="box" svg:width="1.5cm" svg:height="0.5cm" '
        f'svg:x="{x:.2f}cm" svg:y="{y:.2f}cm"><draw:enhanced-geometry draw:type="{kind}" '
        f'svg:viewBox="0 0 21600 21600" draw:enhanced-path="{PATHS[kind]}"/></draw:custom-shape>'
    )


def _connector(*, glued: bool) -> str:
    (x1, y1), (x2, y2) = (_place(at, HEAD.index(DOERS[at])) for at in (1, 0))
    ends = (
        'draw:start-shape="s1" draw:start-glue-point="0" draw:end-shape="s0" draw:end-glue-point="1"'
        if glued
        else ""
    )
    return (
        f'<draw:connector draw:type="standard" draw:style-name="line" svg:x1="{x1 + 0.75:.2f}cm" '
        f'svg:y1="{y1:.2f}cm" svg:x2="{x2 + 1.5:.2f}cm" svg:y2="{y2 + 0.25:.2f}cm" {ends}/>'
    )
