"""An instrument of Sukamaju for the pages: a draft, or in use with one answer begun."""

from __future__ import annotations

from uuid import uuid4

from tests.cast import AT
from tests.evaluation.office import EVIDENCE, NUMBER, SCALE, YES_NO, make_evaluation_procedure
from tests.web.stage import Stage

from runtut.cases.actions import complete_task, start_case
from runtut.cases.models import Case, Task
from runtut.evaluation import actions
from runtut.evaluation.models import AnswerFile, Instrument, Response


def evaluation_run(stage: Stage) -> Case:
    """A run that waits for its instrument, which is Sari's to make; the same one when asked again."""
    found = Case.objects.filter(procedure_version__procedure__library_key="instrumen").first()
    return found or start_case(
        procedure_version=make_evaluation_procedure(stage.cast.office),
        title="Evaluasi Kinerja 2026",
        year=2026,
        quarter=None,
        letter=None,
        authority=stage.cast.office.authority("perencanaan"),
        at=AT,
    )


def draft_instrument(stage: Stage) -> Instrument:
    """A draft with two sections and every kind of question."""
    case = evaluation_run(stage)
    found = Instrument.objects.filter(case=case).first()
    if found is not None:
        return found
    by = {"authority": stage.cast.office.authority("perencanaan"), "at": AT}
    made = actions.open_instrument(case=case, example=False, **by)
    for title, weight, questions in (
        ("Perencanaan", "60", (SCALE, NUMBER)),
        ("Pelaporan", "40", (YES_NO, EVIDENCE)),
    ):
        section = actions.put_section(instrument=made, title=title, weight_text=weight, **by)
        for facts in questions:
            actions.put_question(section=section, facts=facts, **by)
    return made


def used_instrument(stage: Stage) -> Instrument:
    """The same, waiting for its answers."""
    made = draft_instrument(stage)
    if made.is_draft:
        complete_task(
            task_uid=Task.objects.get(case=made.case, state=1).uid,
            case_version=0,
            data={},
            key=uuid4(),
            authority=stage.cast.office.authority("perencanaan"),
            at=AT,
        )
        made.refresh_from_db()
    return made


def given_file(stage: Stage) -> AnswerFile:
    """A file given as evidence in an answer that was begun."""
    made = used_instrument(stage)
    position = stage.cast.office.positions["kasi1"]
    response, _ = Response.objects.get_or_create(
        instrument=made, position=position, defaults={"region": made.region}
    )
    question = made.sections.get(title="Pelaporan").questions.get(kind="bukti")
    found = response.files.first()
    return found or AnswerFile.objects.create(
        region=made.region, response=response, question=question, file=stage.file, added_at=AT
    )
