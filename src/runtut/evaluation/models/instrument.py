from __future__ import annotations

from django.db import models

from runtut.cases.models import Case
from runtut.core.models import RegionRow
from runtut.evaluation.enums import InstrumentState, QuestionKind

SCALE_STEPS = 5
"""Steps of a scale without names."""


class Instrument(RegionRow):
    """What a run evaluates an office by. From its use on nothing in it changes; a return to
    the step that makes it begins the next edition, a copy."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="instruments")
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("judul", max_length=200)
    intro = models.TextField("petunjuk", blank=True, default="")
    state = models.CharField(max_length=10, choices=InstrumentState.choices, default=InstrumentState.DRAFT)
    used_from = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    without = models.JSONField(default=dict, help_text="Uid of a position: why it was not waited for.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "edition"], name="instrument_edition_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == InstrumentState.DRAFT


class Section(RegionRow):
    """A part of an instrument; the weights of all parts make 100."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="sections")
    sequence = models.PositiveSmallIntegerField()
    title = models.CharField("judul", max_length=120)
    weight = models.DecimalField("bobot", max_digits=5, decimal_places=2)

    def __str__(self) -> str:
        return self.title


class Question(RegionRow):
    """One question. `options` names the steps of a scale, the lowest first; empty means 1 to 5. `measure` is
    the unit of a number; `aspect` says in a few words, for the report, what is asked about."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField("jenis", max_length=10, choices=QuestionKind.choices)
    text = models.CharField("pertanyaan", max_length=400)
    aspect = models.CharField("hal yang dinilai", max_length=120, blank=True, default="")
    options = models.JSONField("pilihan", default=list)
    measure = models.CharField("satuan", max_length=40, blank=True, default="")
    is_optional = models.BooleanField("boleh kosong", default=False)

    def __str__(self) -> str:
        return self.text

    @property
    def steps(self) -> int:
        """How many steps the scale has."""
        return len(self.options) or SCALE_STEPS

    @property
    def kind_text(self) -> str:
        """The kind of answer in words, with what it is made of."""
        if self.kind == QuestionKind.SCALE:
            return "; ".join(self.options) if self.options else f"Skala 1 sampai {SCALE_STEPS}"
        label = str(QuestionKind(self.kind).label)
        return f"{label} ({self.measure})" if self.measure else label
