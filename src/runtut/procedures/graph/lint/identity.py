"""The identity page: number, dates and relations."""

from __future__ import annotations

from collections.abc import Iterator

from runtut.procedures.graph.lint.finding import Facts, Finding, Place, bare
from runtut.procedures.graph.lint.numbering import has_empty_segment


def identity_findings(facts: Facts) -> Iterator[Finding]:
    """A number with a gap, no effective date, relations to itself or to nothing."""
    if facts.number is not None and not facts.number.strip():
        yield Finding("number_missing", "SOP ini belum bernomor.", Place("number"))
    elif facts.number is not None and has_empty_segment(facts.number):
        said = f"Nomor {facts.number} mempunyai bagian yang kosong di antara garis miring."
        yield Finding("number_incomplete", said, Place("number"))
    if facts.effective is not None and not facts.effective.strip():
        yield Finding("effective_missing", "Tanggal efektif belum ada.", Place("dates"))
    yield from _relations(facts)


def _relations(facts: Facts) -> Iterator[Finding]:
    own, place = bare(facts.title), Place("related_sops")
    if own and any(bare(name) == own for name in facts.related):
        yield Finding("self_related", "Keterkaitan memuat SOP ini sendiri; hapus dari daftar.", place)
    if facts.registry is None:
        return
    known = {bare(name) for name in facts.registry}
    for name in facts.related:
        if bare(name) not in known and bare(name) != own:
            yield Finding("related_unknown", f"{name} belum ada dalam daftar SOP kantor ini.", place)
