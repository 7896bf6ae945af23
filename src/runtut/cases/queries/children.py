"""SOPs that a step calls, and what they give back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, TaskOutput
from runtut.cases.registry import OutputSpec
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import called_version


def called_run(case: Case, called: str) -> ProcedureVersion | None:
    """Return the SOP to run as a child of a run; None where the office has none in force, or where the SOP
    already runs above this one and would call itself for ever."""
    version = called_version(key=called, unit=case.unit)
    if version is None or version.procedure_id in set(ancestor_procedures(case)):
        return None
    return version


def ancestor_procedures(case: Case) -> Iterator[int]:
    """Yield the procedures of a run and of the runs that called it (a query per level)."""
    above: Case | None = case
    while above is not None:
        yield above.procedure_version.procedure_id
        above = (
            Case.objects.filter(tasks=above.parent_task_id).select_related("procedure_version").first()
            if above.parent_task_id
            else None
        )


def running_child(task_id: int) -> Case | None:
    """Return the run that a task has called, while it runs."""
    return running_runs().filter(parent_task=task_id).first()


def running_children(case: Case) -> QuerySet[Case]:
    """Return the runs that a run has called and that are under way."""
    return running_runs().filter(parent_task__case=case).order_by("id")


def running_runs() -> QuerySet[Case]:
    return Case.objects.filter(state=CaseState.RUNNING).select_related("unit", "procedure_version")


def outputs_for_parent(case: Case, names: Iterable[str]) -> list[OutputSpec]:
    """Return what a finished child yields for its parent's step: the newest output of the same name, else a
    sentence that points at the child."""
    found = {
        output.name: output
        for output in TaskOutput.objects.filter(task__case=case)
        .select_related("document", "document_version", "disposisi", "archive_record", "file")
        .order_by("id")
    }
    return [handed_up(case, name, found.get(name)) for name in names]


def handed_up(case: Case, name: str, output: TaskOutput | None) -> OutputSpec:
    if output is None:
        return OutputSpec(name, text=f"Dihasilkan dalam pelaksanaan “{case.title}”.")
    return OutputSpec(
        name,
        document=output.document,
        document_version=output.document_version,
        disposisi=output.disposisi,
        archive_record=output.archive_record,
        file=output.file,
        text=output.text,
    )
