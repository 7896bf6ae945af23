"""The trails that several pages share: from the list to a run, from the list to an SOP."""

from __future__ import annotations

from django.urls import reverse

from runtut.cases.models import Case
from runtut.web.frame.addresses import run_address
from runtut.web.frame.pages import Crumb


def run_crumbs(case: Case | None, *more: Crumb) -> tuple[Crumb, ...]:
    """From Kerja berjalan through a run to what belongs to it; without a run, from the list itself."""
    through = (Crumb(case.title, run_address(case.uid)),) if case else ()
    return (Crumb("Kerja berjalan", reverse("web:kerja")), *through, *more)


def sop_crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """From the list of SOPs to here."""
    return (Crumb("SOP", reverse("web:sop")), *more)
