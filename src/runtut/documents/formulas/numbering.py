"""Numbers of documents and letters, made of segments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from runtut.documents.enums import RegisterKind
from runtut.documents.errors import SegmentMissing, TemplateRefused

SEGMENTS = {
    "klasifikasi": "kode klasifikasi",
    "urut": "nomor urut",
    "unit": "kode surat unit",
    "bulan_romawi": "bulan",
    "tahun": "tahun",
}
TEMPLATES = {
    RegisterKind.INCOMING: "{urut}/{tahun}",
    RegisterKind.OUTGOING: "{klasifikasi}/{urut}/{unit}/{tahun}",
    RegisterKind.ARCHIVE: "{klasifikasi}/{urut}/{tahun}",
    RegisterKind.EXPEDITION: "{urut}/{tahun}",
    RegisterKind.SOP: "{klasifikasi}/{urut}/{unit}/{tahun}",
}
"""The patterns that a new register starts with."""
WAYS_OUT = {
    "klasifikasi": "Pilih klasifikasi arsipnya.",
    "unit": "Mintalah administrator mengisi kode surat unit ini.",
}
EXAMPLE = "{klasifikasi}/{urut}/{unit}/{tahun}"
ODD_SIGNS = re.compile(r"[^A-Za-z0-9 ./\-]")
DOUBLED = re.compile(r"//|--|^[/\-]|[/\-]$")
OLD_CODE = re.compile(r"(?!\d00)\d{3}(\.\d+)*")


def check_template(template: str) -> None:
    """Raise TemplateRefused unless the pattern has {urut}, only known segments and no empty place."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise refused(template, "kurung kurawal tidak berpasangan") from None
    names = [name for _, name, _, _ in parts if name is not None]
    unknown = next((name for name in names if name not in SEGMENTS), None)
    if unknown is not None:
        raise refused(template, f"“{unknown}” bukan segmen yang dikenal")
    if any(shape or conversion for _, _, shape, conversion in parts):
        raise refused(template, "segmen tidak memakai titik dua atau tanda seru")
    if "urut" not in names:
        raise refused(template, "{urut} belum ada")
    if ODD_SIGNS.search("".join(literal for literal, _, _, _ in parts)):
        raise refused(template, "selain segmen hanya huruf, angka, titik, garis miring dan tanda hubung")
    if DOUBLED.search(template):
        raise refused(template, "ada tempat yang kosong")


def refused(template: str, problem: str) -> TemplateRefused:
    return TemplateRefused(text=template, problem=problem, example=EXAMPLE, field="template")


def number_text(template: str, segments: Mapping[str, str]) -> str:
    """Fill a pattern. Raises SegmentMissing for a segment without text: no number has an empty place."""
    for _, name, _, _ in Formatter().parse(template):
        if name is not None and not segments.get(name, "").strip():
            raise SegmentMissing(segment=SEGMENTS[name], way_out=WAYS_OUT.get(name, "Lengkapi dahulu."))
    return template.format(**segments)


def is_legacy_code(code: str) -> bool:
    """Tell whether a classification code is of the list before Permendagri 83/2022.

    The list in force begins every code with a full hundred (000 to 900), the earlier one used all three
    digits: 061.1, 067.
    """
    return OLD_CODE.fullmatch(code.strip()) is not None
