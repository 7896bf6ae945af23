from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import (
    EFFECTIVE,
    acting_camat,
    make_draft,
    make_effective_version,
    make_reviewed,
)

from runtut.core import jobs
from runtut.core.models import AuditEntry
from runtut.organisations.enums import Capacity
from runtut.procedures.actions import (
    draft_next_version,
    edit_identity,
    edit_step,
    make_effective,
    ratify,
    reopen_draft,
    submit_for_review,
    withdraw,
)
from runtut.procedures.enums import VersionState
from runtut.procedures.errors import (
    ApproverMissing,
    FieldUnknown,
    FindingsRemain,
    ListInvalid,
    NotApprover,
    NotManager,
    NotYetEffective,
    ReasonMissing,
    SopNumberIncomplete,
    SopNumberTaken,
    VersionNotBinding,
    VersionNotDraft,
    VersionNotInReview,
    VersionNotRatified,
)
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import document_of, effective_version

pytestmark = pytest.mark.django_db
NUMBER = "010/KEC.SKM/2026"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ratified(cast, version, number=NUMBER, effective_from=EFFECTIVE, authority=None):
    return ratify(
        version=version,
        sop_number=number,
        effective_from=effective_from,
        authority=authority or acting_camat(cast),
        at=AT,
    )


def test_ratify_on_its_day_is_in_force_at_once(cast):
    version = ratified(cast, make_reviewed(cast))
    stored = ProcedureVersion.objects.get(pk=version.pk)
    assert stored.state == VersionState.EFFECTIVE
    assert (stored.sop_number, stored.created_date, stored.effective_date) == (
        NUMBER,
        "2026-03-02",
        "2026-03-02",
    )
    assert (stored.ratified_at, stored.ratified_by) == (AT, cast.budi)
    assert effective_version(stored.procedure) == stored


def test_ratify_for_a_later_day_waits(cast):
    later = EFFECTIVE + timedelta(days=7)
    version = ratified(cast, make_reviewed(cast), effective_from=later)
    assert version.state == VersionState.RATIFIED
    assert effective_version(version.procedure) is None
    with pytest.raises(NotYetEffective, match="9 Maret 2026"):
        make_effective(version=version, authority=cast.authority(cast.sari), at=AT)
    sari = cast.authority(cast.sari)
    done = make_effective(version=version, authority=sari, at=AT + timedelta(days=7))
    assert done.state == VersionState.EFFECTIVE


def test_a_version_ratified_for_the_wrong_day_is_taken_back_and_the_next_one_drafted(cast):
    first = make_effective_version(cast)
    sari = cast.authority(cast.sari)
    second = draft_next_version(procedure=first.procedure, authority=sari, at=AT)
    submit_for_review(version=second, authority=sari, at=AT)
    ratified(cast, second, effective_from=EFFECTIVE.replace(year=2062))
    withdraw(version=second, reason="Tahunnya keliru", authority=acting_camat(cast), at=AT)

    assert effective_version(first.procedure) == first
    assert draft_next_version(procedure=first.procedure, authority=sari, at=AT).number == 3
    jobs.drain(at=AT.replace(year=2063), topics=("procedures.effective",))
    assert effective_version(first.procedure) == first


def test_ratify_by_a_plt_is_allowed_and_recorded_as_such(cast):
    version = ratified(cast, make_reviewed(cast))
    entries = AuditEntry.objects.filter(subject=version.uid).order_by("sequence")
    assert [(entry.action, entry.capacity) for entry in entries] == [
        ("procedures.version.adopted", Capacity.DEFINITIVE),
        ("procedures.bindings.accepted", Capacity.DEFINITIVE),
        ("procedures.version.submitted", Capacity.DEFINITIVE),
        ("procedures.version.ratified", Capacity.PLT),
        ("procedures.version.effective", Capacity.PLT),
    ]


@pytest.mark.parametrize("who", ["sari", "admin", "joko", "wati"])
def test_ratify_by_anyone_else(cast, who):
    version = make_reviewed(cast)
    with pytest.raises(NotApprover, match="disahkan oleh Camat"):
        ratified(cast, version, authority=cast.authority(getattr(cast, who)))


def test_ratify_by_the_sekcam_in_her_own_chair(cast):
    version = make_reviewed(cast)
    with pytest.raises(NotApprover):
        ratified(cast, version, authority=cast.authority(cast.budi, Capacity.DEFINITIVE))


def test_ratify_without_an_approver(cast):
    version = make_reviewed(cast)
    ProcedureVersion.objects.filter(pk=version.pk).update(approver_position=None)
    with pytest.raises(ApproverMissing, match=r"Kec\. Sukamaju"):
        ratified(cast, version)


@pytest.mark.parametrize("number", ["067/21//JPR/2024", "/SOP", "010/"])
def test_ratify_with_an_incomplete_number(cast, number):
    version = make_reviewed(cast)
    with pytest.raises(SopNumberIncomplete) as refused:
        ratified(cast, version, number=number)
    assert refused.value.field == "sop_number"
    assert ProcedureVersion.objects.get(pk=version.pk).state == VersionState.IN_REVIEW


def test_ratify_with_the_number_of_another_sop(cast):
    make_effective_version(cast, "s3", NUMBER)
    with pytest.raises(SopNumberTaken, match="Pengumpulan Data Kinerja"):
        ratified(cast, make_reviewed(cast))


def test_ratify_without_bindings_is_allowed(cast):
    version = submit_for_review(version=make_draft(cast), authority=cast.authority(cast.sari), at=AT)
    assert ratified(cast, version).state == VersionState.EFFECTIVE


def test_ratify_a_draft(cast):
    with pytest.raises(VersionNotInReview, match="masih draf"):
        ratified(cast, make_draft(cast))


def test_submit_with_findings(cast):
    version = make_draft(cast, "s7")
    with pytest.raises(FindingsRemain, match="memanggil SOP yang belum ada") as refused:
        submit_for_review(version=version, authority=cast.authority(cast.sari), at=AT)
    assert [finding.code for finding in refused.value.details["findings"]] == ["unknown_call"]
    make_draft(cast, "s-rapat")
    submitted = submit_for_review(version=version, authority=cast.authority(cast.sari), at=AT)
    assert submitted.state == VersionState.IN_REVIEW


def test_submit_by_a_stranger(cast):
    version = make_draft(cast)
    with pytest.raises(NotManager):
        submit_for_review(version=version, authority=cast.authority(cast.joko), at=AT)


def test_submit_twice(cast):
    with pytest.raises(VersionNotDraft, match="sedang ditelaah"):
        submit_for_review(version=make_reviewed(cast), authority=cast.authority(cast.sari), at=AT)


def test_reopen_draft_with_a_reason(cast):
    version = make_reviewed(cast)
    reopened = reopen_draft(
        version=version, reason="Waktu langkah 5 terlalu lama", authority=acting_camat(cast), at=AT
    )
    assert reopened.state == VersionState.DRAFT
    entry = AuditEntry.objects.filter(subject=version.uid).latest("sequence")
    assert "Waktu langkah 5 terlalu lama" in entry.data


def test_reopen_draft_without_a_reason(cast):
    with pytest.raises(ReasonMissing):
        reopen_draft(version=make_reviewed(cast), reason=" ", authority=acting_camat(cast), at=AT)


def test_reopen_draft_after_ratification(cast):
    with pytest.raises(VersionNotInReview, match="sudah berlaku"):
        reopen_draft(
            version=make_effective_version(cast), reason="Salah", authority=acting_camat(cast), at=AT
        )


def test_next_version_supersedes_the_former(cast):
    first = make_effective_version(cast)
    sari = cast.authority(cast.sari)
    second = draft_next_version(procedure=first.procedure, authority=sari, at=AT)
    second = submit_for_review(version=second, authority=sari, at=AT)
    second = ratified(cast, second)
    first.refresh_from_db()
    assert (first.state, first.closed_at) == (VersionState.SUPERSEDED, AT)
    assert (second.state, second.revised_date, second.created_date) == (
        VersionState.EFFECTIVE,
        "2026-03-02",
        first.created_date,
    )


def test_make_effective_a_draft(cast):
    with pytest.raises(VersionNotRatified, match="masih draf"):
        make_effective(version=make_draft(cast), authority=cast.authority(cast.sari), at=AT)


def test_withdraw_ends_it_for_new_runs(cast):
    version = make_effective_version(cast)
    done = withdraw(version=version, reason="Digabung", authority=acting_camat(cast), at=AT)
    assert (done.state, done.closed_at) == (VersionState.WITHDRAWN, AT)
    assert effective_version(version.procedure) is None


def test_withdraw_without_reason_or_right(cast):
    version = make_effective_version(cast)
    with pytest.raises(ReasonMissing):
        withdraw(version=version, reason="", authority=acting_camat(cast), at=AT)
    with pytest.raises(NotApprover):
        withdraw(version=version, reason="Digabung", authority=cast.authority(cast.sari), at=AT)


def test_withdraw_a_draft(cast):
    with pytest.raises(VersionNotBinding):
        withdraw(version=make_draft(cast), reason="Salah", authority=acting_camat(cast), at=AT)


@pytest.mark.parametrize("make", [make_reviewed, make_effective_version])
def test_text_that_left_the_draft_never_changes(cast, make):
    version = make(cast)
    before = document_of(version)
    sari = cast.authority(cast.sari)
    with pytest.raises(VersionNotDraft):
        edit_identity(version=version, changes={"warnings": ["Lain"]}, authority=sari, at=AT)
    with pytest.raises(VersionNotDraft, match="Rancang versi berikutnya"):
        edit_step(step=version.steps.get(no=1), changes={"activity": "Membaca"}, authority=sari, at=AT)
    assert document_of(ProcedureVersion.objects.get(pk=version.pk)) == before


def test_text_of_a_draft_held_since_before_ratification_never_changes(cast):
    stale = make_draft(cast)
    step = stale.steps.get(no=1)
    sari = cast.authority(cast.sari)
    submit_for_review(version=stale, authority=sari, at=AT)
    assert stale.state == VersionState.DRAFT
    with pytest.raises(VersionNotDraft):
        edit_step(step=step, changes={"activity": "Membaca"}, authority=sari, at=AT)


def test_edit_identity_and_step_of_a_draft(cast):
    version = make_draft(cast)
    sari = cast.authority(cast.sari)
    edited = edit_identity(
        version=version, changes={"equipment": [" Komputer ", "", "Meja"]}, authority=sari, at=AT
    )
    assert edited.equipment == ["Komputer", "Meja"]
    step = edit_step(
        step=version.steps.get(no=9),
        changes={"activity": "Menyimpan  dokumen", "outputs": ["Arsip"], "note": " Rak 3 "},
        authority=sari,
        at=AT,
    )
    assert (step.activity, step.outputs, step.note) == ("Menyimpan dokumen", ["Arsip"], "Rak 3")
    entry = AuditEntry.objects.filter(subject=version.uid).latest("sequence")
    assert entry.action == "procedures.step.edited"
    assert "Rak 3" in entry.data


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": "berlaku"}, FieldUnknown),
        ({"outputs": "Arsip"}, ListInvalid),
        ({"minutes": "5"}, FieldUnknown),
    ],
)
def test_edit_step_refuses_other_fields(cast, changes, refusal):
    version = make_draft(cast)
    with pytest.raises(refusal):
        edit_step(step=version.steps.get(no=1), changes=changes, authority=cast.authority(cast.sari), at=AT)


def test_edit_identity_refuses_other_fields(cast):
    with pytest.raises(FieldUnknown):
        edit_identity(
            version=make_draft(cast),
            changes={"sop_number": ["1"]},
            authority=cast.authority(cast.sari),
            at=AT,
        )


def test_ratify_on_a_past_day_is_kept_as_given(cast):
    version = ratified(cast, make_reviewed(cast), effective_from=date(2024, 1, 9))
    assert (version.effective_date, version.state) == ("2024-01-09", VersionState.EFFECTIVE)
