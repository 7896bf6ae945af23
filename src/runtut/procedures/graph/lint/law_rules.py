"""The legal basis against the table of regulations."""

from __future__ import annotations

from collections.abc import Iterator

from runtut.core.dates import loose_date
from runtut.procedures.graph.lint.finding import Facts, Finding, Place
from runtut.procedures.graph.lint.laws import (
    Citation,
    Law,
    LawTable,
    cited_laws,
    is_alike,
    is_later,
    is_unnumbered,
)

_PLACE = Place("legal_basis")


def law_findings(facts: Facts) -> Iterator[Finding]:
    """Titles of another regulation, regulations later than the SOP, regulations no longer in force,
    regulations about another kind of office, and those of which number and year are still to be filled in."""
    for line in filter(is_unnumbered, facts.legal_basis):
        said = f"{line.rstrip(' .;')}: nomor dan tahunnya belum diisi."
        yield Finding("law_unnumbered", said, _PLACE)
    for _, cited in cited_laws(facts.legal_basis):
        yield from _mismatch(cited, facts.laws)
        known = facts.laws.find(cited)
        date = known.date if known else ""
        if facts.latest_date and is_later(date, cited.year, facts.latest_date):
            said = f"{cited.short} lebih baru daripada tanggal SOP ini, {loose_date(facts.latest_date)}."
            yield Finding("law_later", said, _PLACE)
        if known and known.replaced_by and is_alike(known.about, cited.about):
            said = f"{cited.short} sudah diganti {known.replaced_by}."
            yield Finding("law_superseded", said, _PLACE)
        yield from _elsewhere(facts, known)


def _mismatch(cited: Citation, laws: LawTable) -> Iterator[Finding]:
    if not cited.about:
        return
    owner, known = laws.titled(cited.about), laws.find(cited)
    if owner and (owner.kind, owner.number, owner.year) != (cited.kind, cited.number.lstrip("0"), cited.year):
        said = f"Judul pada {cited.short} adalah judul {owner.short}; periksa nomor atau judulnya."
        yield Finding("law_mismatch", said, _PLACE)
    elif known and not is_alike(known.about, cited.about):
        said = f"{cited.short} adalah tentang {known.about}, bukan tentang {cited.about}."
        yield Finding("law_mismatch", said, _PLACE)


def _elsewhere(facts: Facts, law: Law | None) -> Iterator[Finding]:
    if law and law.offices and facts.office_kind and facts.office_kind not in law.offices:
        said = (
            f"{law.short} adalah tentang {law.about}, sedangkan SOP ini milik {facts.office}; "
            "ganti dengan peraturan yang mengatur kantor ini, atau hapus."
        )
        yield Finding("law_other_office", said, _PLACE)
