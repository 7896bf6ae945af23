"""Who signs what a step makes, read from the steps that follow."""

from __future__ import annotations

import pytest
from tests.cases.factories import Desk, Row

from runtut.cases.queries import signer_of, stands_alone
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

TYPING = "typing"


@pytest.mark.parametrize(
    ("works", "signer", "alone"),
    [
        ((Work.SIGN,), "camat", False),
        ((Work.REVIEW, Work.SIGN), "camat", False),
        ((TYPING, Work.REVIEW, Work.SIGN), "camat", False),
        ((Work.PREPARE, Work.SIGN), "perencanaan", True),
        ((Work.REVIEW, Work.PREPARE, Work.SIGN), "perencanaan", False),
        ((Work.MEET, Work.SIGN), "perencanaan", False),
        ((Work.REVIEW, Work.ARCHIVE), "perencanaan", False),
        ((Work.ARCHIVE,), "perencanaan", False),
    ],
)
def test_signer_of_a_paper(works: tuple[str, ...], signer: str, alone: bool) -> None:
    """The next signing step, unless another paper is begun or a meeting held before; typing goes on."""
    later = [Row(("camat" if work == Work.SIGN else "staf",), work=kind(work)) for work in works]
    desk = Desk.make((Row(("perencanaan",), work=Work.PREPARE, outputs=("Konsep",)), *later))
    typed = [no for no, work in enumerate(works, start=2) if work == TYPING]
    Step.objects.filter(version=desk.version, no__in=typed).update(topic=TYPING)

    task = desk.open_task(desk.start("perencanaan"), "perencanaan")

    assert (signer_of(task), stands_alone(task)) == (desk.position(signer), alone)


def kind(work: str) -> Work:
    return Work.PREPARE if work == TYPING else Work(work)
