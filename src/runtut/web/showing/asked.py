"""What a run asks of the reader besides a step: a section's part, the answers to an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from runtut.cases.enums import NoticeAbout
from runtut.cases.queries import RunView, asks_of, task_by_uid
from runtut.web.frame.authority import authorities, moment

ANSWERED_BESIDE: Final = {NoticeAbout.SECTION: "Isi bagian Anda", NoticeAbout.INSTRUMENT: "Isi instrumen"}
"""What is given on a page of its own, and what its button says. Figures have a notice of theirs."""


@dataclass(frozen=True)
class Asked:
    """Something that the step at hand waits for from the reader, and where it is given."""

    title: str
    url: str
    action: str


def asked_of(request: HttpRequest, view: RunView) -> tuple[Asked, ...]:
    """What the current step still waits for from the reader's positions. One query, and those of the step's
    handler."""
    task = task_by_uid(view.current[0].uid) if view.current else None
    if task is None:
        return ()
    own = {one.position_id for one in authorities(request) if one.position_id}
    return tuple(
        Asked(one.title, one.path, ANSWERED_BESIDE[one.about])
        for one in asks_of(task=task, at=moment(request))
        if one.position_id in own and one.about in ANSWERED_BESIDE
    )
