"""An office's own copy of an SOP, and the next version of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import office_of
from runtut.procedures.actions.titles import own_words
from runtut.procedures.actions.trail import leave_trail
from runtut.procedures.actions.writing import write_version
from runtut.procedures.enums import UNFINISHED
from runtut.procedures.errors import AlreadyAdopted, DraftExists
from runtut.procedures.graph.titles import reworded
from runtut.procedures.models import PerformerBinding, Procedure, ProcedureVersion, SilencedFinding
from runtut.procedures.queries import document_of, foreign_titles, head_of, library_entry
from runtut.procedures.rules import ensure_can_manage_procedures


def adopt(
    *,
    unit: OrganisationUnit,
    library_key: str,
    authority: Authority,
    at: datetime,
    titles: Mapping[str, str] | None = None,
) -> ProcedureVersion:
    """Copy an SOP of the library into the office around a unit, as version 1 in draft.

    Number and dates are left for the office; the head of the office becomes the approver. `titles` says by
    key of a foreign title what the office calls it (`foreign_titles`); what is not named stays. Raises
    NotManager, LibraryKeyUnknown, AlreadyAdopted and TitleTooLong.
    """
    office = office_of(unit)
    ensure_can_manage_procedures(authority, office)
    source = library_entry(library_key)
    document, words = in_office_words(source, office, titles or {})
    title, key = document["title"], source["library_key"]
    with write_transaction():
        # The office's row is the lock: two people adopting at once get one SOP and one refusal.
        OrganisationUnit.objects.select_for_update().get(pk=office.pk)
        if _is_adopted(office, key, title):
            raise AlreadyAdopted(unit=office.short_name, title=title)
        procedure = Procedure.objects.create(
            region=office.region, unit=office, title=title, library_key=key, created_at=at
        )
        version = write_version(procedure=procedure, number=1, document=document, approver=head_of(office))
        data = {"library_key": key, "titles": words}
        leave_trail(version=version, action="version.adopted", authority=authority, at=at, data=data)
    return version


def in_office_words(
    document: Mapping[str, Any], office: OrganisationUnit, titles: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return an SOP with the office's own words in the place of foreign titles, and those words by what stood
    there; the SOPs that it calls are named among the related ones. Raises TitleTooLong."""
    document = {**document, "related_sops": related_with_called(document)}
    foreign = {one.key: one for one in foreign_titles(document, office)}
    words = own_words(foreign.values(), titles)
    made = reworded(document, words, {key: foreign[key].role for key in words})
    return made, {foreign[key].mention.written: word for key, word in words.items()}


def related_with_called(document: Mapping[str, Any]) -> list[str]:
    """Return the names of the related SOPs of a library entry, first those that its steps call."""
    keys = dict.fromkeys(step["calls"] for step in document["steps"] if step["calls"])
    called = [f"SOP {library_entry(key)['title']}" for key in keys]
    return [*called, *(name for name in document["related_sops"] if name not in called)]


def draft_next_version(*, procedure: Procedure, authority: Authority, at: datetime) -> ProcedureVersion:
    """Copy the newest version of an SOP, bindings included, into a draft that may be changed freely.

    The number of the SOP is kept as a proposal, the date of making stays; running cases keep theirs. Raises
    NotManager, and DraftExists while a version is still in the making.
    """
    ensure_can_manage_procedures(authority, procedure.unit)
    with write_transaction():
        Procedure.objects.select_for_update().get(pk=procedure.pk)
        versions = list(
            procedure.versions.select_related("procedure__unit", "approver_position").order_by("number")
        )
        unfinished = [version for version in versions if version.state in UNFINISHED]
        if unfinished:
            raise DraftExists(number=unfinished[0].number)
        last = versions[-1]
        version = write_version(
            procedure=procedure,
            number=last.number + 1,
            document=document_of(last),
            approver=_approver_after(last),
            sop_number=last.sop_number,
            created_date=last.created_date,
        )
        _copy_bindings(last, version)
        _copy_silences(last, version)
        leave_trail(
            version=version, action="version.drafted", authority=authority, at=at, data={"from": last.number}
        )
    return version


def _approver_after(version: ProcedureVersion) -> Position | None:
    """The position that approved a version, while there is one; else the head of the office."""
    before = version.approver_position
    return before if before and before.is_active else head_of(version.procedure.unit)


def _is_adopted(office: OrganisationUnit, key: str, title: str) -> bool:
    own = Procedure.objects.filter(unit=office)
    return own.filter(library_key=key).exists() or own.filter(title__iexact=title).exists()


def _copy_bindings(source: ProcedureVersion, target: ProcedureVersion) -> None:
    performers = {performer.name: performer for performer in target.performers.all()}
    bindings = PerformerBinding.objects.filter(performer__version=source, position__is_active=True)
    PerformerBinding.objects.bulk_create(
        PerformerBinding(performer=performers[binding.performer.name], position_id=binding.position_id)
        for binding in bindings.select_related("performer")
    )


def _copy_silences(source: ProcedureVersion, target: ProcedureVersion) -> None:
    """What somebody has set aside stays aside, in that person's name, as long as the text says the same."""
    kept = [
        SilencedFinding(
            version=target,
            key=row.key,
            code=row.code,
            sentence=row.sentence,
            reason=row.reason,
            by_id=row.by_id,
            at=row.at,
        )
        for row in source.silenced.all()
    ]
    SilencedFinding.objects.bulk_create(kept)
