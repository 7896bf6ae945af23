"""The files are read back by programs that are not ours."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from tests.documents.samples import COLUMNS, ROWS, long_report, measurement

from runtut.documents.errors import ContentRefused, RenderingFailed
from runtut.documents.formulas.markup import read_blocks
from runtut.documents.rendering import check_content, pdf, render_docx, render_pdf
from runtut.documents.rendering.word_parts import STYLES, head_width, widths_in_mm

AT = datetime(2026, 10, 14, 7, 20, tzinfo=UTC)
HOSTILE = '#panic("x") $a$ <b>tebal</b> *bintang* `kode` \\ [kurung] {{ nama }} & "kutip" @rujuk // ekor'


@pytest.fixture(scope="module")
def measured() -> bytes:
    return render_pdf(measurement(), at=AT)


@pytest.fixture(scope="module")
def report() -> bytes:
    return render_pdf(long_report(), at=AT)


def words_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return squeezed(" ".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def expected_words() -> list[str]:
    cells = [cell for row in ROWS for cell in row if cell]
    labels = [str(column["label"]) for column in COLUMNS]
    return [*cells, *labels, "PENGUKURAN KINERJA", "Sukamaju, 14 Oktober 2026", "Plt. CAMAT SUKAMAJU,"]


def test_row_of_a_table_stays_on_one_page() -> None:
    columns = [{"label": "Uraian", "width": 10}]
    rows = [["awal " + "kata " * 90 + "ujung"] for _ in range(40)]
    content = {"kind": "laporan", "blocks": [{"type": "table", "columns": columns, "rows": rows}]}

    sheets = PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages

    words = [sheet.extract_text().split() for sheet in sheets]
    assert len(words) > 3
    assert all(one.count("awal") == one.count("ujung") for one in words)


def test_row_longer_than_a_page_goes_on_over_the_next() -> None:
    columns = [{"label": "Uraian", "width": 10}]
    rows = [["awal " + "kata " * 2000 + "ujung"]]
    content = {"kind": "laporan", "blocks": [{"type": "table", "columns": columns, "rows": rows}]}

    words = words_of(render_pdf(content, at=AT)).split()

    assert (words.count("kata"), words.count("ujung")) == (2000, 1)


def test_pdf_carries_every_word(measured: bytes) -> None:
    found = words_of(measured)

    assert [words for words in expected_words() if words not in found] == []
    assert "NIP. 19780512 200501 1 003" in found
    assert "Halaman 1 dari 2" in found


def test_pdf_is_a_tagged_archive_format_with_title_and_language(measured: bytes) -> None:
    reader = PdfReader(io.BytesIO(measured))
    metadata = reader.metadata
    xmp = reader.xmp_metadata
    raw = xmp.stream.get_data().decode() if xmp else ""

    assert metadata is not None
    assert metadata.title == "PENGUKURAN KINERJA TRIWULAN III TAHUN 2026"
    assert metadata.author == "KECAMATAN SUKAMAJU"
    assert reader.root_object["/Lang"] == "id-ID"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert re.search(r"pdfaid:part>3<", raw)
    assert re.search(r"pdfaid:conformance>A<", raw)
    assert re.search(r"pdfuaid:part>1<", raw)


def test_pdf_carries_its_source(measured: bytes) -> None:
    (attached,) = PdfReader(io.BytesIO(measured)).attachments["isi.json"]

    assert json.loads(attached) == check_content(measurement())


def test_pdf_marks_a_draft_and_only_a_draft(measured: bytes) -> None:
    final = words_of(render_pdf(measurement(draft=False), at=AT))

    assert "KONSEP" in words_of(measured)
    assert "belum disetujui" in words_of(measured)
    assert "KONSEP" not in final
    assert "belum disetujui" not in final


def test_pdf_repeats_the_table_head_on_every_page(report: bytes) -> None:
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(report)).pages]

    assert len(pages) == 3
    assert all("No Kegiatan Nilai Keterangan" in page for page in pages)
    assert "Jumlah 28.666,50" in pages[-1]


def test_pdf_never_leaves_the_signature_alone_on_a_page(report: bytes) -> None:
    last = squeezed(PdfReader(io.BytesIO(report)).pages[-1].extract_text())

    assert last.index("Demikian laporan ini disampaikan.") < last.index("Mengetahui,")
    assert "Disetujui 14 Oktober 2026 pukul 09.05 WIB" in last


@pytest.mark.parametrize("lines", range(26, 42, 3))
@pytest.mark.parametrize("last", ["paragraph", "table"])
@pytest.mark.parametrize("attached", [0, 4])
def test_pdf_never_leaves_note_or_signature_alone_on_a_page(attached: int, lines: int, last: str) -> None:
    table = {"type": "table", "columns": [{"label": "Uraian", "width": 10}], "rows": [["Baris akhir"]]}
    closing = table if last == "table" else {"type": "paragraph", "text": "Baris akhir"}
    content = {
        "kind": "laporan",
        "title": ["LAPORAN"],
        "blocks": [*({"type": "paragraph", "text": f"Kalimat {one}."} for one in range(lines)), closing],
        "signatures": [{"position": "CAMAT", "name": "Nama Pejabat", "nip": "1"}],
        "attachments": [{"title": f"Lampiran ke-{one}"} for one in range(attached)],
        "parafs": [{"position": "Sekcam", "name": "Nama Sekcam", "given_at": "hari ini"}],
        "note": "Catatan keaslian naskah.",
    }

    page = squeezed(PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages[-1].extract_text())

    order = [
        page.index(words) for words in ("Baris akhir", "Nama Pejabat", "Nama Sekcam", "Catatan keaslian")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("words", range(121, 137, 2))
def test_pdf_leaves_no_note_alone_below_a_table_as_tall_as_the_page(words: int) -> None:
    table = {
        "type": "table",
        "columns": [{"label": "Uraian", "width": 10}],
        "rows": [["kata " * words]] * 6,
    }
    content = {
        "kind": "laporan",
        "title": ["LAPORAN"],
        "blocks": [
            *({"type": "paragraph", "text": f"Kalimat {one}."} for one in range(25)),
            {"type": "heading", "level": 1, "text": "Pelayanan kepada masyarakat"},
            table,
        ],
        "signatures": [{"position": "CAMAT", "name": "Nama Pejabat", "nip": "1"}],
        "parafs": [{"position": "Sekcam", "name": "Nama Sekcam", "given_at": "hari ini"}],
        "note": "Catatan keaslian naskah.",
    }

    page = squeezed(PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages[-1].extract_text())

    assert "Nama Sekcam" in page and "Catatan keaslian" in page


def signed(paragraphs: int) -> dict[str, Any]:
    """A paper of so many paragraphs that has been approved, with its note below."""
    return long_report() | {
        "blocks": [{"type": "paragraph", "text": f"Paragraf {n}."} for n in range(1, paragraphs + 1)],
        "note": "Persetujuan tercatat dalam sistem.",
    }


@pytest.mark.parametrize("rows", [8, 24])
def test_a_table_before_the_signature_begins_where_the_text_ends(rows: int) -> None:
    """On a page laid on its side a short table is half a page tall: it goes over to the next with its last
    rows only, under the heads of its columns, and takes the signature along."""
    words = "satu dua tiga empat lima " * 13
    content = {
        "format": "runtut-document/1",
        "kind": "bahan",
        "landscape": True,
        "letterhead": {"office": "KECAMATAN SUKAMAJU", "government": "PEMERINTAH KABUPATEN CONTOH"},
        "title": ["FORMAT PENGUMPULAN DATA", "KECAMATAN SUKAMAJU", "TRIWULAN IV"],
        "blocks": [
            {"type": "paragraph", "text": "Isilah baris yang menjadi bagian Anda."},
            {
                "type": "table",
                "columns": [{"label": "Nomor", "width": 1}, {"label": "Indikator", "width": 2}],
                "rows": [[f"Baris{number}", words] for number in range(1, rows + 1)],
            },
        ],
        "signatures": [{"position": "CAMAT", "name": "Nama Pejabat", "nip": "1"}],
    }

    sheets = PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages
    pages = [squeezed(page.extract_text()) for page in sheets]

    assert len(pages) > 1
    assert "Baris1 " in pages[0]
    assert all("Nomor Indikator" in page for page in pages)
    assert f"Baris{rows} " in pages[-1] and "Nama Pejabat" in pages[-1]
    text = " ".join(pages)
    assert [text.count(f"Baris{number} ") for number in range(1, rows + 1)] == [1] * rows


def test_an_approval_leaves_the_room_for_the_pen_free() -> None:
    """What was approved stands below the name, not where a hand would sign."""
    (page,) = PdfReader(io.BytesIO(render_pdf(signed(3), at=AT))).pages
    text = squeezed(page.extract_text())
    word = Document(io.BytesIO(render_docx(signed(3))))
    cell = [part.text for part in word.tables[-1].rows[0].cells[1].paragraphs if part.text]

    assert text.index("NIP. 19800101 200501 2 001") < text.index("Disetujui 14 Oktober 2026")
    assert cell[-1] == "Disetujui 14 Oktober 2026 pukul 09.05 WIB"


def test_pdf_page_is_the_paper_asked_for(measured: bytes, report: bytes) -> None:
    def size(content: bytes) -> tuple[int, int]:
        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)

    assert (size(measured), size(report)) == ((297, 210), (215, 330))


def test_pdf_carries_only_the_vendored_fonts(measured: bytes) -> None:
    reader = PdfReader(io.BytesIO(measured))
    fonts = {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts == {"LiberationSans", "LiberationSans-Bold"}


def test_pdf_is_the_same_bytes_for_the_same_content_and_instant(measured: bytes) -> None:
    again = render_pdf(measurement(), at=AT)
    later = render_pdf(measurement(), at=AT + timedelta(days=1))

    assert hashlib.sha256(again).digest() == hashlib.sha256(measured).digest()
    assert later != measured


def test_markup_in_the_data_comes_out_as_words() -> None:
    content = {"title": [HOSTILE], "place": HOSTILE, "blocks": [{"type": "paragraph", "text": HOSTILE}]}
    row = {"type": "table", "columns": [{"label": HOSTILE, "width": 1}], "rows": [[HOSTILE]]}
    content["blocks"] += [row, {"type": "facts", "rows": [[HOSTILE, "a\nb"]]}]

    word = Document(io.BytesIO(render_docx(content)))

    assert words_of(render_pdf(content, at=AT)).replace(" ", "").count(HOSTILE.replace(" ", "")) == 5
    assert word.paragraphs[0].text == HOSTILE
    assert word.tables[0].rows[1].cells[0].text == HOSTILE


def test_an_empty_content_is_still_a_document() -> None:
    assert len(PdfReader(io.BytesIO(render_pdf({}, at=AT))).pages) == 1
    assert Document(io.BytesIO(render_docx({}))).tables == []


def test_content_of_another_format_is_refused_before_a_process_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "run_child", lambda order: pytest.fail("a process was started"))

    with pytest.raises(ContentRefused):
        render_pdf({"blocks": [{"type": "x"}]}, at=AT)
    with pytest.raises(ContentRefused):
        render_docx({"blocks": [{"type": "x"}]})


def test_a_rendering_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIMEOUT", 0.001)

    with pytest.raises(RenderingFailed, match=r"0\.001 s"):
        render_pdf(measurement(), at=AT)


def test_a_rendering_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", Path("/nowhere"))
    monkeypatch.setattr(pdf, "HERE", Path("/nowhere"))

    with pytest.raises(RenderingFailed, match="nowhere"):
        render_pdf(measurement(), at=AT)


def test_ctrl_c_in_the_workers_terminal_does_not_reach_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "import os, sys\nsys.exit(f'own group: {os.getpgrp() == os.getpid()}')\n"
    (tmp_path / "child.py").write_text(told)
    monkeypatch.setattr(pdf, "HERE", tmp_path)

    with pytest.raises(RenderingFailed, match="own group: True"):
        render_pdf(measurement(), at=AT)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix")
def test_the_process_has_a_limit_on_memory(tmp_path: Path) -> None:
    greedy = tmp_path / "typst.py"
    greedy.write_text(
        "class Compiler:\n    def __init__(self, *a, **k): pass\n"
        "    def compile(self, **k): return b'%PDF-' + bytes(2 * 1024 ** 3)\n"
    )
    script = Path(pdf.HERE / "child.py").read_text()
    (tmp_path / "child.py").write_text(script)
    order = {"template": "", "root": "", "fonts": "", "content": "", "source": "", "timestamp": 0}

    done = subprocess.run(
        [sys.executable, "child.py"], cwd=tmp_path, input=json.dumps(order).encode(), capture_output=True
    )

    assert b"MemoryError" in done.stderr
    assert done.stdout == b""


def test_docx_has_real_structure() -> None:
    word = Document(io.BytesIO(render_docx(measurement())))
    styles = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    table = word.tables[0]

    assert styles["KECAMATAN SUKAMAJU"] == "Kop Kantor"
    assert styles["PENGUKURAN KINERJA\nTRIWULAN III TAHUN 2026"] == "Title"
    assert styles["Penjelasan"] == "Heading 1"
    assert styles["Menambah satu petugas loket pada hari Senin dan Selasa."] == "List Number"
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == ROWS
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "thickThinSmallGap" in word.element.xml
    assert word.sections[0].header.paragraphs[0].text == "KONSEP, belum disetujui"
    assert round(word.sections[0].page_width.mm) == 297


def test_docx_numbers_every_list_from_one() -> None:
    items = {"type": "list", "ordered": True, "items": ["a", "b"]}
    word = Document(io.BytesIO(render_docx({"blocks": [items, items]})))

    numbers = [paragraph._p.pPr.numPr.numId.val for paragraph in word.paragraphs]

    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_docx_knows_every_style_by_the_id_that_paragraphs_are_given() -> None:
    word = Document(io.BytesIO(render_docx(measurement())))

    assert {name: word.styles[name].style_id for name in STYLES} == {
        name: name.replace(" ", "") for name in STYLES
    }
    used = {paragraph._p.style for paragraph in word.paragraphs} - {None}
    assert used <= {style.style_id for style in word.styles}


def test_docx_is_the_same_bytes_for_the_same_content() -> None:
    first = render_docx(measurement())

    assert first == render_docx(measurement())
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def invitation() -> dict[str, Any]:
    """A letter as the editor composes it: no title, number and date in its own text, an attachment."""
    text = (
        "Nomor : {{nomor_surat}}\nHal : Rapat\n\n<< Yth.\nPara Kepala Seksi\n\n# A. Acara\n\n"
        "Mohon **hadir** pada *waktunya*.\n\n1. Pembukaan\n2. Pembahasan"
    )
    return {
        "form": "surat",
        "letterhead": {"government": "PEMERINTAH KABUPATEN CONTOH", "office": "KECAMATAN SUKAMAJU"},
        "title": ["UNDANGAN"],
        "place": "Sukamaju",
        "number": "000.1.5/12/2026",
        "date": "2026-03-02",
        "blocks": read_blocks(text),
        "attachments": [{"title": "Jadwal acara", "name": "jadwal.pdf", "sha256": "a" * 64}],
        "signatures": [
            {"role_line": "a.n. CAMAT SUKAMAJU", "position": "SEKRETARIS KECAMATAN", "name": "Rina Wahyuni"}
        ],
    }


INVITED = (
    "Sukamaju, 2 Maret 2026",
    "000.1.5/12/2026",
    "Para Kepala Seksi",
    "A. Acara",
    "Mohon hadir pada waktunya.",
    "Pembahasan",
    "a.n. CAMAT SUKAMAJU SEKRETARIS KECAMATAN,",
    "Jadwal acara",
)


def test_a_letter_prints_place_and_date_on_top_and_no_title() -> None:
    words = words_of(render_pdf(invitation(), at=AT))

    assert [one for one in INVITED if one not in words] == []
    assert "UNDANGAN" not in words
    assert words.index("Sukamaju, 2 Maret 2026") < words.index("Nomor")
    assert words.count("2 Maret 2026") == 1


def test_a_text_that_names_its_number_is_given_no_other_under_the_title() -> None:
    words = words_of(render_pdf({**invitation(), "form": "naskah"}, at=AT))

    assert "UNDANGAN Nomor:" not in words
    assert "Nomor : 000.1.5/12/2026" in words


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice") or not shutil.which("pdftotext"), reason="no LibreOffice")
def test_a_letter_reads_the_same_in_libreoffice_and_in_its_pdf(tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(render_pdf(invitation(), at=AT))
    (tmp_path / "word.docx").write_bytes(render_docx(invitation()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    run_for_text(["soffice", profile, "--headless", "--convert-to", "pdf", "word.docx"], tmp_path)

    ours = run_for_text(["pdftotext", "surat.pdf", "-"], tmp_path)
    theirs = run_for_text(["pdftotext", "word.pdf", "-"], tmp_path)
    assert [one for one in INVITED if one not in ours] == []
    assert [one for one in INVITED if one not in theirs] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext (poppler-utils)")
def test_poppler_reads_every_word(measured: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(measured)
    found = run_for_text(["pdftotext", "-layout", "a.pdf", "-"], tmp_path)

    numbers = [cell for row in ROWS for cell in row[4:7]]
    assert [number for number in numbers if number not in found] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (soffice)")
def test_libreoffice_opens_the_docx_with_every_word(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(render_docx(measurement()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    run_for_text(["soffice", profile, "--headless", "--convert-to", "pdf", "a.docx"], tmp_path)

    found = words_of((tmp_path / "a.pdf").read_bytes())
    assert [words for words in expected_words() if words not in found] == []
    assert "Halaman 1 dari 2" in found


def run_for_text(command: list[str], folder: Path) -> str:
    done: Any = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    return squeezed(done.stdout.decode())


def test_a_cell_of_squares_is_drawn_and_not_written() -> None:
    columns = [{"label": "Nilai", "width": 10}, {"label": "Grafik", "width": 20}]
    rows = [["75,00", "█" * 15 + "░" * 5], ["belum ░", "–"]]
    content = {"kind": "laporan", "blocks": [{"type": "table", "columns": columns, "rows": rows}]}

    words = words_of(render_pdf(content, at=AT))

    assert "█" not in words
    assert "75,00" in words and "belum ░" in words


def test_narrow_columns_of_a_crowded_word_table_take_from_all_that_can_spare() -> None:
    labels = ("No", "Indikator kinerja", "Satuan", "Target", "Realisasi", "Capaian", "Predikat", "Penyebab")
    asked = (4, 24, 10, 9, 9, 9, 10, 25)
    columns = [{"label": label, "width": width} for label, width in zip(labels, asked, strict=True)]

    widths = widths_in_mm(Document(), columns)

    usable = sum(widths_in_mm(Document(), [{"width": 1}]))
    assert sum(widths) == pytest.approx(usable)
    plain = [usable * width / 100 for width in asked]
    assert widths[0] > plain[0] and widths[4] > plain[4]
    assert widths[1] < plain[1] and widths[7] < plain[7]
    assert all(width >= head_width(column, 2.0) - 0.01 for width, column in zip(widths, columns, strict=True))
    assert widths[1] > widths[2]


def test_a_narrow_column_of_a_word_table_is_as_wide_as_its_head() -> None:
    columns = [{"label": label, "width": width} for label, width in (("No", 4), ("Uraian", 86), ("Hal", 10))]

    narrow, wide, other = widths_in_mm(Document(), columns)

    assert narrow == pytest.approx(2 * 1.9 + 5)
    assert other == pytest.approx((narrow + wide + other) / 10)
    assert widths_in_mm(Document(), [{"width": 1}, {"width": 1}]) == pytest.approx(
        [(narrow + wide + other) / 2] * 2
    )


def test_the_heads_of_many_narrow_columns_are_helped_by_all_that_have_room() -> None:
    heads = (("No", 5), ("Indikator kinerja", 24), ("Satuan", 9), ("Target s.d.", 10))
    more = (("Realisasi s.d.", 10), ("Triwulan ini", 10), ("Bukti", 13), ("Keterangan", 19))
    columns = [{"label": label, "width": width} for label, width in (*heads, *more)]

    widths = widths_in_mm(Document(), columns)

    needed = [head_width(one, 2.0) for one in columns]
    assert min(width / need for width, need in zip(widths, needed, strict=True)) > 0.999
    assert sum(widths) == pytest.approx(sum(widths_in_mm(Document(), [{"width": 1}])))


def test_a_long_office_name_breaks_into_lines_of_about_one_length() -> None:
    head = {
        "government": "PEMERINTAH KABUPATEN CONTOH",
        "office": "DINAS SOSIAL DAN PEMBERDAYAAN MASYARAKAT DESA",
    }
    content = {"kind": "laporan", "title": ["LAPORAN"], "letterhead": head, "blocks": []}
    lines = PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages[0].extract_text().splitlines()
    assert [line.strip() for line in lines[:3]] == [
        "PEMERINTAH KABUPATEN CONTOH",
        "DINAS SOSIAL DAN PEMBERDAYAAN",
        "MASYARAKAT DESA",
    ]


NARROW = [{"label": "Siapa", "width": 80}, {"label": "Keterangan", "width": 20}]
LONG = " ".join(f"kata{number}" for number in range(250))


@pytest.mark.parametrize(
    "last",
    [
        *({"type": "table", "columns": NARROW, "rows": [["Camat", LONG]] * rows} for rows in (1, 5)),
        {"type": "list", "items": ["Butir rapat."] * 90},
        {"type": "paragraph", "text": LONG * 4},
    ],
    ids=["row", "rows", "list", "paragraph"],
)
def test_nothing_before_the_signature_runs_off_the_paper(last: dict[str, Any]) -> None:
    content = {"kind": "laporan", "title": ["X"], "blocks": [last], "signatures": [{"position": "CAMAT"}]}
    low: list[float] = []

    def note(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        low.append(tm[5] * cm[3] + cm[5] if text.strip() else 0)

    for page in PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages:
        page.extract_text(visitor_text=note)

    assert min(low) >= 0


@pytest.mark.parametrize("signatures", [[], [{"position": "CAMAT"}]])
def test_facts_without_a_line_print_nothing(signatures: list[dict[str, str]]) -> None:
    blocks = [{"type": "facts", "rows": []}]
    content = {"kind": "laporan", "title": ["X"], "blocks": blocks, "signatures": signatures}

    assert len(PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages) == 1
    assert "X" in [one.text for one in Document(io.BytesIO(render_docx(content))).paragraphs]


@pytest.mark.parametrize(("between", "aligned"), [([], True), ([{"type": "paragraph", "text": "x"}], False)])
def test_colons_of_facts_that_follow_each_other_stand_in_one_line(
    between: list[dict[str, str]], aligned: bool
) -> None:
    facts = [{"type": "facts", "rows": [[name, "isi"]]} for name in ("Hari", "Pimpinan rapat yang dipilih")]
    content = {"kind": "laporan", "title": ["X"], "blocks": [facts[0], *between, facts[1]]}
    places: list[float] = []

    def note(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        places.extend([round(tm[4] * cm[0] + cm[4])] if text.strip().startswith(":") else [])

    PdfReader(io.BytesIO(render_pdf(content, at=AT))).pages[0].extract_text(visitor_text=note)
    word = Document(io.BytesIO(render_docx(content)))
    widths = [table.columns[0].width for table in word.tables]

    assert len(places) == 2
    assert (places[0] == places[1]) is aligned
    assert (widths[0] == widths[1]) is aligned
