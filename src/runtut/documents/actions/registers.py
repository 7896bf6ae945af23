"""Numbers: taken one by one under the lock of the register's row."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from runtut.core.dates import roman_month
from runtut.core.locks import write_transaction
from runtut.core.models import AuditEntry
from runtut.documents.actions.trail import leave_trail, order_rendering
from runtut.documents.enums import RegisterKind
from runtut.documents.errors import (
    ArchiveClassNotInForce,
    NumberAlreadyVoided,
    SignedElectronically,
    VoidReasonMissing,
)
from runtut.documents.formulas.numbering import TEMPLATES, check_template, number_text
from runtut.documents.models import ArchiveClass, Document, Register, RegisterEntry
from runtut.documents.queries import is_signed_electronically, local_moment, newest_version
from runtut.documents.rules import ensure_can_write, ensure_open
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of, units_within
from runtut.organisations.rules import ensure_can_administer, ensure_text


def reserve_number(
    *,
    unit: OrganisationUnit,
    kind: RegisterKind | str,
    archive_class: ArchiveClass | None,
    subject: str,
    authority: Authority,
    at: datetime,
) -> RegisterEntry:
    """Take the next number of the office's register of this kind and year: gapless, never twice.

    Inside a larger transaction the number is given back when that fails, and the register stays locked until
    it ends. The year and month are those of the office's zone. Raises SegmentMissing when the pattern wants a
    classification or an office code that is not there, ArchiveClassNotInForce, and the refusals of
    ensure_can_write.
    """
    writer = ensure_can_write(authority, unit)
    office = office_of(unit)
    today = at.astimezone(ZoneInfo(office.zone)).date()
    if archive_class is not None:
        ensure_in_force(archive_class, today)
    with write_transaction():
        register = locked_register(office, RegisterKind(kind), today.year)
        sequence = register.last_number + 1
        text = number_text(
            register.template,
            {
                "klasifikasi": archive_class.code if archive_class else "",
                "urut": str(sequence),
                "unit": office.code,
                "bulan_romawi": roman_month(today.month),
                "tahun": str(today.year),
            },
        )
        register.last_number = sequence
        register.save(update_fields=["last_number"])
        entry = RegisterEntry.objects.create(
            region=office.region,
            register=register,
            sequence=sequence,
            text=text,
            subject=subject[:240],
            taken_by_id=writer.user_id,
            taken_at=at,
        )
        leave_trail(
            unit=office,
            action="number.taken",
            subject=entry.uid,
            authority=authority,
            at=at,
            data={"register": register.kind, "year": register.year, "number": text, "subject": entry.subject},
        )
    return entry


def locked_register(office: OrganisationUnit, kind: RegisterKind, year: int) -> Register:
    """Return the register, made on first use, with its row locked to the end of the transaction."""
    rows = Register.objects.select_for_update().filter(unit=office, kind=kind, year=year)
    held = rows.first()
    if held is None:
        # Two may find none: the unique constraint lets one make it, and both then queue for its row.
        template = template_for(office, kind, year)
        defaults = {"region": office.region, "template": template}
        Register.objects.get_or_create(unit=office, kind=kind, year=year, defaults=defaults)
        held = rows.get()
    return held


def template_for(office: OrganisationUnit, kind: RegisterKind, year: int) -> str:
    """Carry last year's pattern on into a new year."""
    earlier = Register.objects.filter(unit=office, kind=kind, year__lt=year).order_by("-year").first()
    return earlier.template if earlier else TEMPLATES[kind]


def ensure_in_force(archive_class: ArchiveClass, today: date) -> None:
    """Raise ArchiveClassNotInForce for a legacy class or one whose time is over."""
    over = archive_class.valid_until is not None and archive_class.valid_until <= today
    if archive_class.is_legacy or over or archive_class.valid_from > today:
        raise ArchiveClassNotInForce(code_text=archive_class.code, field="archive_class")


def void_number(*, entry: RegisterEntry, reason: str, authority: Authority, at: datetime) -> RegisterEntry:
    """Mark a number as not used; it stays in the register with its reason and is never given out again.

    A document that bears it is without a number from then on. Raises VoidReasonMissing, TextTooLong,
    NumberAlreadyVoided, DocumentIsLocked when a closed document bears it, and the refusals of
    ensure_can_write.
    """
    ensure_can_write(authority, entry.register.unit)
    if not reason.strip():
        raise VoidReasonMissing(number=entry.text, field="reason")
    written = ensure_text(reason, what="Alasan", limit=240, field="reason")
    with write_transaction():
        held = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
        if held.voided_at:
            when = local_moment(held.voided_at, entry.register.unit)
            raise NumberAlreadyVoided(number=held.text, when=when)
        held.voided_at, held.void_reason = at, written
        held.save(update_fields=["voided_at", "void_reason"])
        act = leave_trail(
            unit=entry.register.unit,
            action="number.voided",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"number": held.text, "reason": written},
        )
        if entry.register.kind == RegisterKind.OUTGOING:
            take_number_back(held, act, at)
    return held


def take_number_back(entry: RegisterEntry, because: AuditEntry, at: datetime) -> None:
    """Leave the document that bears a voided number without one; a closed document keeps the act from
    happening."""
    office = entry.register.unit
    bearers = Document.objects.select_for_update(of=("self",)).filter(
        unit__in=units_within([office.path]), number=entry.text
    )
    for document in bearers:
        ensure_open(document)
        if is_signed_electronically(document=document):
            raise SignedElectronically(what=f"nomor {entry.text} tidak dapat dibatalkan")
        document.number, document.number_date = "", None
        document.save(update_fields=["number", "number_date"])
        order_rendering(version=newest_version(document=document), because=because, at=at)


def set_template(
    *,
    unit: OrganisationUnit,
    kind: RegisterKind | str,
    year: int,
    template: str,
    authority: Authority,
    at: datetime,
) -> Register:
    """Change the pattern of an office's numbers of a year; numbers taken before keep theirs.

    Raises TemplateRefused, NotAdministrator.
    """
    ensure_can_administer(authority, unit)
    office = office_of(unit)
    check_template(template)
    with write_transaction():
        register = locked_register(office, RegisterKind(kind), year)
        before, register.template = register.template, template
        register.save(update_fields=["template"])
        leave_trail(
            unit=office,
            action="register.template_changed",
            subject=register.uid,
            authority=authority,
            at=at,
            data={"register": register.kind, "year": year, "before": before, "after": template},
        )
    return register
