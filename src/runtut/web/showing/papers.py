"""The papers of a run as its page lists them: one row for each, however often it was handed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runtut.cases.models import TaskOutput
from runtut.documents.models import DocumentVersion


@dataclass(frozen=True)
class Paper:
    """A document in its newest version with what it is in the SOP, or an output that is no document.
    `earlier` are the versions before, the newest first."""

    output: TaskOutput
    names: tuple[str, ...]
    earlier: tuple[DocumentVersion, ...] = ()


def papers_of(outputs: Iterable[TaskOutput]) -> list[Paper]:
    """Read the outputs of a run, the newest first; a document stands where its newest output stands."""
    rows: dict[tuple[str, int], list[TaskOutput]] = {}
    for output in outputs:
        rows.setdefault(key_of(output), []).append(output)
    return [paper(same) for same in rows.values()]


def key_of(output: TaskOutput) -> tuple[str, int]:
    version = output.document_version
    return ("document", version.document_id) if version else ("output", output.pk)


def paper(same: list[TaskOutput]) -> Paper:
    """One row from the outputs of a document; without a document there is one output."""
    names = tuple(dict.fromkeys(output.name for output in same))
    versions = {one.document_version.number: one for one in reversed(same) if one.document_version}
    if not versions:
        return Paper(same[0], names)
    newest = versions.pop(max(versions))
    earlier = [versions[number].document_version for number in sorted(versions, reverse=True)]
    return Paper(newest, names, tuple(version for version in earlier if version))
