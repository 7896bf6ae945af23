"""In whose name somebody may sign: a.n. the official directly above, u.b. the one above that.

The delegate signs what the delegator has handed down within one office; the delegator stays responsible.
"""

from __future__ import annotations

from runtut.documents.enums import DocumentKind
from runtut.documents.formulas.signing import By, Delegation, role_line
from runtut.documents.models import Manuscript
from runtut.organisations.enums import Role
from runtut.organisations.models import Position
from runtut.organisations.queries import office_of

DELEGABLE = frozenset(
    {
        DocumentKind.NOTA_DINAS,
        DocumentKind.UNDANGAN,
        DocumentKind.LAPORAN,
        DocumentKind.SURAT_PENGANTAR,
        DocumentKind.LAINNYA,
    }
)
"""Minutes and berita acara are signed by those who were there, SAKIP documents by who answers for them."""


def superiors_of(position: Position) -> list[Position]:
    """Return who leads the units above a position within its office, nearest first (two queries at most).
    The secretary of the region stands under its head."""
    office = office_of(position.unit)
    paths = [one for one in position.unit.ancestor_paths if one.startswith(office.path)]
    if position.role == Role.SEKDA:
        paths = list(position.unit.ancestor_paths)
    heads = Position.objects.filter(unit__path__in=paths, is_head=True, is_active=True)
    return list(heads.exclude(unit=position.unit).select_related("unit").order_by("-unit__path", "sequence"))


def delegations_for(*, position: Position, kind: DocumentKind | str) -> dict[By, Delegation]:
    """Return in whose names a position may sign a document of a kind; always its own.

    Only whoever leads a unit signs for another (Permendagri 1/2023 leaves the rest to the office).
    """
    found = {By.SELF: Delegation()}
    if kind not in DELEGABLE or not position.is_head:
        return found
    above = [one.title for one in superiors_of(position)[:2]]
    if above:
        found[By.ON_BEHALF] = Delegation(By.ON_BEHALF, above[0])
    if len(above) > 1:
        found[By.FOR_THE_ATTENTION] = Delegation(By.FOR_THE_ATTENTION, above[1], above[0])
    return found


def signer_of_manuscript(manuscript: Manuscript) -> Position | None:
    """Return the one position that is to sign a manuscript; None where several sign, or nobody is known (one
    query at most)."""
    if manuscript.signer is not None:
        return manuscript.signer
    signatures = manuscript.frame.get("signatures") or []
    if len(signatures) != 1 or not signatures[0].get("position_uid"):
        return None
    return Position.objects.select_related("unit").filter(uid=signatures[0]["position_uid"]).first()


def delegation_words(*, position: Position, kind: DocumentKind | str) -> list[tuple[By, str]]:
    """Return in whose names a position may sign, in words: "a.n. CAMAT SUKAMAJU Sekretaris Camat"; nothing
    where there is no choice."""
    found = delegations_for(position=position, kind=kind)
    if len(found) < 2:
        return []
    return [(by, f"{' '.join(role_line(one).split())} {position.title}".strip()) for by, one in found.items()]


def signing_choices(manuscript: Manuscript) -> dict[By, Delegation]:
    """Return in whose names a manuscript may be signed; nothing where nobody is known to sign it alone."""
    signer = signer_of_manuscript(manuscript)
    return delegations_for(position=signer, kind=manuscript.kind) if signer else {}
