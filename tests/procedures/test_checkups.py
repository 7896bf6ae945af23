"""Monitoring every six months and evaluation every year: planned, judged, followed by a draft."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import EFFECTIVE, acting_camat, make_draft, make_effective_version

from runtut.procedures.actions import (
    assign_checkup,
    draft_from_checkup,
    draft_next_version,
    finish_checkup,
    ratify,
    save_checkup,
    submit_for_review,
    withdraw,
)
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.errors import (
    CheckupIsDone,
    DraftExists,
    JudgementMissing,
    NotAssessor,
    NoteMissing,
    NothingFound,
    NotManager,
    PositionOutsideOffice,
)
from runtut.procedures.models import Checkup, ProcedureVersion
from runtut.procedures.queries import Judged, checkup_content, checkups_of, months_later, threads_of

GOOD = Judged(1, "Menelaah surat", "2 kali", True)
BAD = Judged(3, "Menganalisis surat", "5 kali", False, "Selalu terlambat", "Tambah waktu")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def monitoring(cast: Cast) -> Checkup:
    """The first monitoring of an SOP in force; Budi holds the position that it is given to."""
    version = make_effective_version(cast)
    return Checkup.objects.get(version=version, kind=CheckupKind.MONITORING)


def sekcam(cast: Cast):
    return cast.authority(cast.budi)


def finish(cast: Cast, checkup: Checkup, *rows: Judged) -> Checkup:
    return finish_checkup(
        checkup=checkup, rows=rows or (GOOD,), summary="Dua pelaksanaan.", authority=sekcam(cast), at=AT
    )


@pytest.mark.django_db
def test_version_that_takes_effect_is_to_be_looked_after(cast, monitoring):
    planned = {one.kind: one for one in Checkup.objects.all()}
    assert planned[CheckupKind.MONITORING].due_on == date(2026, 9, 2)
    assert planned[CheckupKind.EVALUATION].due_on == date(2027, 3, 2)
    assert {one.position for one in planned.values()} == {cast.office.positions["sekcam"]}


@pytest.mark.django_db
def test_finished_checkup_plans_the_next(cast, monitoring):
    done = finish(cast, monitoring, GOOD, BAD)
    following = Checkup.objects.get(kind=CheckupKind.MONITORING, state=CheckupState.WAITING)
    assert (done.finished_by, done.rows[1]["figures"], done.summary) == (
        cast.budi,
        "5 kali",
        "Dua pelaksanaan.",
    )
    assert (following.due_on, following.position) == (date(2027, 3, 2), done.position)
    with pytest.raises(CheckupIsDone):
        finish(cast, monitoring)


@pytest.mark.django_db
def test_next_version_takes_the_open_checkups_over(cast, monitoring):
    version = draft_next_version(procedure=monitoring.procedure, authority=sekcam(cast), at=AT)
    submit_for_review(version=version, authority=sekcam(cast), at=AT)
    ratify(
        version=version,
        sop_number="011/A/2026",
        effective_from=EFFECTIVE,
        authority=acting_camat(cast),
        at=AT,
    )
    assert [one.version for one in Checkup.objects.all()] == [version, version]


@pytest.mark.django_db
def test_withdrawn_version_is_not_looked_after(cast, monitoring):
    withdraw(version=monitoring.version, reason="Digabung", authority=acting_camat(cast), at=AT)
    assert not Checkup.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        (Judged(1, "Menelaah"), JudgementMissing),
        (Judged(1, "Menelaah", "", False, " "), NoteMissing),
    ],
)
def test_every_row_is_judged_and_every_finding_explained(row, refusal, cast, monitoring):
    with pytest.raises(refusal):
        finish(cast, monitoring, GOOD, row)
    assert Checkup.objects.get(pk=monitoring.pk).state == CheckupState.WAITING


@pytest.mark.django_db
def test_what_is_kept_meanwhile_needs_no_judgement(cast, monitoring):
    row = Judged(2, "Meneruskan", "", None, "  Tanya   dahulu ")
    save_checkup(checkup=monitoring, rows=[row], authority=sekcam(cast), at=AT)
    assert Checkup.objects.get(pk=monitoring.pk).rows[0]["note"] == "Tanya dahulu"


@pytest.mark.django_db
def test_only_the_one_it_was_given_to_judges(cast, monitoring):
    with pytest.raises(NotAssessor, match="Sekretaris"):
        save_checkup(checkup=monitoring, rows=[GOOD], authority=cast.authority(cast.sari), at=AT)


@pytest.mark.django_db
def test_checkup_is_given_to_another_position_of_the_office(cast, monitoring):
    planner = cast.office.positions["perencanaan"]
    sari = cast.authority(cast.sari)
    assign_checkup(checkup=monitoring, position=planner, authority=sari, at=AT)
    monitoring.refresh_from_db()
    assert save_checkup(checkup=monitoring, rows=[GOOD], authority=sari, at=AT).position == planner


@pytest.mark.django_db
def test_checkup_stays_in_the_office_and_with_its_managers(cast, monitoring):
    planner = cast.office.positions["perencanaan"]
    foreign = cast.authority(cast.joko)
    with pytest.raises(NotManager):
        assign_checkup(checkup=monitoring, position=planner, authority=foreign, at=AT)
    planner.is_active = False
    planner.save()
    with pytest.raises(PositionOutsideOffice):
        assign_checkup(checkup=monitoring, position=planner, authority=sekcam(cast), at=AT)


@pytest.mark.django_db
def test_finding_opens_a_draft_with_remarks_on_its_steps(cast, monitoring):
    done = finish(cast, monitoring, GOOD, BAD)
    draft = draft_from_checkup(checkup=done, authority=cast.authority(cast.sari), at=AT)
    remarks = [(one.comment.step_no, one.comment.text) for one in threads_of(draft)]
    assert remarks == [(3, "Pemantauan enam bulanan: Selalu terlambat Tindakan: Tambah waktu")]
    assert Checkup.objects.get(pk=done.pk).opened == draft
    with pytest.raises(DraftExists):
        draft_from_checkup(checkup=done, authority=cast.authority(cast.sari), at=AT)


@pytest.mark.django_db
def test_finding_of_an_evaluation_is_about_the_whole(cast, monitoring):
    yearly = Checkup.objects.get(kind=CheckupKind.EVALUATION)
    done = finish(cast, yearly, Judged(9, "Dasar hukum masih berlaku", "", False, "PP diganti"))
    draft = draft_from_checkup(checkup=done, authority=cast.authority(cast.sari), at=AT)
    comment = threads_of(draft)[0].comment
    assert (comment.step_no, "Dasar hukum masih berlaku" in comment.text) == (None, True)


@pytest.mark.django_db
def test_without_findings_nothing_is_drafted(cast, monitoring):
    with pytest.raises(NothingFound):
        draft_from_checkup(checkup=finish(cast, monitoring), authority=cast.authority(cast.sari), at=AT)
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_open_checkups_come_first(cast, monitoring):
    finish(cast, monitoring)
    make_draft(cast, "s3")
    listed = [(one.kind, one.state) for one in checkups_of(cast.office.unit)]
    assert listed == [
        ("pemantauan", "menunggu"),
        ("evaluasi", "menunggu"),
        ("pemantauan", "selesai"),
    ] or listed == [("evaluasi", "menunggu"), ("pemantauan", "menunggu"), ("pemantauan", "selesai")]


@pytest.mark.django_db
def test_form_has_the_columns_of_the_guideline(cast, monitoring):
    content = checkup_content(finish(cast, monitoring, GOOD, BAD), [GOOD, BAD], "2 pelaksanaan")
    assert content["blocks"][0]["rows"][-1] == ["Pelaksanaan", "2 pelaksanaan"]
    table = content["blocks"][1]
    assert [column["label"] for column in table["columns"]] == [
        "No",
        "Prosedur",
        "Keadaan menurut pelaksanaan",
        "Penilaian",
        "Catatan hasil penilaian",
        "Tindakan",
        "Paraf",
    ]
    assert table["rows"][1][3:6] == ["Tidak berjalan baik", "Selalu terlambat", "Tambah waktu"]
    assert content["draft"] is False


@pytest.mark.django_db
def test_form_of_an_evaluation_has_no_column_that_stays_empty(cast, monitoring):
    checkup = Checkup.objects.get(kind=CheckupKind.EVALUATION)
    said = Judged(1, "Urutan langkah sesuai", "", True)
    plain = checkup_content(checkup, [said], "")["blocks"][1]
    told = checkup_content(checkup, [said, Judged(2, "Waktu dapat dipenuhi", "9 dari 10")], "")["blocks"][1]

    assert [column["label"] for column in plain["columns"]][:3] == ["No", "Pernyataan", "Penilaian"]
    assert plain["rows"] == [["1", "Urutan langkah sesuai", "Ya", "", "", ""]]
    assert told["columns"][2]["label"] == "Keadaan menurut pelaksanaan"
    assert told["rows"][1][2] == "9 dari 10"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 2), 6, date(2026, 9, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_later(day, months, expected):
    assert months_later(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-24, 24))
def test_months_later_never_leaves_the_month(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
