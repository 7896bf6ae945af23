"""An office's own titles in a draft of its own, in the place of those that it does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority
from runtut.procedures.actions.sheet import Edited, keep
from runtut.procedures.actions.trail import hold_version
from runtut.procedures.errors import TitleTooLong
from runtut.procedures.graph.editing import apply, retitled
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import ForeignTitle, foreign_in_table, sheet_of
from runtut.procedures.rules import ensure_can_manage_procedures, ensure_draft

LONGEST: Final = 80
"""What a performer's name has room for."""


def own_words(foreign: Iterable[ForeignTitle], titles: Mapping[str, str]) -> dict[str, str]:
    """Return by key what is to stand in the place of which foreign title: nothing for one that is left empty
    or as it was. Raises TitleTooLong (field: the key)."""
    words = {}
    for one in foreign:
        word = " ".join(titles.get(one.key, "").split())
        if len(word) > LONGEST:
            raise TitleTooLong(field=one.key, title=one.mention.written, most=LONGEST)
        if word and word != one.mention.written:
            words[one.key] = word
    return words


def use_office_titles(
    *, version: ProcedureVersion, titles: Mapping[str, str], authority: Authority, at: datetime
) -> Edited:
    """Put the office's words in the place of foreign titles, in the performers and steps of a draft.

    One edit of the table, which can be undone as any other. The identity page and other drafts stay. Raises
    NotManager, VersionNotDraft, TitleTooLong, and EditImpossible where two columns would bear one name.
    """
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        foreign = {one.key: one for one in foreign_in_table(version)}
        words = own_words(foreign.values(), titles)
        before = sheet_of(version)
        patch = retitled(before, words, {key: foreign[key].role for key in words})
        after = apply(before, patch)
        if patch:
            keep(version, before, after, patch, "memakai sebutan jabatan kantor", authority, at)
    return Edited(version, after, ())
