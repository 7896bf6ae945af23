"""Documents of older and other office programs, turned into .docx and .xlsx where LibreOffice is installed.

Without it, or where only its Writer is there, the values of sheets are still read; of texts the refusal names
the way out.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from runtut.procedures.importing.limits import MAX_UNPACKED, Unreadable
from runtut.procedures.importing.readers import docx, package, xlsx
from runtut.procedures.importing.source import Source

SECONDS: Final = 90
"""How long LibreOffice may take for one file."""

TARGETS: Final = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
OPEN: Final = frozenset({"odt", "ods"})
FILTERS: Final = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
READERS: Final[dict[str, Callable[[str, bytes], Source]]] = {"docx": docx.read, "xlsx": xlsx.read}

CONVERTED = (
    "Berkas .{kind} diubah dahulu menjadi .{target} dengan LibreOffice; cocokkan gambar dan tandanya dengan "
    "aslinya."
)
VALUES = (
    "Dari berkas .{kind} hanya isi selnya yang terbaca, tanpa gambar, warna, dan sel gabungan. Simpan "
    "sebagai .xlsx lalu impor lagi bila pelaksananya digambar."
)
MISSING = (
    "Berkas .{kind} tidak dapat dibaca langsung. Buka lalu simpan sebagai .{target}, kemudian impor lagi."
)
FAILED = (
    "Berkas .{kind} ini tidak dapat diubah oleh LibreOffice: rusak, terkunci kata sandi, atau terlalu besar. "
    "Buka lalu simpan sebagai .{target}, kemudian impor lagi."
)
SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""A stranger's document runs no macro, and fetches nothing from elsewhere on the machine or the network."""


def is_installed() -> bool:
    """Say whether LibreOffice is on this machine."""
    return shutil.which("soffice") is not None


def reader(kind: str) -> Callable[[str, bytes], Source]:
    """The reader of one of the kinds in TARGETS; it raises Unreadable for what cannot be turned."""

    def read(name: str, content: bytes) -> Source:
        target = TARGETS[kind]
        if kind in OPEN:
            package.ensure_modest(content)
        refusal = Unreadable(MISSING.format(kind=kind, target=target))
        if is_installed():
            try:
                found = READERS[target](name, converted(content, kind))
            except Unreadable as failed:
                refusal = failed
            else:
                return replace(found, notes=(CONVERTED.format(kind=kind, target=target), *found.notes))
        if target != "xlsx":
            raise refusal
        return replace(xlsx.values(name, content), notes=(VALUES.format(kind=kind),))

    return read


def converted(content: bytes, kind: str) -> bytes:
    """What LibreOffice makes of a file, in a profile of its own that is thrown away."""
    target = TARGETS[kind]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(SETTINGS)
        (home / f"naskah.{kind}").write_bytes(content)
        _run(home, FILTERS[target], f"naskah.{kind}")
        made = home / f"naskah.{target}"
        if not made.is_file() or not 0 < made.stat().st_size <= MAX_UNPACKED:
            raise Unreadable(FAILED.format(kind=kind, target=target))
        return made.read_bytes()


def _run(home: Path, form: str, name: str) -> None:
    """Run LibreOffice; what is left of it when its time is over ends with it."""
    command = [
        str(shutil.which("soffice")),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        form,
        "--outdir",
        str(home),
        str(home / name),
    ]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home)}
    process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        process_group=0,
    )
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=SECONDS)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
