"""Remarks on a version in the making."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import (
    EFFECTIVE,
    acting_camat,
    make_draft,
    make_effective_version,
    make_reviewed,
)

from runtut.core.models import AuditEntry
from runtut.procedures.actions import answer_comment, comment_on_version, ratify, resolve_comment
from runtut.procedures.enums import VersionState
from runtut.procedures.errors import (
    CommentClosed,
    CommentMissing,
    CommentsOpen,
    NotReviewer,
    PlaceUnknown,
    VersionNotInMaking,
)
from runtut.procedures.queries import open_comments, threads_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def remark(cast: Cast, version, **changes):
    given = {"text": "Waktunya terlalu singkat", "step_no": 3, "authority": acting_camat(cast), **changes}
    return comment_on_version(version=version, at=AT, **given)


def ratified(cast: Cast, version):
    return ratify(
        version=version, sop_number="1/A/2026", effective_from=EFFECTIVE, authority=acting_camat(cast), at=AT
    )


def test_remark_is_answered_and_resolved(cast):
    version = make_reviewed(cast)
    made = remark(cast, version)
    sari = cast.authority(cast.sari)
    answer_comment(comment=made, text="Menjadi empat hari", authority=sari, at=AT)
    resolve_comment(comment=made, authority=acting_camat(cast), at=AT)

    thread = threads_of(version)[0]
    assert (thread.comment.step_no, thread.comment.by, thread.is_open) == (3, cast.budi, False)
    assert [one.text for one in thread.answers] == ["Menjadi empat hari"]
    assert thread.comment.resolved_by == cast.budi
    acts = AuditEntry.objects.filter(action__startswith="procedures.comment").values_list("action", flat=True)
    assert list(acts.order_by("id")) == [
        "procedures.comment.made",
        "procedures.comment.answered",
        "procedures.comment.resolved",
    ]


def test_open_remark_stops_ratification_until_it_is_resolved(cast):
    version = make_reviewed(cast)
    made = remark(cast, version)
    with pytest.raises(CommentsOpen) as refused:
        ratified(cast, version)
    assert refused.value.details["count"] == 1
    resolve_comment(comment=made, authority=acting_camat(cast), at=AT)
    assert ratified(cast, version).state == VersionState.EFFECTIVE


def test_open_remarks_come_first_then_by_step(cast):
    version = make_reviewed(cast)
    closed = remark(cast, version, step_no=1)
    remark(cast, version, step_no=5)
    remark(cast, version, step_no=2)
    resolve_comment(comment=closed, authority=acting_camat(cast), at=AT)
    assert [one.comment.step_no for one in threads_of(version)] == [2, 5, 1]
    assert open_comments(version) == 2


def test_everybody_of_the_office_may_remark(cast):
    kasi = cast.office.authority("kasi1")
    assert remark(cast, make_draft(cast), authority=kasi, step_no=None, field="legal_basis").by_id


def test_stranger_remarks_on_nothing(cast):
    with pytest.raises(NotReviewer):
        remark(cast, make_draft(cast), authority=cast.authority(cast.joko))


@pytest.mark.parametrize(
    "place", [{"step_no": 99}, {"step_no": None, "field": "kepala"}, {"field": "warnings"}]
)
def test_place_that_is_not_there(place, cast):
    with pytest.raises(PlaceUnknown):
        remark(cast, make_draft(cast), **place)


def test_empty_remark(cast):
    with pytest.raises(CommentMissing):
        remark(cast, make_draft(cast), text=" ")


def test_resolved_remark_is_closed(cast):
    made = remark(cast, make_draft(cast))
    resolve_comment(comment=made, authority=acting_camat(cast), at=AT)
    with pytest.raises(CommentClosed):
        answer_comment(comment=made, text="Belum", authority=acting_camat(cast), at=AT)


def test_ratified_version_takes_no_remark(cast):
    with pytest.raises(VersionNotInMaking):
        remark(cast, make_effective_version(cast))
