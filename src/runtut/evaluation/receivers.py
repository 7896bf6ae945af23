"""News from the runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtut.cases.models import Case
from runtut.evaluation.actions import follow_return
from runtut.organisations.models import Authority


def on_run_returned(*, case: Case, to_no: int, authority: Authority, at: datetime, **kwargs: Any) -> None:
    """Let the instrument follow a return within the very act."""
    follow_return(case=case, to_no=to_no, authority=authority, at=at)
