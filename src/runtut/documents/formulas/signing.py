"""The signature block of a document: who signs, in what words, with or without titles, rank and NIP.

Permendagri 1/2023 Pasal 44: documents that regulate or decide carry the bare name; assignments, letters and
special documents the academic titles, save charters and certificates. Rank and NIP stand under the name of
everybody but the head of the region, the deputy and the secretary of the region; whoever acts for the head
or the secretary of the region signs without titles, rank and NIP.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from runtut.documents.enums import DocumentKind


class Group(StrEnum):
    """What a document is among the naskah dinas, as far as its signature goes."""

    REGULATION = "arahan"
    LETTER = "korespondensi"
    CHARTER = "piagam"


class Rank(StrEnum):
    """Whose signature it is, as far as its form goes."""

    HEAD_OF_REGION = "kepala_daerah"
    DEPUTY_HEAD = "wakil_kepala_daerah"
    REGION_SECRETARY = "sekda"
    OFFICIAL = "pejabat"


class By(StrEnum):
    """In whose name an official signs."""

    SELF = "sendiri"
    ON_BEHALF = "a.n."
    FOR_THE_ATTENTION = "u.b."


GROUPS: Final[dict[str, Group]] = dict.fromkeys(DocumentKind.values, Group.LETTER)
"""Every kind that Runtut writes is a letter or a special document, which carry titles alike."""
BLANK: Final = {"role_line": "", "position_uid": "", "endorsed_at": ""}


@dataclass(frozen=True)
class Official:
    """Who signs. `acting` is "Plt.", "Plh." or empty; the name is without titles."""

    position: str
    name: str = ""
    prefix: str = ""
    suffix: str = ""
    rank: str = ""
    nip: str = ""
    acting: str = ""
    level: Rank = Rank.OFFICIAL
    mark: str = ""
    """What stands after the name of a made-up person."""


@dataclass(frozen=True)
class Delegation:
    """Whose place an official takes: `principal` for a.n.; for u.b. also the one in between."""

    by: By = By.SELF
    principal: str = ""
    between: str = ""


def signature_of(
    official: Official, *, group: Group = Group.LETTER, delegation: Delegation | None = None
) -> dict[str, str]:
    """Return a signature of docs/formats/document.md, with "position_uid" and "endorsed_at" left empty."""
    return BLANK | {
        "role_line": role_line(delegation or Delegation()),
        "position": official.position.upper(),
        "acting": official.acting,
        "name": printed(official, group),
        "rank": official.rank if carries_number(official) else "",
        "nip": official.nip if carries_number(official) else "",
    }


def role_line(delegation: Delegation) -> str:
    """Return the lines above the position: "a.n. CAMAT SUKAMAJU", and for u.b. the one in between."""
    if delegation.by == By.SELF:
        return ""
    on_behalf = f"a.n. {delegation.principal.upper()}"
    if delegation.by == By.ON_BEHALF:
        return on_behalf
    return f"{on_behalf}\n{delegation.between.upper()}\nu.b."


def by_of(line: str) -> By:
    """Return in whose name the lines above a position say that it signs."""
    if not line.startswith("a.n. "):
        return By.SELF
    return By.FOR_THE_ATTENTION if line.endswith("\nu.b.") else By.ON_BEHALF


def printed(official: Official, group: Group) -> str:
    """Return the name with the titles that the kind of document allows."""
    if not official.name:
        return ""
    if carries_titles(official, group):
        name = f"{official.prefix} {official.name}".strip()
        name = f"{name}, {official.suffix}" if official.suffix else name
    else:
        name = official.name
    return f"{name} {official.mark}".strip()


def carries_titles(official: Official, group: Group) -> bool:
    """Tell whether academic titles stand with the name."""
    return group == Group.LETTER and not acts_at_the_top(official)


def carries_number(official: Official) -> bool:
    """Tell whether rank and NIP stand under the name."""
    return official.level == Rank.OFFICIAL


def acts_at_the_top(official: Official) -> bool:
    """Tell whether somebody acts for the head or the secretary of the region."""
    return bool(official.acting) and official.level in {Rank.HEAD_OF_REGION, Rank.REGION_SECRETARY}
