"""News of SOPs in the making: who is to ratify one, and who gets it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases.notices import letters
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import acting_camat

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Notice
from runtut.cases.queries import count_unread, notices_of
from runtut.core import jobs
from runtut.procedures.actions import (
    adopt,
    answer_comment,
    bind_performer,
    comment_on_version,
    ratify,
    reopen_draft,
    submit_for_review,
)
from runtut.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

WAITS, BACK = "SOP menunggu pengesahan Anda", "SOP dikembalikan kepada Anda"
REVIEW, REMARK = "SOP menunggu tanggapan Anda", "Tanggapan baru pada SOP Anda"
REASON = "Waktu langkah 5 belum dibicarakan."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> ProcedureVersion:
    sari = cast.office.authority("perencanaan")
    return adopt(unit=cast.office.unit, library_key="s2", authority=sari, at=AT)


def hand_over(cast: Cast, draft: ProcedureVersion) -> None:
    submit_for_review(version=draft, authority=cast.office.authority("perencanaan"), at=AT)


def bind(cast: Cast, draft: ProcedureVersion, *keys: str) -> None:
    """Give the first performer of a draft to some positions at once."""
    bind_performer(
        performer=draft.performers.order_by("sequence")[0],
        positions=[cast.office.positions[key] for key in keys],
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )


def told(user: User) -> list[str]:
    """The headings of what still waits, the newest first."""
    return [line.heading for line in notices_of(user_id=user.pk, at=AT) if not line.is_done]


def test_the_approver_is_told_and_mailed_that_an_sop_waits(
    cast: Cast, draft: ProcedureVersion, mail: Path
) -> None:
    camat = cast.budi
    choose_notices(user=camat, email="camat@contoh.go.id", chosen={NoticeKind.ASSIGNED: (True, True)})
    hand_over(cast, draft)
    jobs.drain(at=AT)

    assert told(camat) == [WAITS]
    [line] = notices_of(user_id=camat.pk, at=AT)
    assert (line.title, line.source) == (draft.title, "SOP versi 1")
    assert line.path == f"/sop/{draft.procedure.uid}/?versi=1"
    [letter] = letters(mail)
    text = letter.get_content()
    assert f"{WAITS}: {draft.title}." in text
    assert f"SOP: versi 1, {cast.office.unit.name}." in text
    assert "Tenggat" not in text


def test_whoever_handed_it_over_is_told_that_it_came_back(cast: Cast, draft: ProcedureVersion) -> None:
    camat = cast.budi
    hand_over(cast, draft)
    reopen_draft(version=draft, reason=REASON, authority=acting_camat(cast), at=AT)

    assert (told(camat), told(cast.sari)) == ([], [BACK])
    assert count_unread(user_id=camat.pk, at=AT) == 0
    assert count_unread(user_id=cast.sari.pk, at=AT) == 1

    hand_over(cast, draft)

    assert (told(camat), told(cast.sari)) == ([WAITS], [])
    assert Notice.objects.filter(version=draft).count() == 3


def test_whoever_takes_it_back_needs_no_news(cast: Cast, draft: ProcedureVersion) -> None:
    hand_over(cast, draft)
    sari = cast.office.authority("perencanaan")
    reopen_draft(version=draft, reason=REASON, authority=sari, at=AT)

    assert told(cast.sari) == []


def test_a_ratified_sop_is_news_no_more(cast: Cast, draft: ProcedureVersion, mail: Path) -> None:
    camat = cast.budi
    choose_notices(user=camat, email="camat@contoh.go.id", chosen={NoticeKind.ASSIGNED: (True, True)})
    hand_over(cast, draft)
    authority = acting_camat(cast)
    today = draft.procedure.unit.local_date(AT)
    ratify(version=draft, sop_number="1/SOP/2026", effective_from=today, authority=authority, at=AT)
    jobs.drain(at=AT)

    assert told(camat) == []
    assert letters(mail) == []


def test_without_an_approver_nobody_is_told(cast: Cast, draft: ProcedureVersion) -> None:
    ProcedureVersion.objects.update(approver_position=None)
    draft.refresh_from_db()
    hand_over(cast, draft)

    assert not Notice.objects.exists()


def test_the_performers_are_told_that_a_version_is_in_review(cast: Cast, draft: ProcedureVersion) -> None:
    office = cast.office
    bind(cast, draft, "camat", "perencanaan", "kasi1", "pengelola")
    hand_over(cast, draft)

    assert told(office.people["kasi1"]) == told(office.people["pengelola"]) == [REVIEW]
    assert told(cast.sari) == []
    assert told(cast.budi) == [WAITS]

    reopen_draft(version=draft, reason=REASON, authority=acting_camat(cast), at=AT)

    assert told(office.people["kasi1"]) == []


def test_who_handed_it_over_is_told_of_a_remark_and_its_writer_of_the_answer(
    cast: Cast, draft: ProcedureVersion
) -> None:
    kasi = cast.office.people["kasi1"]
    bind(cast, draft, "kasi1")
    hand_over(cast, draft)
    remark = comment_on_version(version=draft, text=REASON, authority=cast.office.authority("kasi1"), at=AT)

    assert told(cast.sari) == [REMARK]
    assert notices_of(user_id=cast.sari.pk, at=AT)[0].note == REASON
    assert count_unread(user_id=cast.sari.pk, at=AT) == 1

    answer_comment(comment=remark, text="Sudah.", authority=cast.office.authority("perencanaan"), at=AT)

    assert told(kasi) == [REMARK, REVIEW]
    assert told(cast.sari) == [REMARK]
