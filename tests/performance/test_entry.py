from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.cast import Cast
from tests.performance.factories import (
    AT,
    TW1,
    TW3,
    acts,
    make_file,
    make_indicator,
    make_objective,
    make_realisation,
)

from runtut.core.errors import DomainError, SomeoneWasFaster
from runtut.core.numbers import NotANumber, TooManyDecimals
from runtut.organisations.errors import TextTooLong
from runtut.performance import actions
from runtut.performance.enums import Accumulation, RealisationState
from runtut.performance.errors import (
    CauseTooLong,
    EvidenceIsGone,
    FileOfAnotherOffice,
    NotDueThisQuarter,
    NotTheOwner,
    RealisationIsApproved,
    RealisationIsLocked,
    RealisationIsSubmitted,
    ValueOutOfRange,
)
from runtut.performance.models import Evidence, Indicator, PeriodLock, Realisation

pytestmark = pytest.mark.django_db


def enter(
    cast: Cast,
    indicator: Indicator,
    text: str,
    *,
    who: str = "kasi1",
    cause: str = "",
    version: int | None = None,
) -> Realisation:
    return actions.enter_realisation(
        indicator=indicator,
        quarter=TW3,
        value_text=text,
        cause=cause,
        authority=cast.office.authority(who),
        at=AT,
        version=version,
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("86,12", "86.12"), ("1.250.000", "1250000"), ("0", "0"), (" 12,5 ", "12.5"), ("", None), ("  ", None)],
)
def test_enter_reads_indonesian_numbers_and_keeps_blank_blank(
    cast: Cast, indicator: Indicator, text: str, value: str | None
) -> None:
    enter(cast, indicator, text, cause=" Survei ditunda. ")

    row = Realisation.objects.get(indicator=indicator)
    assert row.value == (None if value is None else Decimal(value))
    assert row.cause == "Survei ditunda."
    assert (row.state, row.version) == (RealisationState.DRAFT, 1)
    assert (row.entered_by, row.entered_in) == (cast.office.people["kasi1"], indicator.owner)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("12,5,1", NotANumber),
        ("12.50", NotANumber),
        ("dua belas", NotANumber),
        ("86,123", TooManyDecimals),
        ("-1", ValueOutOfRange),
        ("101", ValueOutOfRange),
        ("999999999999999999999", ValueOutOfRange),
    ],
)
def test_enter_refuses_what_is_no_figure_of_this_indicator(
    cast: Cast, indicator: Indicator, text: str, refusal: type[DomainError]
) -> None:
    indicator.maximum = None if len(text) > 10 else Decimal(100)

    with pytest.raises(refusal) as caught:
        enter(cast, indicator, text)

    assert caught.value.field == "value_text"
    assert caught.value.sentence.endswith(".")
    assert not Realisation.objects.exists()
    assert not acts().exists()


def test_enter_names_the_bounds_it_refuses_by(cast: Cast, indicator: Indicator) -> None:
    indicator.maximum = Decimal(100)

    with pytest.raises(ValueOutOfRange) as caught:
        enter(cast, indicator, "120,5")

    assert caught.value.sentence == (
        "120,5 di luar batas indikator ini (0 sampai 100). Periksa angka dan satuannya (nilai)."
    )


def test_enter_refuses_an_endless_cause(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(CauseTooLong) as caught:
        enter(cast, indicator, "86", cause="x" * 2001)

    assert caught.value.field == "cause"
    assert not Realisation.objects.exists()


def test_enter_leaves_one_entry_with_before_and_after(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, "85")
    row = enter(cast, indicator, "86,12", cause="Loket ditambah.")

    entry = acts().latest("id")
    assert (entry.action, entry.subject) == ("performance.realisation.entered", row.uid)
    assert (entry.stream, entry.position_id) == (f"unit:{cast.office.unit.pk}", indicator.owner_id)
    assert json.loads(entry.data) == {
        "indicator": str(indicator.uid),
        "period": "TW III 2026",
        "before": {"value": "85.0000", "cause": ""},
        "after": {"value": "86.12", "cause": "Loket ditambah."},
        "on_behalf_of": None,
    }


def test_enter_writes_nothing_when_nothing_changed(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, "86,12")
    again = enter(cast, indicator, "86,12")

    assert again.version == 1
    assert acts().count() == 1


def test_enter_on_behalf_is_allowed_to_the_planning_head_and_noted(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, "86", who="perencanaan")

    entry = acts().get()
    assert entry.position_id == cast.office.positions["perencanaan"].pk
    assert json.loads(entry.data)["on_behalf_of"] == indicator.owner_id


@pytest.mark.parametrize("who", ["kasi2", "sekcam", "pengelola", "staf"])
def test_enter_refuses_everybody_else_of_the_office(cast: Cast, indicator: Indicator, who: str) -> None:
    with pytest.raises(NotTheOwner):
        enter(cast, indicator, "86", who=who)

    assert not Realisation.objects.exists()


@pytest.mark.parametrize("who", ["perencanaan", "kasi1"])
def test_enter_refuses_the_same_posts_of_another_office(cast: Cast, indicator: Indicator, who: str) -> None:
    with pytest.raises(NotTheOwner):
        actions.enter_realisation(
            indicator=indicator,
            quarter=TW3,
            value_text="86",
            cause="",
            authority=cast.other_office.authority(who),
            at=AT,
        )

    assert not Realisation.objects.exists()


def test_source_and_note_are_kept_with_the_figure(cast: Cast, indicator: Indicator) -> None:
    given = {
        "indicator": indicator,
        "quarter": TW3,
        "value_text": "86",
        "cause": "",
        "authority": cast.office.authority("kasi1"),
        "at": AT,
    }
    actions.enter_realisation(source=" Buku register loket ", note="Tanpa hari libur.", **given)
    row = actions.enter_realisation(**given)
    assert (row.source, row.note, row.version) == ("Buku register loket", "Tanpa hari libur.", 1)

    changed = actions.enter_realisation(note="", **given)
    assert (changed.source, changed.note, changed.version) == ("Buku register loket", "", 2)
    with pytest.raises(TextTooLong) as refusal:
        actions.enter_realisation(source="x" * 201, **given)
    assert refusal.value.field == "source"


def test_enter_refuses_oversight(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(NotTheOwner):
        actions.enter_realisation(
            indicator=indicator,
            quarter=TW3,
            value_text="86",
            cause="",
            authority=cast.authority(cast.admin),
            at=AT,
        )


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (RealisationState.SUBMITTED, RealisationIsSubmitted),
        (RealisationState.APPROVED, RealisationIsApproved),
    ],
)
def test_enter_refuses_a_figure_that_was_handed_over(
    cast: Cast, indicator: Indicator, state: RealisationState, refusal: type[DomainError]
) -> None:
    make_realisation(indicator, TW3, "80", state=state)

    with pytest.raises(refusal):
        enter(cast, indicator, "86")

    assert Realisation.objects.get().value == 80


def test_enter_after_a_return_keeps_the_return_visible(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "80", state=RealisationState.RETURNED)

    assert enter(cast, indicator, "86").state == RealisationState.RETURNED


def test_enter_refuses_a_locked_quarter_with_date_rule_and_person(cast: Cast, indicator: Indicator) -> None:
    PeriodLock.objects.create(
        region=cast.office.unit.region,
        unit=cast.office.unit,
        year=2026,
        quarter=3,
        rule="SOP Pengukuran Data Kinerja langkah 8",
        locked_at=AT,
        contact=cast.office.positions["perencanaan"],
    )

    with pytest.raises(RealisationIsLocked) as caught:
        enter(cast, indicator, "86")

    assert caught.value.sentence == (
        "TW III 2026 terkunci sejak 12 Oktober 2026 menurut SOP Pengukuran Data Kinerja langkah 8. "
        f"Untuk membukanya, hubungi {cast.office.positions['perencanaan'].short_title} · Sari Utami."
    )
    assert not Realisation.objects.exists()


def test_enter_refuses_a_yearly_figure_before_the_last_quarter(cast: Cast) -> None:
    yearly = make_indicator(
        make_objective(cast.office.unit),
        cast.office.positions["kasi1"],
        accumulation=Accumulation.ANNUAL,
    )

    with pytest.raises(NotDueThisQuarter):
        enter(cast, yearly, "40")


def test_enter_refuses_a_form_drawn_from_an_older_version(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, "85", version=0)
    enter(cast, indicator, "86", version=1)

    with pytest.raises(SomeoneWasFaster):
        enter(cast, indicator, "84", version=1)

    assert Realisation.objects.get().value == 86


def test_sending_the_same_again_after_a_lost_answer_is_harmless(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, "85", version=0)

    again = enter(cast, indicator, "85", version=0)

    assert (again.version, again.value) == (1, 85)


def attach(cast: Cast, indicator: Indicator, *, who: str = "kasi1") -> Evidence:
    return actions.add_evidence(
        indicator=indicator,
        quarter=TW3,
        file=make_file(cast.office.units["kasi1"]),
        authority=cast.office.authority(who),
        at=AT,
    )


def test_evidence_may_come_before_the_figure(cast: Cast, indicator: Indicator) -> None:
    evidence = attach(cast, indicator)

    assert evidence.realisation.value is None
    assert acts().get().action == "performance.evidence.added"


def test_evidence_of_the_same_content_is_attached_once(cast: Cast, indicator: Indicator) -> None:
    first = attach(cast, indicator)
    again = actions.add_evidence(
        indicator=indicator,
        quarter=TW3,
        file=first.file,
        authority=cast.office.authority("kasi1"),
        at=AT,
    )

    assert again == first
    assert acts().count() == 1


def test_evidence_from_another_office_is_refused(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(FileOfAnotherOffice):
        actions.add_evidence(
            indicator=indicator,
            quarter=TW3,
            file=make_file(cast.other_office.unit),
            authority=cast.office.authority("kasi1"),
            at=AT,
        )

    assert not Evidence.objects.exists()


def test_evidence_by_a_stranger_is_refused(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(NotTheOwner):
        attach(cast, indicator, who="kasi2")


def test_evidence_taken_off_remains_on_record(cast: Cast, indicator: Indicator) -> None:
    evidence = attach(cast, indicator)

    actions.remove_evidence(evidence=evidence, authority=cast.office.authority("kasi1"), at=AT)

    assert Evidence.objects.get().removed_at == AT
    assert acts().latest("id").action == "performance.evidence.removed"
    with pytest.raises(EvidenceIsGone):
        actions.remove_evidence(evidence=evidence, authority=cast.office.authority("kasi1"), at=AT)


def test_evidence_of_a_figure_handed_over_stays(cast: Cast, indicator: Indicator) -> None:
    evidence = attach(cast, indicator)
    Realisation.objects.update(state=RealisationState.SUBMITTED)

    with pytest.raises(RealisationIsSubmitted):
        actions.remove_evidence(evidence=evidence, authority=cast.office.authority("kasi1"), at=AT)

    assert Evidence.objects.get().removed_at is None


def test_an_open_quarter_is_not_closed_by_the_lock_of_another(cast: Cast, indicator: Indicator) -> None:
    for unit, quarter in [(cast.office.unit, TW1), (cast.other_office.unit, TW3)]:
        PeriodLock.objects.create(
            region=unit.region,
            unit=unit,
            year=quarter.year,
            quarter=quarter.number,
            rule="aturan",
            locked_at=AT,
            contact=cast.office.positions["perencanaan"],
        )

    assert enter(cast, indicator, "86").value == 86
