"""Whether what is kept is still what was kept: files, archived versions, signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from runtut.core.chain import canonical
from runtut.documents.enums import SigningWay
from runtut.documents.errors import FileIsGone
from runtut.documents.models import ArchiveRecord, DocumentVersion, Signature
from runtut.documents.queries.files import read_file, verify_files
from runtut.documents.registry import gateway

CHUNK = 200


@dataclass(frozen=True)
class ArchiveFinding:
    """Something that is not as it was kept. `what` names the kind of thing, `which` the thing."""

    what: str
    which: str
    problem: str

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.which}: {self.problem}."


def verify_archive() -> Iterator[ArchiveFinding]:
    """Check every stored file against its hash, every archived version against its text and record, every
    signature against its version, its file and its certificate. Reads everything, changes nothing.

    Three queries, read in batches; each file's content once, and each signed file once more.
    """
    for finding in verify_files():
        yield ArchiveFinding("File", f"{finding.name} ({finding.sha256[:12]})", finding.problem)
    yield from archived_findings()
    yield from signature_findings()


def archived_findings() -> Iterator[ArchiveFinding]:
    rows = ArchiveRecord.objects.select_related("version__pdf").order_by("pk")
    for record in rows.iterator(chunk_size=CHUNK):
        if record.sha256 != record.version.sha256:
            yield ArchiveFinding("Archive record", record.number, "does not fit its version")
        elif text_hash(record.version) != record.sha256:
            yield ArchiveFinding("Archive record", record.number, "the archived text was altered")
        elif not bears_its_file(record.version):
            yield ArchiveFinding("Archive record", record.number, "another file was put in its place")


def bears_its_file(version: DocumentVersion) -> bool:
    """Tell whether a version that is a file as it came still has that very file; signed electronically since,
    its paper is the signed one (one query at most)."""
    came = version.content.get("file")
    if not came or (version.pdf is not None and version.pdf.sha256 == came):
        return True
    return version.signatures.filter(way=SigningWay.ELECTRONIC).exists()


def signature_findings() -> Iterator[ArchiveFinding]:
    rows = Signature.objects.select_related("version", "file", "certificate").order_by("pk")
    for signature in rows.iterator(chunk_size=CHUNK):
        problem = problem_of_signature(signature)
        if problem:
            yield ArchiveFinding("Signature", f"{signature.code} ({signature.position_title})", problem)


def problem_of_signature(signature: Signature) -> str:
    """Return what is wrong with a signature, "" when all is well."""
    version = signature.version
    if signature.version_sha256 != version.sha256 or text_hash(version) != version.sha256:
        return "the signed text was altered"
    if signature.sha256 != signature.file.sha256:
        return "another file was put in place of the signed one"
    if signature.way == SigningWay.WET:
        return ""
    return problem_of_signed_file(signature)


def problem_of_signed_file(signature: Signature) -> str:
    try:
        content = read_file(file=signature.file)
    except FileIsGone:
        return "the signed file is missing"
    if hashlib.sha256(content).hexdigest() != signature.sha256:
        return "the signed file was altered"
    try:
        parts = gateway().inspect(pdf=content)
    except ValueError:
        parts = ()
    if not parts or not all(part.is_good for part in parts):
        return "the signature on the file is not valid"
    serial = signature.certificate.serial if signature.certificate else parts[-1].serial
    return "" if parts[-1].serial == serial else "the file bears another person's signature"


def text_hash(version: DocumentVersion) -> str:
    return hashlib.sha256(canonical(version.content).encode()).hexdigest()
