"""Screen and paper tell who handed a figure over: its owner, or somebody in the owner's place."""

from __future__ import annotations

import pytest
from tests.cast import Cast
from tests.performance.factories import AT, TW3, make_file, make_indicator
from tests.performance.test_s1_s3_s7 import TW3 as DINAS_TW3
from tests.performance.test_s1_s3_s7 import dinas, due, fill

from runtut.cases.queries import run_document
from runtut.documents.enums import DocumentKind
from runtut.performance import actions, queries
from runtut.performance.contrib.measure import handed_over_gate
from runtut.performance.models import Indicator
from runtut.performance.queries import who_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicators(cast: Cast, indicator: Indicator) -> list[Indicator]:
    return [indicator, make_indicator(indicator.objective, cast.office.positions["kasi2"], sequence=2)]


def enter(cast: Cast, indicator: Indicator, by: str) -> None:
    act = {"quarter": TW3, "authority": cast.office.authority(by), "at": AT}
    actions.enter_realisation(indicator=indicator, value_text="86", cause="", **act)
    actions.add_evidence(indicator=indicator, file=make_file(indicator.unit), **act)


def submit(cast: Cast, indicator: Indicator, by: str) -> None:
    actions.submit_realisations(
        position=indicator.owner,
        unit=indicator.unit,
        quarter=TW3,
        authority=cast.office.authority(by),
        at=AT,
    )


def rows(cast: Cast) -> list[queries.GridRow]:
    return queries.grid(unit=cast.office.unit, quarter=TW3)


def test_an_owner_who_submits_is_named_as_the_one_who_did(cast: Cast, indicators: list[Indicator]) -> None:
    for one, who in zip(indicators, ("kasi1", "kasi2"), strict=True):
        enter(cast, one, who)
        submit(cast, one, who)

    assert [row.stand_in for row in rows(cast)] == [None, None]
    assert who_submitted(rows(cast)) == "Semua angka diajukan pemilik indikatornya sendiri."


def test_what_the_collector_gave_in_the_owners_place_is_told(cast: Cast, indicators: list[Indicator]) -> None:
    collector = cast.office.positions["perencanaan"].short_title
    owner = indicators[1].owner.short_title
    enter(cast, indicators[0], "kasi1")
    submit(cast, indicators[0], "kasi1")
    enter(cast, indicators[1], "perencanaan")
    before = rows(cast)[1].stand_in
    assert before is not None
    assert before.words == f"diisi {collector} untuk {owner}"

    submit(cast, indicators[1], "perencanaan")

    assert who_submitted(rows(cast)) == (
        "1 dari 2 angka diajukan pemilik indikatornya sendiri. "
        f"Diisi {collector} untuk pemiliknya: {owner} (1.2)."
    )
    statuses = queries.completeness(unit=cast.office.unit, quarter=TW3, on=AT.date())
    told = {one.position.pk: one.stand_ins for one in statuses}
    assert told == {indicators[0].owner_id: (), indicators[1].owner_id: (f"1 diisi {collector}",)}
    facts = queries.measurement_of(unit=cast.office.unit, quarter=TW3, on=AT.date())
    assert facts.submitted == who_submitted(rows(cast))


def test_who_only_handed_over_what_the_owner_typed_is_told_so(
    cast: Cast, indicators: list[Indicator]
) -> None:
    enter(cast, indicators[0], "kasi1")
    submit(cast, indicators[0], "perencanaan")

    found = rows(cast)[0].stand_in

    assert found is not None
    assert found.did == "diajukan"


def test_an_owner_who_submits_what_another_typed_answers_for_it(
    cast: Cast, indicators: list[Indicator]
) -> None:
    enter(cast, indicators[0], "perencanaan")
    submit(cast, indicators[0], "kasi1")

    assert rows(cast)[0].stand_in is None


def test_s7_says_on_screen_and_paper_who_gave_the_figures() -> None:
    office, case = dinas()
    office.until(case, 6)
    owned = due(office.unit)
    fill(office, owned, "5")
    office.until(case, 7)
    found = queries.findings_of(unit=office.unit, quarter=DINAS_TW3)
    office.do(case, explained={one.key: "Sudah dicek." for one in found})

    label = handed_over_gate(office.open_task(case), office.at).label
    assert "oleh semua pemilik" not in label
    assert "angka diajukan pemilik indikatornya sendiri" in label

    office.do(case)
    document = run_document(case=case, kind=DocumentKind.PENGUKURAN)
    assert document is not None
    text = str(document.versions.get().content)
    assert "yang diajukan oleh pemilik indikator" not in text
    assert who_submitted(due(office.unit)) in text
