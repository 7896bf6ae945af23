"""Figures given back outside a run's steps: their owner is told, and so is who gave them back once mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cases.notices import letters
from tests.cast import Cast
from tests.performance.factories import AT, TW3, make_file
from tests.performance.runs import make_runs

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.enums import NoticeKind
from runtut.cases.queries import count_unread, notices_of
from runtut.core import jobs
from runtut.core.periods import Quarter
from runtut.organisations.enums import Capacity
from runtut.performance import actions
from runtut.performance.models import Indicator

pytestmark = pytest.mark.django_db

BACK, MENDED = "Realisasi dikembalikan", "Realisasi diperbaiki, menunggu Anda periksa"
REASON = "Bukti tidak terbaca."


def told(user: User) -> list[str]:
    """The headings of what still waits, the newest first."""
    return [line.heading for line in notices_of(user_id=user.pk, at=AT) if not line.is_done]


def given(cast: Cast, by: str) -> dict[str, Any]:
    return {"unit": cast.office.unit, "quarter": TW3, "authority": cast.office.authority(by), "at": AT}


def hand_over(cast: Cast, indicator: Indicator) -> None:
    act = {"quarter": TW3, "authority": cast.office.authority("kasi1"), "at": AT}
    actions.enter_realisation(indicator=indicator, value_text="86", cause="", **act)
    actions.add_evidence(indicator=indicator, file=make_file(indicator.unit), **act)
    actions.submit_realisations(position=indicator.owner, unit=indicator.unit, **act)


def hand_over_again(cast: Cast, indicator: Indicator) -> None:
    actions.submit_realisations(position=indicator.owner, **given(cast, "kasi1"))


def give_back(cast: Cast, reason: str = REASON, **only: Any) -> None:
    actions.return_realisations(reason=reason, **given(cast, "pengelola"), **only)


def test_the_owner_is_told_and_mailed_why_and_where(cast: Cast, indicator: Indicator, mail: Path) -> None:
    owner = cast.office.people["kasi1"]
    choose_notices(user=owner, email="kasi@contoh.go.id", chosen={})
    hand_over(cast, indicator)

    give_back(cast)
    jobs.drain(at=AT)

    [line] = notices_of(user_id=owner.pk, at=AT)
    where = f"/kinerja/?unit={cast.office.unit.uid}&tahun=2026&tw=3"
    assert (line.heading, line.title, line.note, line.path) == (
        BACK,
        f"TW III 2026: {indicator.short_name}",
        REASON,
        where,
    )
    [letter] = letters(mail)
    text = letter.get_content()
    assert letter["To"] == "kasi@contoh.go.id"
    for words in (f"{BACK}: TW III 2026: {indicator.short_name}.", f"Alasan: {REASON}", f"{where}"):
        assert words in text
    assert "Tenggat" not in text


def test_a_person_who_wants_no_mail_of_returns_gets_none(
    cast: Cast, indicator: Indicator, mail: Path
) -> None:
    owner = cast.office.people["kasi1"]
    choose_notices(user=owner, email="kasi@contoh.go.id", chosen={NoticeKind.RETURNED: (True, False)})
    hand_over(cast, indicator)

    give_back(cast)
    jobs.drain(at=AT)

    assert (told(owner), letters(mail)) == ([BACK], [])


def test_who_gave_figures_back_is_told_that_they_are_mended(cast: Cast, indicator: Indicator) -> None:
    owner, clerk = cast.office.people["kasi1"], cast.office.people["pengelola"]
    hand_over(cast, indicator)
    assert told(clerk) == []

    give_back(cast)
    hand_over_again(cast, indicator)

    assert (told(owner), told(clerk)) == ([], [MENDED])
    assert (count_unread(user_id=owner.pk, at=AT), count_unread(user_id=clerk.pk, at=AT)) == (0, 1)
    line = notices_of(user_id=clerk.pk, at=AT)[0]
    assert line.path == f"/kinerja/periksa/?unit={cast.office.unit.uid}&tahun=2026&tw=3"

    give_back(cast, "Angkanya belum sesuai.")
    assert (told(owner), told(clerk)) == ([BACK], [])
    hand_over_again(cast, indicator)
    actions.verify_realisations(owner=indicator.owner, **given(cast, "sekcam"))

    assert (told(owner), told(clerk)) == ([], [])


def test_opening_a_locked_quarter_tells_every_owner(cast: Cast, indicator: Indicator) -> None:
    owner = cast.office.people["kasi1"]
    hand_over(cast, indicator)
    head = {"unit": cast.office.unit, "quarter": TW3, "at": AT}
    head["authority"] = cast.authority(cast.budi, Capacity.PLT)
    actions.approve_realisations(**head)
    actions.lock_period(rule="Triwulan ditutup.", **head)

    actions.unlock_period(reason="Angka salah ketik.", **head)

    [line] = notices_of(user_id=owner.pk, at=AT)
    assert (line.heading, line.note) == (BACK, "Angka salah ketik.")


def test_a_run_tells_of_its_returns_by_its_own_steps() -> None:
    runs = make_runs()
    case = runs.start()
    runs.collect(case)
    runs.send_back(case, "pengelola", 1)
    runs.collect(case)

    for key in ("kasi1", "pengelola"):
        lines = notices_of(user_id=runs.office.people[key].pk, at=runs.at)
        assert not {BACK, MENDED} & {line.heading for line in lines}


def test_figures_given_back_beside_a_run_are_examined_in_its_steps() -> None:
    runs = make_runs()
    case = runs.start()
    runs.collect(case)
    act = {"unit": runs.office.unit, "quarter": Quarter(2026, 1), "at": runs.at}
    actions.return_realisations(reason=REASON, authority=runs.who("sekcam"), **act)
    owner = runs.office.positions["kasi1"]
    lines = notices_of(user_id=runs.office.people["kasi1"].pk, at=runs.at)
    assert [line.title for line in lines if line.heading == BACK] == [
        "TW I 2026: Indikator 1.1, Indikator 1.2"
    ]

    actions.submit_realisations(position=owner, authority=runs.who("kasi1"), **act)

    lines = notices_of(user_id=runs.cast.budi.pk, at=runs.at)
    assert MENDED not in [line.heading for line in lines]
