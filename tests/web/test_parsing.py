"""What is not a number or a uid counts as not given, whatever somebody writes into an address."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.web.frame.parsing import LARGEST, uid_of, whole_number

UID = "0190a3c4-7b2e-7cc1-8a53-2f8d6f0e1b11"
LIKE_A_UID = "x" * len(UID)
ENDLESS = "9" * 5000
"""More digits than Python turns into a number."""


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("10", 10), ("11", None), ("", None), ("-1", None), ("1.5", None), ("²", None)],
)
def test_whole_number_within_bounds(text: str, number: int | None) -> None:
    assert whole_number(text, None, 0, 10) == number


@pytest.mark.parametrize("text", [ENDLESS, str(LARGEST + 1), "٣"])
def test_whole_number_beyond_any_column_is_none(text: str) -> None:
    assert whole_number(text, -1) == -1


@pytest.mark.parametrize(("text", "uid"), [(UID, UUID(UID)), (LIKE_A_UID, None), ("", None)])
def test_uid_of_text(text: str, uid: UUID | None) -> None:
    assert uid_of(text) == uid


@pytest.mark.parametrize(
    "address",
    [
        f"/kerja/?tahun={ENDLESS}",
        f"/pengaturan/orang/?mulai={ENDLESS}",
        f"/kinerja/rkt/?kerja={LIKE_A_UID}",
    ],
)
def test_address_that_makes_no_sense_counts_as_not_given(stage: Stage, visit: Visit, address: str) -> None:
    answer = visit(stage.cast.admin).get(address)

    assert answer.status_code == 200


def test_sop_that_is_no_uid_is_not_found(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get(f"/kerja/mulai/?sop={LIKE_A_UID}").status_code == 404
