"""What the pages show in tests: the cast with one SOP in force, a work calendar, a file and a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from tests.cast import TODAY, Cast, make_cast
from tests.documents.factories import make_file, make_version
from tests.replay import replayed

from runtut.accounts.models import User
from runtut.cases.actions import complete_task, start_case
from runtut.cases.models import Case, Task, TaskManuscript
from runtut.core.locks import write_transaction
from runtut.documents.models import DocumentVersion, Manuscript, StoredFile
from runtut.organisations.actions import load_standard_calendar
from runtut.organisations.models import WorkCalendar
from runtut.organisations.queries import authority_for
from runtut.procedures.actions import (
    accept_suggested_bindings,
    adopt,
    draft_next_version,
    ratify,
    submit_for_review,
)
from runtut.procedures.models import ProcedureVersion


@dataclass
class Stage:
    cast: Cast
    version: ProcedureVersion
    calendar: WorkCalendar
    file: StoredFile
    document: DocumentVersion


@replayed
def play_stage(at: datetime) -> Stage:
    """The cast and its stage, from nothing."""
    return set_stage(make_cast(), at)


def set_stage(cast: Cast, at: datetime) -> Stage:
    """The cast, with one SOP in force in Sukamaju and a calendar over the kabupaten."""
    with write_transaction():
        calendar = load_standard_calendar(region=cast.kabupaten.region)
        cast.kabupaten.calendar = calendar
        cast.kabupaten.save(update_fields=["calendar"])
    return Stage(cast, put_in_force(cast, "s2", at), calendar, make_file(cast), make_version(cast))


def put_in_force(cast: Cast, key: str, at: datetime) -> ProcedureVersion:
    """Sari adopts an SOP of the library, Budi (Plt. Camat) ratifies it."""
    sari = cast.office.authority("perencanaan")
    camat = authority_for(user=cast.budi, position=cast.office.positions["camat"], on=TODAY)
    assert camat is not None
    version = adopt(unit=cast.office.unit, library_key=key, authority=sari, at=at)
    accept_suggested_bindings(version=version, authority=sari, at=at)
    submit_for_review(version=version, authority=sari, at=at)
    return ratify(
        version=version,
        sop_number=f"000.8.3.3/{key}/KEC.SKM/2026",
        effective_from=TODAY,
        authority=camat,
        at=at,
    )


def succeed(stage: Stage, at: datetime) -> ProcedureVersion:
    """Put the next version of the stage's SOP in force, its first step with twice the time."""
    sari = stage.cast.office.authority("perencanaan")
    camat = authority_for(user=stage.cast.budi, position=stage.cast.office.positions["camat"], on=TODAY)
    assert camat is not None
    version = draft_next_version(procedure=stage.version.procedure, authority=sari, at=at)
    first = version.steps.get(no=1)
    first.time_value *= 2
    first.save()
    submit_for_review(version=version, authority=sari, at=at)
    return ratify(
        version=version, sop_number=version.sop_number, effective_from=TODAY, authority=camat, at=at
    )


def start_run(stage: Stage, at: datetime, number: int = 1) -> Case:
    """A run of the stage's SOP; its first two steps are Budi's (Plt. Camat, then Sekcam)."""
    return start_case(
        procedure_version=stage.version,
        title=f"Pengukuran TW I 2026 ke-{number}",
        year=2026,
        quarter=1,
        letter=None,
        authority=stage.cast.office.authority("perencanaan"),
        at=at,
    )


def pass_on(case: Case, stage: Stage, at: datetime) -> None:
    """Budi gives the disposisi that the run waits for."""
    task = Task.objects.select_related("position").get(case=case, state=1)
    authority = authority_for(user=stage.cast.budi, position=task.position, on=TODAY)
    assert authority is not None
    complete_task(
        task_uid=task.uid,
        case_version=task.case.version,
        data={"instruction": "Tindak lanjuti.", "outputs": {}},
        key=uuid4(),
        authority=authority,
        at=at,
    )


def make_manuscript(task: Task, writer: User, at: datetime) -> Manuscript:
    """A document that a task is writing; the same one when asked again."""
    link = TaskManuscript.objects.filter(task=task).select_related("manuscript").first()
    if link:
        return link.manuscript
    manuscript = Manuscript.objects.create(
        region=task.region,
        unit=task.unit,
        kind="nota_dinas",
        title="Nota permintaan bahan",
        frame={"title": ["NOTA DINAS"], "place": "Sukamaju"},
        text="Hal : Bahan\n\n# A. Permintaan\n\n- Mohon **segera**.\n\n| No | Bahan |\n| 1 | Usulan |",
        signer=task.position,
        opened_at=at,
        saved_by=writer,
        saved_at=at,
    )
    TaskManuscript.objects.create(task=task, output=1, manuscript=manuscript)
    return manuscript
