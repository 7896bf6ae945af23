"""Findings set aside by a person: with a reason, never an error, only while the text says the same."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import acting_camat, make_draft, make_effective_version

from runtut.core.models import AuditEntry
from runtut.procedures.actions import (
    draft_next_version,
    edit_step,
    silence_finding,
    voice_finding,
    withdraw,
)
from runtut.procedures.errors import FindingGone, FindingIsError, NotManager, ReasonMissing, VersionIsClosed
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import findings_of, graph_of, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def faulty(cast: Cast) -> ProcedureVersion:
    """A draft whose step 2 begins with its subject."""
    version = make_draft(cast)
    said(cast, version, "Sekcam menelaah disposisi")
    return version


def said(cast: Cast, version: ProcedureVersion, activity: str) -> None:
    step = version.steps.get(no=2)
    edit_step(step=step, changes={"activity": activity}, authority=cast.authority(cast.sari), at=AT)


def key_of(version: ProcedureVersion, code: str = "subject_in_activity") -> str:
    return next(one.key for one in findings_of(version) if one.code == code)


def set_aside(cast: Cast, version: ProcedureVersion, **changes):
    given = {"reason": "Kebiasaan kantor", "authority": cast.authority(cast.sari), **changes}
    key = given.pop("key", None) or key_of(version)
    return silence_finding(version=version, key=key, at=AT, **given)


def test_silenced_finding_stands_aside_with_its_reason(cast):
    version = faulty(cast)
    set_aside(cast, version, reason="  Kebiasaan   kantor ")
    review = review_of(version, graph_of(version))
    assert "subject_in_activity" not in [one.code for one in review.standing]
    assert [(found.code, row.reason, row.by) for found, row in review.silenced] == [
        ("subject_in_activity", "Kebiasaan kantor", cast.sari)
    ]
    assert AuditEntry.objects.filter(action="procedures.finding.silenced").count() == 1


def test_finding_speaks_again_when_the_text_says_another_thing(cast):
    version = faulty(cast)
    set_aside(cast, version)
    said(cast, version, "Kasi menelaah disposisi")
    assert "subject_in_activity" in [one.code for one in review_of(version, graph_of(version)).standing]


def test_finding_is_voiced_again(cast):
    version = faulty(cast)
    key = set_aside(cast, version).key
    voice_finding(version=version, key=key, authority=cast.authority(cast.sari), at=AT)
    assert review_of(version, graph_of(version)).silenced == ()
    with pytest.raises(FindingGone):
        voice_finding(version=version, key=key, authority=cast.authority(cast.sari), at=AT)


def test_reason_is_asked_for(cast):
    version = faulty(cast)
    with pytest.raises(ReasonMissing):
        set_aside(cast, version, reason=" ")


def test_error_is_never_silenced(cast):
    version = make_draft(cast)
    version.steps.filter(no=2).update(minutes=0)
    with pytest.raises(FindingIsError):
        set_aside(cast, version, key=key_of(version, "time_missing"))


def test_finding_that_is_not_there(cast):
    with pytest.raises(FindingGone):
        set_aside(cast, make_draft(cast), key="0" * 16)


def test_stranger_silences_nothing(cast):
    version = faulty(cast)
    with pytest.raises(NotManager):
        set_aside(cast, version, authority=cast.authority(cast.joko))


def test_closed_version_is_left_alone(cast):
    version = make_effective_version(cast)
    withdraw(version=version, reason="Diganti", authority=acting_camat(cast), at=AT)
    with pytest.raises(VersionIsClosed):
        set_aside(cast, version, key="0" * 16)


def test_next_version_keeps_what_was_set_aside(cast):
    version = make_effective_version(cast)
    version.related_sops = ["SOP yang tidak ada"]
    version.save()
    set_aside(cast, version, key=key_of(version, "related_unknown"))
    draft = draft_next_version(procedure=version.procedure, authority=cast.authority(cast.sari), at=AT)
    assert [row.reason for _, row in review_of(draft, graph_of(draft)).silenced] == ["Kebiasaan kantor"]
