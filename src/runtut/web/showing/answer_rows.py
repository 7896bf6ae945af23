"""Instruments that wait for the reader's answers, as Beranda lists them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from runtut.evaluation.queries import owed_answers
from runtut.organisations.queries import calendar_for
from runtut.web.frame.deadlines import deadline
from runtut.web.showing.work_rows import TimedDuty


def answer_duties(*, position_ids: Collection[int], at: datetime) -> list[TimedDuty]:
    """What waits for the answers of these positions, in the working time of the office that asks."""
    owed = owed_answers(position_ids=position_ids)
    if not owed:
        return []
    calendar = calendar_for(unit=owed[0][0].case.unit)
    return [
        TimedDuty(
            title=f"Isi {instrument.title}",
            url=f"{reverse('web:instrumen_isi', args=[instrument.uid])}?jabatan={position.uid}",
            details=(instrument.case.title, f"Sebagai {position.short_title}"),
            deadline=deadline(due_at=task.due_at, at=at, calendar=calendar),
        )
        for instrument, position, task in owed
    ]
