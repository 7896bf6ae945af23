"""A small office whose SOP makes an instrument, collects its answers and reports on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.cases.factories import Desk, Row, make_procedure
from tests.cast import Office

from runtut.cases.models import Case
from runtut.evaluation import actions
from runtut.evaluation.actions import QuestionFacts
from runtut.evaluation.models import Instrument, Question, Section
from runtut.evaluation.queries import instrument_of, tree_of
from runtut.procedures.enums import Work
from runtut.procedures.models import ProcedureVersion

ROWS = (
    Row(("perencanaan",), work=Work.PREPARE, outputs=("Instrumen",)),
    Row(
        ("perencanaan",), work=Work.COLLECT, joint=("kasi1", "kasi2", "umum", "staf"), outputs=("Data hasil",)
    ),
    Row(("perencanaan",), work=Work.PREPARE, outputs=("Konsep laporan",), return_to=(2, 1)),
    Row(("sekcam",), return_to=(3, 2, 1)),
)
TOPICS = {1: "instrument", 2: "instrument", 3: "instrument_report"}
SCALE = QuestionFacts("skala", "Seberapa jelas target?", aspect="Kejelasan target")
YES_NO = QuestionFacts("ya_tidak", "Apakah target dibahas?")
NUMBER = QuestionFacts("angka", "Berapa laporan?", measure="laporan", is_optional=True)
EVIDENCE = QuestionFacts("bukti", "Lampirkan bukti.", is_optional=True)


def make_evaluation_procedure(office: Office) -> ProcedureVersion:
    version = make_procedure(office, ROWS, title="Evaluasi Kinerja", library_key="instrumen")
    for no, topic in TOPICS.items():
        version.steps.filter(no=no).update(topic=topic)
    return version


@dataclass
class Room:
    """A run of the small SOP, and the acts around its instrument in short."""

    desk: Desk
    case: Case

    @classmethod
    def make(cls) -> Room:
        desk = Desk.make(ROWS)
        for no, topic in TOPICS.items():
            desk.version.steps.filter(no=no).update(topic=topic)
        return cls(desk, desk.start("perencanaan"))

    @property
    def instrument(self) -> Instrument:
        found = instrument_of(self.case)
        assert found is not None
        return found

    def by(self, key: str = "perencanaan") -> dict[str, Any]:
        return {"authority": self.desk.who(key), "at": self.desk.at}

    def open(self, *, example: bool = False, key: str = "perencanaan") -> Instrument:
        return actions.open_instrument(case=self.case, example=example, **self.by(key))

    def section(self, title: str, weight: str, *questions: QuestionFacts) -> Section:
        section = actions.put_section(
            instrument=self.instrument, title=title, weight_text=weight, **self.by()
        )
        for facts in questions:
            actions.put_question(section=section, facts=facts, **self.by())
        return section

    def in_use(self) -> Instrument:
        """Two sections of 60 and 40, handed over to be answered."""
        self.open()
        self.section("Perencanaan", "60", SCALE, NUMBER)
        self.section("Pelaporan", "40", YES_NO, EVIDENCE)
        self.desk.complete(self.case, "perencanaan")
        return self.instrument

    def question(self, kind: str) -> Question:
        everything = [one for tree in tree_of(self.instrument) for one in tree.questions]
        return next(one for one in everything if one.kind == kind)

    def given(self, key: str) -> dict[str, Any]:
        return {"instrument": self.instrument, "position": self.desk.position(key), **self.by(key)}

    def save(self, key: str, version: int | None = None, **texts: str) -> Any:
        typed = {self.question(kind).uid: text for kind, text in texts.items()}
        return actions.save_answers(texts=typed, version=version, **self.given(key))

    def answer(self, key: str, **texts: str) -> None:
        self.save(key, **texts)
        actions.submit_response(**self.given(key))

    def without(self, *keys: str) -> dict[str, str]:
        return {str(self.desk.position(key).uid): "Sedang cuti." for key in keys}

    def order(self) -> list[list[str]]:
        return [[one.text for one in tree.questions] for tree in tree_of(self.instrument)]
