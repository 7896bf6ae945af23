"""What a run leaves is put away, where its SOP has no step for it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from runtut.cases.actions import file_run
from runtut.cases.models import Case
from runtut.cases.queries import is_unfiled, main_paper, proposed_class, signatures_missing, unfiled_papers
from runtut.demo.actions.desk import Move, Office
from runtut.demo.formulas import chance
from runtut.demo.queries import words
from runtut.organisations.models import Authority


def filing_move(office: Office, case: Case) -> Move | None:
    """Return what whoever did the last step does on the next morning, once everybody has signed."""
    if case.closed_at is None or not is_unfiled(case) or signatures_missing(case):
        return None
    last = case.tasks.select_related("position").order_by("-id")[0]
    at = office.next_morning(case.closed_at, 20 + int(30 * chance("filed", case.title)))
    return Move(at, last.position, partial(put_away, office, case))


def put_away(office: Office, case: Case, authority: Authority, at: datetime) -> None:
    main = main_paper(unfiled_papers(case))
    file_run(
        case=case,
        archive_class=office.archive_classes[proposed_class(main.kind if main else "", case)],
        location=words()["location"][1].format(year=case.year),
        unsigned_reason="",
        authority=authority,
        at=at,
    )
