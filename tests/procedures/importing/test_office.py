"""Documents of older and other office programs: turned by LibreOffice where it is, else told the way out."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.procedures.importing import offices
from tests.procedures.importing.calc import calc

from runtut.procedures.importing import ReadSop, Unreadable, parse
from runtut.procedures.importing.readers import kind_of, office

pytestmark = pytest.mark.slow

writer = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")


FORMS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt", "xls": "xls:MS Excel 97"}


def old(word: str, size: int = 3000) -> bytes:
    """The shape of an old Office file: its mark, and the name of its part."""
    return b"\xd0\xcf\x11\xe0" + bytes(508) + word.encode("utf-16-le") + bytes(size)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(old("WordDocument"), "doc"), (old("Workbook"), "xls"), (old("Book"), "xls"), (b"{\\rtf1 ab}", "rtf")],
)
def test_old_files_are_told_apart_by_content(content: bytes, kind: str) -> None:
    assert kind_of("tanpa-nama", content) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [(old("EncryptedPackage"), "terkunci kata sandi"), (old("PowerPoint Document"), "bukan dokumen Word")],
)
def test_old_files_of_other_kinds_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parse("berkas", content)


@pytest.mark.parametrize(("content", "target"), [(old("WordDocument"), "docx"), (b"{\\rtf1 ab}", "docx")])
def test_without_libreoffice_the_way_out_is_named(
    content: bytes, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "is_installed", lambda: False)
    with pytest.raises(Unreadable, match=rf"simpan sebagai \.{target}, kemudian impor lagi"):
        parse("lama", content)


def turned(kind: str, folder: Path) -> bytes:
    """The table of `offices`, saved by LibreOffice as another kind."""
    start = "html" if office.TARGETS[kind] == "docx" else "xlsx"
    content = offices.as_sheet("v") if start == "xlsx" else offices.as_page("v")
    (folder / f"sop.{start}").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]
    command += ["--infilter=HTML (StarWriter)"] if start == "html" else []
    command += ["--convert-to", FORMS.get(kind, kind), "--outdir", str(folder), str(folder / f"sop.{start}")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"sop.{kind}").read_bytes()


def ensure_same(found: ReadSop) -> None:
    assert [
        (step.activity, " ".join(step.requirements), step.time.text, " ".join(step.outputs))
        for step in found.steps
    ] == [row[1:] for row in offices.BODY]
    assert [[who.name for who in step.performers] for step in found.steps] == [
        [name] for name in offices.DOERS
    ]


@writer
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_texts_of_other_programs_are_read(kind: str, tmp_path: Path) -> None:
    found = parse(f"sop.{kind}", turned(kind, tmp_path)).sops[0]
    ensure_same(found)
    assert any(f"Berkas .{kind} diubah dahulu" in doubt.why for doubt in found.doubts)


@calc
@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("installed", [True, False])
def test_sheets_of_other_programs_are_read(
    kind: str, installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = turned(kind, tmp_path)
    monkeypatch.setattr(office, "is_installed", lambda: installed)
    found = parse(f"sop.{kind}", content).sops[0]
    ensure_same(found)
    said = "diubah dahulu" if installed else "hanya isi selnya"
    assert any(said in doubt.why for doubt in found.doubts)


@calc
def test_where_only_writer_is_there_a_sheet_still_gives_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = turned("xls", tmp_path)

    def fail(content: bytes, kind: str) -> bytes:
        raise Unreadable("LibreOffice tanpa Calc")

    monkeypatch.setattr(office, "is_installed", lambda: True)
    monkeypatch.setattr(office, "converted", fail)
    found = parse("sop.xls", content).sops[0]

    ensure_same(found)
    assert any("hanya isi selnya" in doubt.why for doubt in found.doubts)


@writer
def test_what_libreoffice_cannot_turn_is_refused() -> None:
    with pytest.raises(Unreadable, match="tidak dapat diubah"):
        parse("rusak.doc", old("WordDocument"))


@writer
def test_a_program_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.01)
    with pytest.raises(Unreadable, match="tidak dapat diubah"):
        parse("lama.rtf", b"{\\rtf1 isi}")


NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "manifest")}


def linking(target: Path) -> bytes:
    """A text document with a section whose words are those of another file of the machine."""
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in NAMES.items())
    section = (
        f'<text:section text:name="S"><text:section-source xlink:href="{target.as_uri()}" '
        'text:filter-name="Text"/><text:p>kosong</text:p></text:section>'
    )
    body = f"<office:body><office:text><text:p>awal</text:p>{section}</office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    entry = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{form}"/>'
        for path, form in (("/", kind), ("content.xml", "text/xml"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'office:version="1.2">{body}</office:document-content>',
        )
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{entry}</manifest:manifest>")
    return stream.getvalue()


@writer
def test_what_a_document_links_to_is_not_fetched(tmp_path: Path) -> None:
    kept = tmp_path / "rahasia.txt"
    kept.write_text("isi berkas peladen")

    with zipfile.ZipFile(io.BytesIO(office.converted(linking(kept), "odt"))) as made:
        words = made.read("word/document.xml").decode()

    assert "awal" in words
    assert "peladen" not in words
