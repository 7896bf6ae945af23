"""Parts of the work with plans and yearly reports: what sections hand in, the RKT, the EKT."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.functional import cached_property

from runtut.cases.queries import answering
from runtut.performance.models import Rkt
from runtut.performance.queries import (
    Asking,
    RenstraGap,
    RktView,
    SectionStatus,
    asking_of,
    ekt_facts,
    renstra_gap,
    rkt_facts,
    rkt_of,
    rkt_view,
    section_matrix,
)
from runtut.performance.rendering import (
    EktFacts,
    ekt_wording,
    rkt_wording,
)
from runtut.performance.rules import can_plan
from runtut.web.forms.base import PageForm
from runtut.web.parts.base import TaskPart, folded, lines, proposed_lines, wording

WORDS = (("cause", "Penyebab"), ("hindrance", "Hambatan"), ("follow_up", "Tindak lanjut"))


class SectionsPart(TaskPart):
    """The completeness matrix; for a section that owes its part, the reason to go on without it."""

    template = "web/kerja/bagian/seksi.html"

    @cached_property
    def asking(self) -> Asking | None:
        return asking_of(self.task.case)

    @cached_property
    def matrix(self) -> list[SectionStatus]:
        if self.asking is None:
            return []
        return section_matrix(asking=self.asking, on=self.task.case.unit.local_date(self.at))

    @property
    def owing(self) -> list[SectionStatus]:
        return [status for status in self.matrix if not status.has_handed_in]

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The first output is composed from what the sections hand in."""
        return self.step.outputs[1:] if self.matrix else self.step.outputs

    def add_fields(self, form: PageForm) -> None:
        for status in self.owing:
            label = f"Lanjut tanpa {status.position.short_title}: alasannya"
            form.add_field(f"tanpa-{status.position.uid}", folded(label))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        names = {str(status.position.uid): f"tanpa-{status.position.uid}" for status in self.owing}
        return {"without": {uid: str(value(name) or "") for uid, name in names.items()}}


class YearPart(TaskPart):
    """Work on a whole year: what the Renstra lacks for it is said, and who can put it there."""

    @cached_property
    def gap(self) -> RenstraGap | None:
        case = self.task.case
        return renstra_gap(unit=case.unit, year=case.year, on=case.unit.local_date(self.at))

    @property
    def may_plan(self) -> bool:
        return can_plan(self.authority, self.task.case.unit)

    @property
    def where(self) -> str:
        """The office and year as the pages of Kinerja take them."""
        return f"unit={self.task.case.unit.uid}&tahun={self.task.case.year}"


class RktPart(YearPart):
    """The paragraphs of the RKT; its figures are edited on a page of their own."""

    template = "web/kerja/bagian/rkt.html"
    keeps_words: ClassVar[bool] = True

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return ()

    @cached_property
    def rkt(self) -> Rkt | None:
        return rkt_of(unit=self.task.case.unit, year=self.task.case.year)

    @cached_property
    def view(self) -> RktView | None:
        return rkt_view(rkt=self.rkt) if self.rkt else None

    def add_fields(self, form: PageForm) -> None:
        if self.rkt is None:
            return
        facts = rkt_facts(rkt=self.rkt, on=self.task.case.unit.local_date(self.at))
        proposed = rkt_wording(facts)
        form.add_field("intro", wording("Pendahuluan", answering(self.task.case, proposed.opening)))
        form.add_field("closing", wording("Penutup", proposed.closing))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {} if self.rkt is None else {"intro": value("intro"), "closing": value("closing")}


class EktPart(YearPart):
    """The words of the yearly report; its figures come from the realisations."""

    template = "web/kerja/bagian/ekt.html"
    keeps_words: ClassVar[bool] = True
    free: ClassVar[frozenset[str]] = frozenset()

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return ()

    @cached_property
    def facts(self) -> EktFacts:
        case = self.task.case
        return ekt_facts(unit=case.unit, year=case.year, on=case.unit.local_date(self.at))

    def add_fields(self, form: PageForm) -> None:
        proposed = ekt_wording(self.facts)
        form.add_field("intro", wording("Pendahuluan", answering(self.task.case, proposed.opening)))
        if self.facts.missing:
            form.add_field("missing_reason", lines("Keterangan realisasi yang belum ada", rows=2))
        for objective in self.facts.objectives:
            for name, label in WORDS:
                field = proposed_lines(f"{label}: {objective.title}", getattr(objective, name), rows=2)
                form.add_field(f"{name}-{objective.key}", field)
        form.add_field("closing", wording("Penutup", proposed.closing))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        objectives = {
            objective.key: {name: value(f"{name}-{objective.key}") for name, _ in WORDS}
            for objective in self.facts.objectives
        }
        reason = value("missing_reason") if self.facts.missing else ""
        return {
            "intro": value("intro"),
            "closing": value("closing"),
            "objectives": objectives,
            "missing_reason": reason or "",
        }
