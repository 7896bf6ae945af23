"""What this room reads of the runs."""

from __future__ import annotations

from django.db.models import Q

from runtut.cases.models import Case
from runtut.cases.queries import run_document
from runtut.documents.enums import DocumentKind, EndorsementKind
from runtut.documents.formulas.markup.inline import plain_words
from runtut.documents.models import Endorsement
from runtut.performance.rendering import FINDING_HEAD
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.queries import graph_of

REALISATION = "realisation"
MEASUREMENT = "measurement"
VALIDATION = "validation"
ASKING = (Work.COLLECT, Work.RECORD)
JUDGING = frozenset({Work.REVIEW, Work.SIGN})
TAKING = frozenset({REALISATION, VALIDATION, MEASUREMENT, "data_compilation"})
QUARTERLY = ("data_compilation", "validation", "measurement_form")


def asks_for_figures(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP collects, examines or locks realisations (one query)."""
    asking = Q(topic=REALISATION, work__in=ASKING) | Q(topic__in=QUARTERLY)
    return Step.objects.filter(asking, version=version).exists()


def collects_figures(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP brings a quarter's figures together, so that who endorses its document has examined
    them (no query once the graph is kept)."""
    topics = {(Work.COLLECT, REALISATION), (Work.PREPARE, MEASUREMENT), (Work.PREPARE, VALIDATION)}
    return any((step.work, step.topic) in topics for step in graph_of(version).steps)


def judges_figures(*, step: StepNode, version: ProcedureVersion) -> bool:
    """Tell whether a step composes, examines or approves a paper of a quarter's figures (no query once the
    graph is kept)."""
    return step.topic == MEASUREMENT or (step.work in JUDGING and collects_figures(version=version))


def takes_figures(*, step: StepNode, version: ProcedureVersion) -> bool:
    """Tell whether a step takes a quarter's figures in, or judges them (no query once the graph is kept)."""
    return step.topic in TAKING or judges_figures(step=step, version=version)


def makes_measurement(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP composes the Dokumen Pengukuran (one query)."""
    return Step.objects.filter(version=version, topic=MEASUREMENT, work=Work.PREPARE).exists()


def collects_again(*, version: ProcedureVersion, first_no: int, last_no: int) -> bool:
    """Tell whether a step that collects realisations, or hands them over once they were examined, lies
    between two steps, both included (no query once the graph is kept)."""
    handing = {(REALISATION, Work.COLLECT), (VALIDATION, Work.PREPARE)}
    steps = graph_of(version).steps
    return any(first_no <= step.no <= last_no and (step.topic, step.work) in handing for step in steps)


def answers_before(*, case: Case, step_no: int) -> dict[str, str]:
    """Return how a step of the run has explained its findings the last time, by the finding's sentence; empty
    the first time (two queries)."""
    document = run_document(case=case, kind=DocumentKind.BAHAN, step_no=step_no)
    version = document.versions.order_by("-number").first() if document else None
    blocks = version.content["blocks"] if version else []
    tables = [block for block in blocks if block["type"] == "table"]
    found = [table["rows"] for table in tables if table["columns"][0]["label"] == FINDING_HEAD]
    return {plain_words(row[0]): plain_words(row[1]) for rows in found for row in rows}


def plans_a_year(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP composes the RKT (one query)."""
    return Step.objects.filter(version=version, topic="rkt", work=Work.PREPARE).exists()


def covers_a_year(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP composes the RKT or the EKT: its runs are of a year, of no quarter (one query)."""
    return Step.objects.filter(version=version, topic__in=("rkt", "ekt"), work=Work.PREPARE).exists()


def measurement_approval(*, case: Case) -> Endorsement | None:
    """Return the approval of the newest version of a run's Dokumen Pengukuran, None while there is none
    (three queries)."""
    document = run_document(case=case, kind=DocumentKind.PENGUKURAN)
    version = document.versions.order_by("-number").first() if document else None
    if version is None:
        return None
    return (
        version.endorsements.filter(kind=EndorsementKind.APPROVAL, voided_at__isnull=True)
        .select_related("position")
        .order_by("given_at", "id")
        .first()
    )
