"""A year of one office: plan, four quarters collected, measured and evaluated, the report on the year, the
evaluation of the office. What its papers say is held against the rows, and against each other."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from runtut.cases.enums import CaseState, EventKind, FollowUpState
from runtut.cases.models import Case, CaseEvent, FollowUp
from runtut.cases.queries import file_of_run, unfiled_runs, verify_events
from runtut.config.commands.data import load_demonstration
from runtut.core.audit import verify_streams
from runtut.core.models import AuditEntry
from runtut.core.numbers import parse_decimal
from runtut.core.periods import Quarter
from runtut.demo.actions import live_year
from runtut.documents.models import ArchiveRecord, DocumentVersion, Signature
from runtut.documents.queries import read_file, verify_archive
from runtut.evaluation.models import Answer, Section
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import calendar_for
from runtut.performance.models import BudgetFigure, Evidence, Indicator, PeriodLock, Realisation, Rkt, Target
from runtut.performance.queries import wrong_sums

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UNTIL = datetime(2026, 4, 6, 3, tzinfo=UTC)
YEAR = 2025
SUM, MEAN, ANNUAL = "sum", "mean", "annual"


def test_a_year_of_one_office(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    load_demonstration(at=UNTIL)

    lived = live_year(until=UNTIL)

    assert lived.is_over
    office = OrganisationUnit.objects.get(short_name="Kec. Sukamaju")
    check_runs(office)
    check_nothing_is_broken()
    check_working_time(office)
    check_the_plan(office)
    for number in range(1, 5):
        check_quarter(office, Quarter(YEAR, number))
    check_report_on_the_year(office)
    check_evaluation()
    check_follow_up()
    check_signed_paper(tmp_path)
    again = live_year(until=UNTIL)
    assert (again.moves, again.is_over) == (0, True)


def check_runs(office: OrganisationUnit) -> None:
    """Every SOP was run as often as a year asks for, one after the other, and some came back on the way."""
    runs = Case.objects.filter(unit=office, year=YEAR).select_related("procedure_version__procedure")
    done = {(run.procedure_version.procedure.library_key, run.quarter): run for run in runs}
    quarters = [(key, number) for number in range(1, 5) for key in ("s3", "s2", "s1")]
    order = [("s5", None), *quarters, ("s6", None), ("s4", None)]
    assert set(done) == set(order)
    assert {run.state for run in runs} == {CaseState.DONE}
    for number in range(1, 5):
        three = [done[(key, number)] for key in ("s3", "s2", "s1")]
        assert all(before.closed_at < after.started_at for before, after in pairwise(three))
    assert done[("s5", None)].closed_at.date() < date(YEAR, 1, 1)
    assert done[("s2", 4)].closed_at < done[("s6", None)].started_at
    assert done[("s6", None)].closed_at < done[("s4", None)].started_at
    returned = CaseEvent.objects.filter(case_id__in=[run.pk for run in runs], kind=EventKind.RETURNED)
    assert returned.count() == sum(run.rounds for run in runs) >= 4
    assert PeriodLock.objects.filter(unit=office, year=YEAR).count() == 4
    assert [run.title for run in unfiled_runs(unit_ids=[office.pk], limit=10)] == []
    assert file_of_run(done[("s4", None)]) is not None
    assert Case.objects.filter(unit=office, state=CaseState.RUNNING).exists()


def check_nothing_is_broken() -> None:
    assert verify_streams() == []
    assert list(verify_events()) == []
    assert list(verify_archive()) == []
    assert list(wrong_sums()) == []


def check_working_time(office: OrganisationUnit) -> None:
    """Nobody has worked at night, on a Saturday or on a holiday; and nothing was done before its time."""
    calendar = calendar_for(unit=office)
    holiday = date(2025, 8, 18)
    assert not calendar.is_working_day(holiday)
    rows = AuditEntry.objects.filter(stream=f"unit:{office.pk}", user_id__isnull=False)
    events = CaseEvent.objects.filter(case_id__in=Case.objects.filter(unit=office).values("pk"))
    for instants in (rows.order_by("sequence"), events.order_by("id")):
        moments = list(instants.values_list("at", flat=True))
        assert len(moments) > 200
        assert [one for one in moments if not calendar.is_open(one)] == []
        assert moments == sorted(moments)
        assert moments[-1] <= UNTIL


def table_rows(content: dict[str, Any], first_column: str, *columns: str) -> dict[str, tuple[str, ...]]:
    """The cells under some headings, by the cell under the first, of every table that has them all."""
    found: dict[str, tuple[str, ...]] = {}
    for block in content["blocks"]:
        if block["type"] != "table":
            continue
        labels = [one["label"].replace("\n", " ") for one in block["columns"]]
        if {first_column, *columns} <= set(labels):
            places = [labels.index(one) for one in columns]
            for row in block["rows"]:
                found[row[labels.index(first_column)]] = tuple(row[place] for place in places)
    return found


def newest(kind: str, words: str) -> DocumentVersion:
    rows = DocumentVersion.objects.filter(document__kind=kind, document__title__contains=words)
    return rows.select_related("document").latest("document_id", "number")


def indicators(office: OrganisationUnit) -> dict[str, Indicator]:
    rows = Indicator.objects.filter(unit=office).select_related("objective")
    return {f"{one.objective.sequence}.{one.sequence}": one for one in rows}


def shown(text: str) -> Decimal | None:
    return None if text in {"–", ""} else parse_decimal(text)


def figures(indicator: Indicator, until: int) -> list[Decimal]:
    rows = Realisation.objects.filter(indicator=indicator, year=YEAR, quarter__lte=until)
    return [row.value for row in rows.order_by("quarter") if row.value is not None]


def brought_together(indicator: Indicator, values: list[Decimal]) -> Decimal | None:
    """The year so far, worked out here by hand: a sum, a mean, or the last of the figures."""
    if not values:
        return None
    if indicator.accumulation == SUM:
        return sum(values, Decimal(0))
    if indicator.accumulation == MEAN:
        mean = sum(values, Decimal(0)) / len(values)
        return mean.quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
    return values[-1]


def targets(indicator: Indicator) -> dict[int | None, Decimal]:
    rows = Target.objects.filter(indicator=indicator, year=YEAR)
    return {row.quarter: row.value for row in rows}


def check_the_plan(office: OrganisationUnit) -> None:
    """The RKT's paper says the targets that are in force."""
    content = newest("rkt", str(YEAR)).content
    by_year = table_rows(content, "No", "Target")
    by_quarter = table_rows(content, "No", "TW I", "TW II", "TW III", "TW IV")
    known = indicators(office)
    assert set(by_year) == set(by_quarter) == set(known)
    for number, indicator in known.items():
        wanted = targets(indicator)
        assert shown(by_year[number][0]) == wanted[None]
        planned = {4: wanted[None]} if indicator.accumulation == ANNUAL else wanted
        assert [shown(one) for one in by_quarter[number]] == [planned.get(quarter) for quarter in range(1, 5)]
    rkt = Rkt.objects.get(unit=office, year=YEAR)
    budget = sum((item.budget for item in rkt.items.all() if item.budget), Decimal(0))
    spent = BudgetFigure.objects.filter(item__rkt=rkt)
    assert spent.count() == 4 * rkt.items.filter(budget__isnull=False).count()
    assert sum(row.spent or 0 for row in spent) <= budget == sum(row.planned or 0 for row in spent)


def check_quarter(office: OrganisationUnit, quarter: Quarter) -> None:
    """What was collected, measured and evaluated is what the rows say, with evidence behind each figure."""
    measured = table_rows(newest("pengukuran", quarter.label).content, "No", *measured_columns(quarter))
    collected = str(newest("bahan", f"Himpunan Data Kinerja Kec. Sukamaju {quarter.label}").content)
    analysis = newest("bahan", f"Analisis Kinerja Kec. Sukamaju {quarter.label}").content
    analysed = table_rows(analysis, "No", "Target s.d.", "Realisasi s.d.")
    assert len(analysed) >= 6
    for number, indicator in indicators(office).items():
        row = Realisation.objects.filter(indicator=indicator, year=YEAR, quarter=quarter.number).first()
        target, reached = (shown(one) for one in measured[number])
        so_far = brought_together(indicator, figures(indicator, quarter.number))
        assert reached == so_far, (quarter, number)
        if row is None:
            assert (target, indicator.accumulation) == (None, ANNUAL)
            continue
        assert row.value is not None
        assert Evidence.objects.filter(realisation=row, removed_at__isnull=True).exists()
        assert written(row.value, indicator.decimals) in collected
        if number in analysed:
            assert analysed[number] == measured[number]


def measured_columns(quarter: Quarter) -> tuple[str, str]:
    so_far = f"TW {quarter.roman}"
    return f"Target s.d. {so_far}", f"Realisasi s.d. {so_far}"


def written(value: Decimal | None, decimals: int) -> str:
    """A figure as Indonesians write it, worked out here by hand."""
    assert value is not None
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def check_report_on_the_year(office: OrganisationUnit) -> None:
    """The EKT has the plan's targets, the last measurement's figures, and the Renstra's targets."""
    content = newest("ekt", str(YEAR)).content
    reported = table_rows(content, "No", "Target", "Realisasi")
    last = table_rows(
        newest("pengukuran", f"TW IV {YEAR}").content, "No", *measured_columns(Quarter(YEAR, 4))
    )
    for number, indicator in indicators(office).items():
        target, reached = (shown(one) for one in reported[number])
        assert target == targets(indicator)[None]
        assert reached == brought_together(indicator, figures(indicator, 4)) == shown(last[number][1])
    money = BudgetFigure.objects.filter(item__rkt__year=YEAR, item__rkt__unit=office)
    spent = sum((row.spent or Decimal(0) for row in money), Decimal(0))
    assert written(spent, 0) in str(content)


def mean(values: Iterable[Decimal]) -> Decimal:
    rows = list(values)
    return sum(rows, Decimal(0)) / len(rows)


def points(answer: Answer) -> Decimal:
    """0 to 100, worked out here by hand from the answer."""
    value = answer.value or Decimal(0)
    if answer.question.kind == "ya_tidak":
        return value * 100
    return value / answer.question.steps * 100


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def check_evaluation() -> None:
    """The report of S4 weighs what was answered."""
    report = newest("laporan", "Evaluasi Kinerja Kecamatan")
    assert report.number == 2, "the Sekcam has sent it back once"
    total = Decimal(0)
    for section in Section.objects.all():
        answers = Answer.objects.filter(question__section=section, response__submitted_at__isnull=False)
        scored = list(answers.filter(question__kind__in=("skala", "ya_tidak")).select_related("question"))
        by_question = [
            rounded(mean(points(one) for one in scored if one.question_id == key))
            for key in {one.question_id for one in scored}
        ]
        score = rounded(mean(by_question))
        assert written(score, 2) in str(report.content), section.title
        total += score * section.weight / 100
    assert written(rounded(total), 2) in str(report.content)


def check_follow_up() -> None:
    """What meetings have decided is done, with evidence; a few things are still under way."""
    items = FollowUp.objects.all()
    done = items.filter(state=FollowUpState.APPROVED)
    assert done.count() >= 8
    assert all(item.evidence.exists() for item in done)
    assert done.filter(returns__gt=0).exists()


def check_signed_paper(folder: Path) -> None:
    """One paper as a reader of PDF sees it: number, figures and signature are those of the rows."""
    version = newest("ekt", str(YEAR))
    signature = Signature.objects.get(version=version, voided_at__isnull=True)
    assert ArchiveRecord.objects.filter(version=version).exists()
    paper = folder / "ekt.pdf"
    paper.write_bytes(read_file(file=signature.file))
    done = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True
    )
    text = " ".join(done.stdout.split())
    assert version.document.number in text
    assert signature.full_name in text
    assert signature.signed_on < datetime.combine(UNTIL, time(), UTC).date()
    for row in table_rows(version.content, "No", "Target", "Realisasi").values():
        assert " ".join(row) in text
