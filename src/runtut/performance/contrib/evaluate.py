"""Step "prepare", topic "ekt": the report on a year, composed from its realisations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.cases.contrib.generic import text_gate, typed
from runtut.cases.models import Task
from runtut.cases.queries import answering, output_name, run_document
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.documents.enums import DocumentKind
from runtut.organisations.models import Authority
from runtut.performance.actions import draft_ekt
from runtut.performance.queries import ekt_facts
from runtut.performance.rendering import (
    EktDrafted,
    EktFacts,
    EktObjective,
    EktWords,
    compose_ekt,
    ekt_wording,
)

ASKED = (
    ("cause", "Penyebab"),
    ("hindrance", "Hambatan"),
    ("follow_up", "Tindak lanjut"),
)


class PrepareEkt(WorkHandler):
    """`data`: "intro", "closing", "objectives" {uid: {"cause", "hindrance", "follow_up"}}, and
    "missing_reason" for figures that are not there; what is not given is as proposed."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Figures are there or explained; every objective has its causes, hindrances and follow-up."""
        facts = year_facts(task, at)
        drafted = ekt_drafted(task, facts, data)
        return [
            figures_gate(facts),
            *([missing_gate(facts, drafted)] if facts.missing else []),
            text_gate("intro", "Pendahuluan", drafted.intro),
            *(
                words_gate(objective, drafted.objectives[objective.key], name, label)
                for objective in facts.objectives
                for name, label in ASKED
            ),
            text_gate("closing", "Penutup", drafted.closing),
        ]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The report with the year's figures as they stand."""
        facts = year_facts(task, at)
        return compose_ekt(facts, ekt_drafted(task, facts, data))

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Compose the report, or in a later round its next version."""
        version = draft_ekt(
            unit=task.case.unit,
            year=task.case.year,
            drafted=ekt_drafted(task, year_facts(task, at), data),
            document=run_document(case=task.case, kind=DocumentKind.EKT),
            authority=authority,
            at=at,
        )
        return [OutputSpec(output_name(task), document=version.document, document_version=version)]


def year_facts(task: Task, at: datetime) -> EktFacts:
    """Return the facts of the run's year, with the head as of the day."""
    unit = task.case.unit
    return ekt_facts(unit=unit, year=task.case.year, on=unit.local_date(at))


def ekt_drafted(task: Task, facts: EktFacts, data: Mapping[str, Any]) -> EktDrafted:
    """Return the paragraphs: what was typed, and what is proposed where nothing was."""
    given = data.get("objectives") or {}
    proposed = ekt_wording(facts)
    return EktDrafted(
        intro=typed(data, "intro", answering(task.case, proposed.opening)),
        closing=typed(data, "closing", proposed.closing),
        missing_reason=typed(data, "missing_reason", ""),
        objectives={one.key: ekt_words(one, given.get(one.key) or {}) for one in facts.objectives},
    )


def ekt_words(objective: EktObjective, given: Mapping[str, Any]) -> EktWords:
    return EktWords(
        cause=typed(given, "cause", objective.cause),
        hindrance=typed(given, "hindrance", objective.hindrance),
        follow_up=typed(given, "follow_up", objective.follow_up),
    )


def figures_gate(facts: EktFacts) -> Gate:
    return Gate(
        code="figures",
        label=f"Ada indikator yang capaian tahun {facts.year}-nya dapat dihitung",
        met=facts.counted > 0,
        hint="" if facts.counted else "Isi target dan realisasi tahun ini di halaman Kinerja.",
        anchor="realisasi",
    )


def missing_gate(facts: EktFacts, drafted: EktDrafted) -> Gate:
    return Gate(
        code="missing_reason",
        label="Keterangan realisasi yang belum ada",
        met=bool(drafted.missing_reason),
        hint=f"Belum diisi: {', '.join(facts.missing)}. Tulis mengapa angkanya belum ada.",
        anchor="missing_reason",
    )


def words_gate(objective: EktObjective, words: EktWords, name: str, label: str) -> Gate:
    met = bool(getattr(words, name))
    return Gate(
        code=f"{name}:{objective.key}",
        label=f"{label}: {objective.title}",
        met=met,
        hint="" if met else "Tulis paling sedikit satu kalimat; bila memang tidak ada, tulis “Tidak ada”.",
        anchor=f"{name}-{objective.key}",
    )
