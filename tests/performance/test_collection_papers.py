"""The source and note of a figure on the papers that ask for it and that collect it."""

from __future__ import annotations

import pytest
from tests.cast import TODAY, Cast
from tests.performance.factories import TW1, make_indicator, make_objective, make_realisation

from runtut.performance import queries
from runtut.performance.models import Indicator, Realisation
from runtut.performance.rendering import FormFacts, compose_collection, compose_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicators(cast: Cast) -> list[Indicator]:
    """Two with a figure; the first tells where it is from."""
    objective, owner = make_objective(cast.office.unit), cast.office.positions["kasi1"]
    found = [make_indicator(objective, owner, sequence=number) for number in (1, 2)]
    for one in found:
        make_realisation(one, TW1, "86", cause="Loket pindah.")
    Realisation.objects.filter(indicator=found[0]).update(source="Buku register", note="Tanpa hari libur.")
    return found


def cells(content: dict[str, list[dict[str, list[list[str]]]]]) -> list[list[str]]:
    return next(block["rows"] for block in content["blocks"] if "rows" in block)


def test_the_collection_tells_them_beside_the_figure(cast: Cast, indicators: list[Indicator]) -> None:
    facts = queries.collection_facts(
        unit=cast.office.unit,
        quarter=TW1,
        title="Himpunan Data Kinerja",
        signer=cast.office.positions["pengelola"],
        on=TODAY,
    )

    first, second = cells(compose_collection(facts, "Pengantar."))

    assert first[-1] == "Loket pindah.\nSumber data: Buku register\nCatatan: Tanpa hari libur."
    assert second[-1] == "Loket pindah."


def test_the_form_has_what_is_known_and_room_for_the_rest(cast: Cast, indicators: list[Indicator]) -> None:
    lines = queries.asked_lines(unit=cast.office.unit, quarter=TW1, indicators=indicators)
    facts = FormFacts(
        office="Kecamatan Sukamaju",
        period="Triwulan I Tahun 2026",
        place="Sukamaju",
        letterhead={},
        indicators=tuple(lines),
        fields=("realisasi", "sumber", "catatan"),
        note="Mohon diisi.",
        made_on="2026-03-02",
        signature={},
    )

    first, second = cells(compose_form(facts))

    assert first[-3:] == [" ", "Buku register", "Tanpa hari libur."]
    assert second[-3:] == [" ", "Sumber", " "], "the source that the indicator names"
