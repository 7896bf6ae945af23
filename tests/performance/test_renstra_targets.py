"""The targets of a Renstra and where its indicators begin: what is kept, what is refused, what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import TODAY, Cast
from tests.performance.factories import AT, acts, make_indicator, make_plan, make_renstra_target

from runtut.core.errors import SomeoneWasFaster
from runtut.core.numbers import NotANumber
from runtut.organisations.enums import Role
from runtut.organisations.models import Position
from runtut.performance import actions, queries
from runtut.performance.enums import Variant
from runtut.performance.errors import (
    ChangeReasonMissing,
    NotThePlanner,
    TargetMissing,
    TargetStays,
    UpperMissing,
    YearOutsideRenstra,
)
from runtut.performance.models import Indicator, Renstra, RenstraTarget

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """Of a Renstra that is being written, with a target of 88 in 2027."""
    return make_plan(cast.office).indicators[0]


def put(cast: Cast, indicator: Indicator, text: str, year: int = 2027, **more: Any) -> RenstraTarget | None:
    given = {"authority": cast.authority(cast.sari), "at": AT, **more}
    return actions.set_renstra_target(indicator=indicator, year=year, value_text=text, **given)


def decree() -> None:
    Renstra.objects.update(decree="Peraturan Bupati Nomor 18 Tahun 2025")


def in_force(indicator: Indicator) -> list[tuple[int, str]]:
    rows = indicator.renstra_targets.filter(superseded_at__isnull=True).order_by("year")
    return [(row.year, f"{row.value.normalize():f}") for row in rows]


def test_while_it_is_written_a_target_follows_its_writer(cast: Cast, indicator: Indicator) -> None:
    changed = put(cast, indicator, "90")

    assert changed is not None and (changed.version, changed.value) == (2, 90)
    assert put(cast, indicator, "") is None
    assert in_force(indicator) == []
    again = put(cast, indicator, "0")
    assert again is not None and (again.version, again.value) == (3, 0)
    assert [one.value for one in queries.target_versions(indicator=indicator)] == [0, 90, 88]
    assert acts().filter(action__endswith="renstra_target.set").count() == 3


def test_a_decree_fixes_the_targets(cast: Cast, indicator: Indicator) -> None:
    decree()
    with pytest.raises(ChangeReasonMissing) as refusal:
        put(cast, indicator, "90")
    assert refusal.value.field == "reason"
    with pytest.raises(TargetStays):
        put(cast, indicator, " ", reason="Tidak dipakai lagi.")
    assert in_force(indicator) == [(2027, "88")]

    changed = put(cast, indicator, "90", reason="Hasil reviu Bappeda.")

    assert changed is not None and (changed.version, changed.reason) == (2, "Hasil reviu Bappeda.")
    versions = list(queries.target_versions(indicator=indicator))
    assert [(one.version, one.superseded_at) for one in versions] == [(2, None), (1, AT)]
    first = put(cast, indicator, "91", year=2028)
    assert first is not None and (first.version, first.reason) == (1, "")


def test_nothing_is_written_when_nothing_changed(cast: Cast, indicator: Indicator) -> None:
    decree()

    same = put(cast, indicator, "88,00", seen="something old")

    assert same is not None and same.version == 1
    assert put(cast, indicator, "", year=2028) is None
    assert acts().count() == 0


@pytest.mark.parametrize(
    ("text", "year", "refused"),
    [("abc", 2027, NotANumber), ("1", 2040, YearOutsideRenstra), ("", 2040, YearOutsideRenstra)],
)
def test_a_target_is_refused_by_name(
    cast: Cast, indicator: Indicator, text: str, year: int, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        put(cast, indicator, text, year)


def test_a_range_needs_both_bounds(cast: Cast, indicator: Indicator) -> None:
    Indicator.objects.update(variant=Variant.RANGE)
    indicator.refresh_from_db()
    with pytest.raises(UpperMissing):
        put(cast, indicator, "80", year=2028)
    with pytest.raises(TargetMissing):
        put(cast, indicator, "", year=2028, upper_text="90")

    made = put(cast, indicator, "80", year=2028, upper_text="90")

    assert made is not None and (made.value, made.upper) == (80, 90)


def test_what_somebody_else_has_changed_is_not_written_over(cast: Cast, indicator: Indicator) -> None:
    put(cast, indicator, "89")

    with pytest.raises(SomeoneWasFaster):
        put(cast, indicator, "90", seen="88,00")
    assert in_force(indicator) == [(2027, "89")]
    put(cast, indicator, "90", seen="89,00")
    assert in_force(indicator) == [(2027, "90")]


def test_where_an_indicator_begins_is_kept_with_it(cast: Cast, indicator: Indicator) -> None:
    given = {"indicator": indicator, "authority": cast.authority(cast.sari), "at": AT}
    actions.set_base_value(value_text="84,5", seen="", **given)
    with pytest.raises(SomeoneWasFaster):
        actions.set_base_value(value_text="85", seen="", **given)
    with pytest.raises(NotANumber):
        actions.set_base_value(value_text="delapan", **given)
    indicator.refresh_from_db()
    assert f"{indicator.base_value}" == "84.5000"

    actions.set_base_value(value_text="", seen="84,50", **given)

    indicator.refresh_from_db()
    assert indicator.base_value is None
    assert acts().filter(action__endswith="indicator.changed").count() == 2


def test_only_planners_write_it(cast: Cast, indicator: Indicator) -> None:
    given = {"indicator": indicator, "authority": cast.authority(cast.joko), "at": AT}

    with pytest.raises(NotThePlanner):
        actions.set_renstra_target(year=2027, value_text="90", **given)
    with pytest.raises(NotThePlanner):
        actions.set_base_value(value_text="90", **given)
    assert acts().count() == 0


def test_a_year_without_renstra_names_who_can_write_it(cast: Cast) -> None:
    gap = queries.renstra_gap(unit=cast.office.unit, year=2027, on=TODAY)

    assert gap is not None and gap.renstra is None
    assert gap.sentence == f"{cast.office.unit.short_name} belum memiliki Renstra yang meliputi tahun 2027."
    assert gap.who == (
        f"Yang dapat mengisinya: Kasubbag Perencanaan dan Keuangan ({cast.sari.full_name}), "
        f"Sekretaris Kecamatan ({cast.budi.full_name}) atau Pengelola Data "
        f"({cast.office.people['pengelola'].full_name})."
    )
    Position.objects.exclude(role=Role.CAMAT).update(is_active=False)
    gap = queries.renstra_gap(unit=cast.office.unit, year=2027, on=TODAY)
    assert gap is not None and gap.planners == () and "belum ada jabatan perencana" in gap.who


def test_a_government_has_no_renstra_of_its_own_to_miss(cast: Cast) -> None:
    assert queries.renstra_gap(unit=cast.kabupaten, year=2027, on=TODAY) is None


def test_a_year_of_the_renstra_without_targets_is_told_too(cast: Cast, indicator: Indicator) -> None:
    make_indicator(indicator.objective, indicator.owner, sequence=2)
    unit = cast.office.unit

    gap = queries.renstra_gap(unit=unit, year=2027, on=TODAY)

    assert gap is not None and gap.renstra is not None
    assert gap.sentence == "Target tahun 2027 dalam Renstra belum diisi untuk 1 indikator."
    for one in Indicator.objects.filter(sequence=2):
        make_renstra_target(one, 2027, "5")
    assert queries.renstra_gap(unit=unit, year=2027, on=TODAY) is None
