"""A task as its sheet shows it: form, figures, gates, and what to do with what was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from runtut.cases.actions import complete_task, save_draft
from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.cases.queries import (
    Caution,
    draft_of,
    gates_of,
    preview_of,
    return_targets,
    step_of,
    version_at_work,
    warnings_for,
)
from runtut.cases.registry import Gate
from runtut.core.errors import DomainError
from runtut.core.uids import uuid7
from runtut.documents.actions import store_file
from runtut.documents.models import DocumentVersion, StoredFile, VersionAttachment
from runtut.documents.queries import attachments_to
from runtut.documents.rendering import check_content
from runtut.organisations.models import Authority
from runtut.procedures.graph import StepNode
from runtut.web.frame.authority import moment, person
from runtut.web.frame.paper import Block, blocks_of
from runtut.web.frame.parsing import uid_of, whole_number
from runtut.web.parts import TaskPart, part_class
from runtut.web.parts.form import WorkForm
from runtut.web.showing.figure_cautions import early_cautions, jump_cautions


@dataclass(frozen=True)
class Preview:
    """A document that is not there yet: its checked content, and its body as a page shows it."""

    content: dict[str, Any]
    blocks: list[Block]


@dataclass
class Sheet:
    """Everything the sheet of a task shows. `problems` are (sentence, anchor) pairs."""

    task: Task
    authority: Authority
    part: TaskPart
    form: WorkForm
    step: StepNode
    targets: list[StepNode]
    cautions: list[Caution]
    document: DocumentVersion | None
    kept: dict[str, StoredFile]
    key: str
    gates: list[Gate] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def preview(self) -> Preview | None:
        """The document as it would be passed on with what the form now holds, where the work composes one."""
        content = preview_of(task=self.task, data=self.form.work_data(), at=self.part.at)
        if content is None:
            return None
        checked = check_content(content)
        return Preview(checked, blocks_of(checked))

    @cached_property
    def attachments(self) -> list[VersionAttachment]:
        """The files that go with the document at work."""
        return attachments_to(self.document)

    @property
    def kept_files(self) -> list[StoredFile]:
        return list(self.kept.values())

    @property
    def is_over(self) -> bool:
        """Whether somebody has closed the task meanwhile: nothing on the sheet can be pressed any more."""
        return self.task.state != TaskState.OPEN

    def written(self) -> list[tuple[str, str]]:
        """What was typed, with its labels, for whoever has to take it elsewhere."""
        typed = self.form.typed()
        return [
            (str(field.label or ""), typed[name])
            for name, field in self.form.fields.items()
            if isinstance(typed.get(name), str) and typed[name].strip() and not hasattr(field, "choices")
        ]


def sheet_of(request: HttpRequest, task: Task, authority: Authority) -> Sheet:
    """Read a task for whoever acts for its position; a POST is read into the form."""
    at, sent = moment(request), request.method == "POST" and "isi" in request.POST
    draft = draft_of(task=task, user_id=person(request).pk)
    kept = kept_files(draft.data if draft else {}, draft.files.all() if draft else ())
    part = part_class(step_of(task).work, step_of(task).topic)(
        task=task, authority=authority, at=at, sent=request.POST if sent else None
    )
    begun = draft.data if draft else part.words_before()
    initial = {key: value for key, value in begun.items() if key != "files"}
    form = WorkForm(part=part, kept=kept, initial=initial, data=part.sent)
    sheet = Sheet(
        task=task,
        authority=authority,
        part=part,
        form=form,
        step=part.step,
        targets=return_targets(task),
        cautions=[
            *warnings_for(task=task, authority=authority),
            *early_cautions(task, part.step, at),
            *jump_cautions(task, part.step),
        ],
        document=version_at_work(task),
        kept=kept,
        key=request.POST.get("kunci") or str(uuid7()),
    )
    sheet.gates = gates_of(task=task, data=form.work_data(), at=at)
    return sheet


def kept_files(data: dict[str, Any], files: Any) -> dict[str, StoredFile]:
    """The files of a draft by the field they were given in."""
    by_uid = {str(file.uid): file for file in files}
    named: dict[str, str] = data.get("files", {})
    return {name: by_uid[uid] for name, uid in named.items() if uid in by_uid}


def keep(request: HttpRequest, sheet: Sheet) -> None:
    """Keep everything typed and every file given, whatever happens next. Refused files are told at their
    field."""
    at = moment(request)
    for name in request.FILES:
        upload = request.FILES.getlist(name)[-1]
        if name.startswith("berkas-"):
            try:
                sheet.kept[name] = store_file(
                    unit=sheet.task.case.unit,
                    name=upload.name or "",
                    content=upload.read(),
                    authority=sheet.authority,
                    at=at,
                )
            except DomainError as refusal:
                sheet.form.add_error(name, refusal.sentence)
    sheet.problems += sheet.part.keep(request)
    names = {name: str(file.uid) for name, file in sheet.kept.items()}
    save_draft(
        task=sheet.task,
        data={**sheet.form.typed(), "files": names},
        files=sheet.kept_files,
        authority=sheet.authority,
        at=at,
    )
    sheet.form.kept = dict(sheet.kept)
    sheet.form.show_kept()
    sheet.gates = gates_of(task=sheet.task, data=sheet.form.work_data(), at=at)


def hand_over(request: HttpRequest, sheet: Sheet) -> bool:
    """Complete the task with what was sent; on a refusal say why on the sheet and tell so."""
    at = moment(request)
    if not sheet.is_over and (not sheet.form.is_valid() or sheet.problems):
        return False
    try:
        complete_task(
            task_uid=sheet.task.uid,
            case_version=whole_number(request.POST.get("versi", ""), sheet.task.case.version),
            data=sheet.form.work_data(),
            key=uid_of(sheet.key),
            authority=sheet.authority,
            at=at,
        )
    except DomainError as refusal:
        unmet = [(f"{gate.label}. {gate.hint}".strip(), gate.anchor) for gate in sheet.gates if not gate.met]
        sheet.task.refresh_from_db(fields=["state"])
        sheet.problems += [(refusal.sentence, "")] if sheet.is_over else unmet or [(refusal.sentence, "")]
        return False
    return True
