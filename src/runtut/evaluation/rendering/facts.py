"""What the papers are made of: words and figures already written as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from runtut.documents.formulas.sheets import SheetText

UNWORDED: Final = SheetText("", "")


@dataclass(frozen=True)
class PaperFacts:
    """What stands on top and at the end of every paper."""

    title: str
    office: str
    period: str
    year: int
    place: str
    letterhead: Mapping[str, str]
    signatures: tuple[Mapping[str, str], ...]

    def content(self, kind: str, title: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the content of a document around its blocks; see docs/formats/document.md."""
        return {
            "kind": kind,
            "letterhead": dict(self.letterhead),
            "title": [line.upper() for line in (title, self.office, self.period)],
            "place": self.place,
            "blocks": blocks,
            "signatures": [dict(one) for one in self.signatures],
            "draft": True,
        }


@dataclass(frozen=True)
class QuestionLine:
    number: str
    text: str
    kind: str
    is_optional: bool


@dataclass(frozen=True)
class SectionLines:
    name: str
    weight: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class InstrumentFacts:
    paper: PaperFacts
    intro: str
    sections: tuple[SectionLines, ...]


@dataclass(frozen=True)
class ResultLine:
    """One question: how many answered it, how the answers spread, its score ("" when it has none)."""

    number: str
    text: str
    answered: str
    spread: str
    score: str
    points: Decimal | None


@dataclass(frozen=True)
class ResultSection:
    name: str
    weight: str
    score: str
    points: Decimal | None
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True)
class Finding:
    """A question that stands out: `aspect` says what it is about, "" where its maker has not said."""

    number: str
    aspect: str
    text: str
    score: str

    @property
    def sentence(self) -> str:
        return f"{self.aspect or self.text.rstrip('?.')} (butir {self.number}, nilai {self.score})."

    @property
    def remedy(self) -> str:
        """What is to be done about it, as first proposed."""
        if self.aspect:
            return f"Memperbaiki {self.aspect[:1].lower()}{self.aspect[1:]}."
        return f"Menindaklanjuti butir {self.number}: {self.text.rstrip('?.')}."


@dataclass(frozen=True)
class Reached:
    """An indicator of the evaluated period: target and realisation up to its end, achievement in per cent."""

    number: str
    name: str
    target: str
    realised: str
    achievement: str


@dataclass(frozen=True)
class ResultsFacts:
    """`missing` names who did not answer, with the reason to go on; `excluded` the sections without a
    score; `reached` what the office achieved in the evaluated period, empty where nothing was measured;
    `sheet` how the office words the report, left out of the table of results."""

    paper: PaperFacts
    answered: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    sections: tuple[ResultSection, ...]
    total: str
    sum_text: str
    excluded: tuple[str, ...]
    strengths: tuple[Finding, ...]
    weaknesses: tuple[Finding, ...]
    reached: tuple[Reached, ...] = ()
    sheet: SheetText = UNWORDED


@dataclass(frozen=True)
class ReportWords:
    """The paragraphs that the drafter may change."""

    intro: str
    strengths: str
    weaknesses: str
    follow_up: str
    closing: str
