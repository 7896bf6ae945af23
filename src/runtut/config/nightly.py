"""What comes by itself at night: checks of what is kept, and what ends with a day.

Each job has its hour. A row remembers when it was last run, so that a machine that sleeps at night makes up
for it once it is awake, and two workers do not both do it. What a check finds goes to the log, to the page
Pengaturan, and by mail to the administrators.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from runtut.accounts.models import User
from runtut.cases.queries import verify_events
from runtut.core import audit, jobs
from runtut.core.locks import write_transaction
from runtut.core.mail import send_mail
from runtut.core.models import NightlyJob
from runtut.documents.actions import revoke_lapsed
from runtut.documents.queries import verify_archive
from runtut.organisations.queries import administrators
from runtut.performance.queries import wrong_sums

logger = logging.getLogger("runtut.worker")

MAIL = "config.nightly_mail"
LOGGED = 200
"""Findings of one run that go to the log; beyond that only their number is said."""


@dataclass(frozen=True)
class Nightly:
    """A job that comes at an hour (UTC) every day, or on one weekday (Monday is 0). `run` yields a sentence
    for everything that is not as it should be."""

    name: str
    label: str
    at: time
    run: Callable[[datetime], Iterable[str]]
    command: str = ""
    weekday: int | None = None

    def slot(self, at: datetime) -> datetime:
        """Return the newest instant, not after `at`, at which the job was to come."""
        slot = datetime.combine(at.astimezone(UTC).date(), self.at, UTC)
        while slot > at or self.weekday not in (None, slot.weekday()):
            slot -= timedelta(days=1)
        return slot


def audit_findings(at: datetime) -> Iterator[str]:
    for finding in (*audit.verify_streams(), *verify_events()):
        yield finding.sentence


def sum_findings(at: datetime) -> Iterator[str]:
    for finding in wrong_sums():
        yield finding.sentence


def archive_findings(at: datetime) -> Iterator[str]:
    for finding in verify_archive():
        yield finding.sentence


def revoke_certificates(at: datetime) -> Iterator[str]:
    """Revoke the certificates of terms that are over; nothing to find."""
    revoke_lapsed(at=at)
    return iter(())


NIGHTLY = (
    Nightly("certificates", "Sertifikat jabatan yang berakhir", time(17, 5), revoke_certificates),
    Nightly("audit", "Jejak audit", time(18, 15), audit_findings, "runtut audit verify"),
    Nightly("sums", "Jumlah capaian tersimpan", time(18, 45), sum_findings, "runtut sums verify"),
    Nightly(
        "archive",
        "Berkas, arsip, dan tanda tangan",
        time(19, 15),
        archive_findings,
        "runtut archive verify",
        weekday=5,
    ),
)
"""17.05 UTC is 00.05 WIB. The archive is read whole: once a week, in the night to Sunday."""


def run_due(at: datetime) -> list[str]:
    """Run every job whose hour has come since it was last run; return their names."""
    taken = []
    for job in NIGHTLY:
        if take(job, at):
            run(job, at)
            taken.append(job.name)
    return taken


def take(job: Nightly, at: datetime) -> bool:
    """Note that the job begins; False when it was run since its hour, here or by another worker."""
    with write_transaction():
        NightlyJob.objects.get_or_create(name=job.name, defaults={"label": job.label, "command": job.command})
        free = Q(started_at=None) | Q(started_at__lt=job.slot(at))
        return bool(
            NightlyJob.objects.filter(free, name=job.name).update(
                started_at=at, finished_at=None, findings=0, failure="", label=job.label, command=job.command
            )
        )


def run(job: Nightly, at: datetime) -> None:
    """Do the job, log what it finds, and tell the administrators what it found, or that it failed."""
    count, failure = 0, ""
    try:
        count = logged(job, job.run(at))
    except Exception as error:
        logger.exception("The nightly job %s failed.", job.name)
        failure = f"{type(error).__name__}: {error}"[:2000]
    with write_transaction():
        finished_at = None if failure else at
        NightlyJob.objects.filter(name=job.name).update(
            finished_at=finished_at, findings=count, failure=failure
        )
        if count or failure:
            order_mails(job, count, at)
    if not count and not failure:
        logger.info("The nightly job %s found nothing wrong.", job.name)


def logged(job: Nightly, sentences: Iterable[str]) -> int:
    """Log findings and return how many there are."""
    count = 0
    for sentence in sentences:
        count += 1
        if count <= LOGGED:
            logger.error("%s: %s", job.name, sentence)
    return count


def order_mails(job: Nightly, count: int, at: datetime) -> None:
    """Order one letter for every administrator who has an address; a count of 0 means that the job failed."""
    for user in administrators(on=at.date()).exclude(email=""):
        jobs.enqueue(
            region=user.region,
            topic=MAIL,
            key=f"{MAIL}:{job.name}:{at:%Y%m%dT%H%M%S}:{user.pk}",
            payload={"job": job.name, "user": user.pk, "count": count},
            at=at,
        )


@jobs.handler(MAIL)
def mail_findings(message: jobs.Message) -> None:
    """Tell one administrator what a nightly job has found, or that it could not be done."""
    user = User.objects.filter(pk=int(message.payload["user"]), is_active=True).exclude(email="").first()
    job = next((one for one in NIGHTLY if one.name == message.payload["job"]), None)
    if user is None or job is None:
        return
    count = int(message.payload["count"])
    result = f"menemukan {count} hal yang tidak sesuai" if count else "tidak dapat diselesaikan"
    by_hand = f", atau jalankan di peladen: {job.command}" if job.command else "."
    lines = [
        f"Yth. {user.full_name},",
        "",
        f"Pemeriksaan malam “{job.label}” {result}.",
        f"Rinciannya ada di catatan peladen{by_hand}",
        "",
        f"Buka: {settings.PUBLIC_ADDRESS.rstrip('/')}/pengaturan/",
    ]
    send_mail(
        key=message.key, to=user.email, subject=f"Pemeriksaan malam: {job.label}", text="\n".join(lines)
    )
