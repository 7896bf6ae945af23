"""What a section writes for a run that asks every section, and how it hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from runtut.cases.actions import close_asked, tell_asked
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models import Case
from runtut.cases.rules import ensure_reason
from runtut.core.dates import long_date
from runtut.core.errors import NotAllowed, SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.documents.actions import keep_once, take_off
from runtut.documents.models import StoredFile
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits
from runtut.performance.actions.entry import read_value
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import SectionState
from runtut.performance.errors import (
    AnswersMissing,
    FileOfAnotherOffice,
    NotAskedOfYou,
    NothingAsked,
    SectionIsHandedIn,
    SectionIsNotHandedIn,
)
from runtut.performance.models import Indicator, SectionFile, SectionReport, TargetProposal
from runtut.performance.queries import Asking, asked_positions, asking_of, section_ask
from runtut.performance.rules import ensure_is_section

LONGEST_ANSWER = 4000


def save_section(
    *,
    case: Case,
    position: Position,
    answers: Mapping[str, str],
    proposals: Mapping[UUID, str],
    authority: Authority,
    at: datetime,
    version: int | None = None,
) -> SectionReport:
    """Keep what a section has written so far: its answers by key, and the target it proposes for each
    indicator it answers for (blank withdraws one). Nothing is written when nothing changed: the same may be
    sent again, should the answer have been lost.

    Raises NotTheSection, NothingAsked, NotAskedOfYou, SectionIsHandedIn, SomeoneWasFaster, TextTooLong, and
    with the field "usulan:<uid>" what read_value refuses.
    """
    ensure_is_section(authority, position)
    asking = ensure_asked(case, position)
    known = dict(asking.questions)
    texts = {
        key: ensure_fits(str(answers[key]), what=known[key], limit=LONGEST_ANSWER, field=key)
        for key in known
        if key in answers
    }
    with write_transaction():
        report = hold_report(asking, position)
        answers_now = {**report.answers, **texts}
        is_changed = _put_proposals(report, position, proposals) or answers_now != report.answers
        if not is_changed:
            return report
        if version is not None and version != report.version:
            raise SomeoneWasFaster
        report.answers = answers_now
        report.version += 1
        report.save(update_fields=["answers", "version"])
        leave_trail(
            unit=case.unit,
            action="section.saved",
            subject=report.uid,
            authority=authority,
            at=at,
            data={"case": case.uid, "kind": asking.kind, "answered": [key for key in texts if texts[key]]},
        )
    return report


def ensure_asked(case: Case, position: Position) -> Asking:
    """Return what a run asks now of a position. Raises NothingAsked and NotAskedOfYou."""
    asking = asking_of(case)
    if asking is None or not asking.is_open:
        raise NothingAsked
    if position.pk not in {asked.pk for asked in asked_positions(asking)}:
        raise NotAskedOfYou(position=position.short_title)
    return asking


def hold_report(asking: Asking, position: Position) -> SectionReport:
    """Return the section's row, made when missing and held until the commit, while it may be changed."""
    report, _ = SectionReport.objects.get_or_create(
        case=asking.case, kind=asking.kind, position=position, defaults={"region": asking.case.region}
    )
    held = SectionReport.objects.select_for_update(of=("self",)).select_related("position").get(pk=report.pk)
    if not SectionState(held.state).is_open:
        since = long_date(asking.case.unit.local_date(held.handed_in_at)) if held.handed_in_at else ""
        raise SectionIsHandedIn(position=held.position.short_title, since=since)
    return held


def _put_proposals(report: SectionReport, position: Position, proposals: Mapping[UUID, str]) -> bool:
    """Store the proposed targets; True when one of them is another than before."""
    own = {one.uid: one for one in Indicator.objects.filter(uid__in=list(proposals), owner=position)}
    standing = {one.indicator_id: one.value for one in report.proposals.all()}
    is_changed = False
    for uid, text in proposals.items():
        indicator = own.get(uid)
        if indicator is None:
            raise NotAskedOfYou(position=position.short_title)
        value = read_value(indicator=indicator, text=text, field=f"usulan:{uid}")
        if value == standing.get(indicator.pk):
            continue
        is_changed = True
        if value is None:
            report.proposals.filter(indicator=indicator).delete()
        else:
            TargetProposal.objects.update_or_create(
                report=report,
                indicator=indicator,
                defaults={"value": value},
                create_defaults={"value": value, "region": report.region},
            )
    return is_changed


def add_section_file(
    *, case: Case, position: Position, file: StoredFile, authority: Authority, at: datetime
) -> SectionFile:
    """Attach a stored file to what a section hands in; the same content once. Raises FileOfAnotherOffice and
    what save_section refuses."""
    ensure_is_section(authority, position)
    asking = ensure_asked(case, position)
    if file.region != case.region or not file.unit.path.startswith(case.unit.path):
        raise FileOfAnotherOffice(field="berkas")
    with write_transaction():
        report = hold_report(asking, position)
        kept, is_new = keep_once(
            standing=report.files.all(), file=file, region=case.region, report=report, added_at=at
        )
        if not is_new:
            return kept
        leave_trail(
            unit=case.unit,
            action="section.file_added",
            subject=report.uid,
            authority=authority,
            at=at,
            data={"file": file.uid, "name": file.name},
        )
    return kept


def remove_section_file(*, kept: SectionFile, authority: Authority, at: datetime) -> None:
    """Take a file off before it is handed in; harmless the second time. Raises NotTheSection and
    SectionIsHandedIn."""
    report = kept.report
    ensure_is_section(authority, report.position)
    asking = ensure_asked(report.case, report.position)
    with write_transaction():
        hold_report(asking, report.position)
        if take_off(rows=report.files.all(), key=kept.pk, at=at):
            leave_trail(
                unit=report.case.unit,
                action="section.file_removed",
                subject=report.uid,
                authority=authority,
                at=at,
                data={"file": kept.file.uid},
            )


def hand_in_section(*, case: Case, position: Position, authority: Authority, at: datetime) -> SectionReport:
    """Hand in what a section has written: every question answered. Raises NotTheSection, NothingAsked,
    NotAskedOfYou, SectionIsHandedIn, and AnswersMissing naming the questions left."""
    ensure_is_section(authority, position)
    asking = ensure_asked(case, position)
    with write_transaction():
        report = hold_report(asking, position)
        missing = [text for key, text in asking.questions if not report.answers.get(key)]
        if missing:
            raise AnswersMissing(questions="; ".join(missing), field=_first_open(asking, report))
        report.state, report.handed_in_at = SectionState.HANDED_IN, at
        report.handed_in_by_id, report.return_reason = authority.user_id, ""
        report.version += 1
        report.save(update_fields=["state", "handed_in_at", "handed_in_by", "return_reason", "version"])
        leave_trail(
            unit=case.unit,
            action="section.handed_in",
            subject=report.uid,
            authority=authority,
            at=at,
            data={"case": case.uid, "kind": asking.kind},
        )
        close_asked(task=asking.task, about=NoticeAbout.SECTION, position_id=position.pk, at=at)
    return report


def _first_open(asking: Asking, report: SectionReport) -> str:
    return next(key for key, _ in asking.questions if not report.answers.get(key))


def return_section(
    *, case: Case, position: Position, reason: str, authority: Authority, at: datetime
) -> SectionReport:
    """Give back to a section what it has handed in, with a reason. Only whoever does the step may.

    Raises NotAllowed, NothingAsked, NotAskedOfYou, ReasonMissing and SectionIsNotHandedIn.
    """
    asking = ensure_asked(case, position)
    ensure_is_asker(asking, authority)
    text = ensure_reason(reason)
    with write_transaction():
        report = (
            SectionReport.objects.select_for_update(of=("self",))
            .filter(case=case, kind=asking.kind, position=position, state=SectionState.HANDED_IN)
            .first()
        )
        if report is None:
            raise SectionIsNotHandedIn(position=position.short_title)
        report.state, report.return_reason = SectionState.RETURNED, text
        report.version += 1
        report.save(update_fields=["state", "return_reason", "version"])
        leave_trail(
            unit=case.unit,
            action="section.returned",
            subject=report.uid,
            authority=authority,
            at=at,
            data={"case": case.uid, "reason": text},
        )
        tell_asked(
            task=asking.task,
            ask=section_ask(asking, position),
            kind=NoticeKind.RETURNED,
            number=report.version,
            at=at,
        )
    return report


def ensure_is_asker(asking: Asking, authority: Authority) -> None:
    """Raise NotAllowed unless the authority acts for the position that does the step."""
    if authority.position_id != asking.task.position_id:
        raise NotAllowed(reason=f"Bahan bagian dikumpulkan oleh {asking.task.position.short_title}.")
