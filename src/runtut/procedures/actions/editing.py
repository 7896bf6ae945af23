"""Changing the words of a draft. Whatever has left the draft is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.errors import FieldUnknown, ListInvalid
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.rules import ensure_can_manage_procedures, ensure_draft

Words = Mapping[str, str | list[str]]

IDENTITY_LISTS = {
    "legal_basis": "dasar hukum",
    "related_sops": "keterkaitan",
    "qualifications": "kualifikasi pelaksana",
    "equipment": "peralatan",
    "warnings": "peringatan",
    "records": "pencatatan",
}
STEP_LISTS = {"requirements": "kelengkapan", "outputs": "output"}
STEP_TEXTS = {"activity": ("kegiatan", 300), "label": ("nama pendek", 40)}
NOTE_LIMIT = 300


def edit_identity(
    *, version: ProcedureVersion, changes: Words, authority: Authority, at: datetime
) -> ProcedureVersion:
    """Change the six lists of the identity page of a draft.

    Raises NotManager, VersionNotDraft, FieldUnknown and ListInvalid (with the form's field).
    """
    cleaned = {name: _list(name, IDENTITY_LISTS, value) for name, value in changes.items()}
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        data = _change(version, cleaned)
        leave_trail(version=version, action="identity.edited", authority=authority, at=at, data=data)
    return version


def edit_step(*, step: Step, changes: Words, authority: Authority, at: datetime) -> Step:
    """Change the words of a step of a draft: activity, label, note, requirements, outputs.

    Raises NotManager, VersionNotDraft, FieldUnknown, ListInvalid, NameMissing and TextTooLong (with the
    form's field).
    """
    cleaned = {name: _step_value(name, value) for name, value in changes.items()}
    with write_transaction():
        version = hold_version(step.version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        step = version.steps.get(pk=step.pk)
        data = {"step": step.no, **_change(step, cleaned)}
        leave_trail(version=version, action="step.edited", authority=authority, at=at, data=data)
    return step


def _step_value(name: str, value: str | list[str]) -> str | list[str]:
    if name in STEP_LISTS:
        return _list(name, STEP_LISTS, value)
    if isinstance(value, str) and name in STEP_TEXTS:
        what, limit = STEP_TEXTS[name]
        return ensure_text(value, what=what, limit=limit, field=name)
    if isinstance(value, str) and name == "note":
        return ensure_fits(value, what="keterangan", limit=NOTE_LIMIT, field=name)
    raise FieldUnknown(name=name)


def _list(name: str, known: Mapping[str, str], value: str | list[str]) -> list[str]:
    if name not in known:
        raise FieldUnknown(name=name)
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        raise ListInvalid(field=name, name=known[name])
    return [" ".join(item.split()) for item in value if item.strip()]


def _change(row: Model, cleaned: Words) -> dict[str, object]:
    """Set the fields and save them; return before and after for the trail."""
    before = {name: getattr(row, name) for name in cleaned}
    for name, value in cleaned.items():
        setattr(row, name, value)
    row.save(update_fields=list(cleaned))
    return {"before": before, "after": dict(cleaned)}
