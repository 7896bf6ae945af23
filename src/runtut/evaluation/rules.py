"""Who makes an instrument, and who answers it."""

from __future__ import annotations

from runtut.cases.models import Task
from runtut.evaluation.errors import InstrumentIsFrozen, NotTheMaker, NotTheRespondent
from runtut.evaluation.models import Instrument
from runtut.organisations.enums import Role
from runtut.organisations.models import Authority, Position

RESPONDENTS = frozenset(
    {Role.LURAH, Role.KASI, Role.KASUBBAG_UMUM, Role.KASUBBAG_PERENCANAAN, Role.KABID, Role.KABAG}
)
"""Who answers, of those that take part in the step; staff that helps to collect does not."""


def makes(authority: Authority, task: Task) -> bool:
    """Tell whether an authority acts for the position whose task it is to make or collect."""
    return authority.position_id is not None and authority.position_id == task.position_id


def ensure_makes(authority: Authority, task: Task) -> None:
    """Raise NotTheMaker unless the authority acts for the position whose task it is."""
    if not makes(authority, task):
        raise NotTheMaker(position=task.position.short_title)


def ensure_draft(instrument: Instrument) -> None:
    """Raise InstrumentIsFrozen once an instrument is in use."""
    if not instrument.is_draft:
        raise InstrumentIsFrozen


def ensure_answers_for(authority: Authority, position: Position) -> None:
    """Raise NotTheRespondent unless the authority acts for the position that answers."""
    if authority.position_id != position.pk:
        raise NotTheRespondent(position=position.short_title)
