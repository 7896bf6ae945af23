"""Papers: ordered, written, examined, signed, numbered, sent, put away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from runtut.cases.actions import prepare_task_signature, save_writing, send_task_paper, start_writing
from runtut.cases.queries import manuscript_of, step_of
from runtut.cases.registry import DocumentWork, handler_for
from runtut.core.locks import write_transaction
from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.queries import words
from runtut.demo.rendering import scribble
from runtut.documents.actions import DEMO_PASSPHRASE, prove_delivery
from runtut.documents.enums import DocumentKind, Means, ReceiptKind, SigningWay
from runtut.documents.formulas.placeholders import hints_in
from runtut.documents.models import Delivery, Manuscript
from runtut.documents.queries import deliveries_of
from runtut.organisations.models import Authority, OrganisationUnit

PLANNERS = "badan"


def instructed(turn: Turn, authority: Authority, at: datetime) -> Answers:
    return {
        "instruction": turn.say("instruction"),
        "note": turn.say("note"),
        "archive_class": turn.archive_class,
    }


def said(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """A sentence on each output that the step names."""
    return {"outputs": {name: {"text": turn.say("material", name=name)} for name in turn.step.outputs}}


def note_written(turn: Turn) -> Move | None:
    """The text of the step, opened from its template and filled in."""
    handler = handler_for(*turn.kind)
    if not isinstance(handler, DocumentWork):
        return None
    if manuscript_of(turn.task, handler.output) is not None:
        return None
    return turn.move(turn.after(0.6), partial(write, turn, handler.output))


def write(turn: Turn, output: int, authority: Authority, at: datetime) -> None:
    """Open the text, fill every hint in and keep it; the second time, say what was missing."""
    with write_transaction():
        fill_in(turn, output, authority, at)


def fill_in(turn: Turn, output: int, authority: Authority, at: datetime) -> None:
    manuscript = start_writing(task=turn.task, output=output, authority=authority, at=at)
    text = manuscript.text or turn.say("note_text")
    for hint in hints_in(text):
        text = text.replace(hint, turn.say("filled"))
    if turn.task.round > 1:
        kind = "note" if manuscript.kind == DocumentKind.NOTA_DINAS else "report"
        text = mended(text, turn.say(f"mended.{kind}"))
    save_writing(
        manuscript=manuscript,
        revision=manuscript.revision,
        title=manuscript.title,
        heading=heading_of(manuscript),
        text=text,
        authority=authority,
        at=at,
    )


def heading_of(manuscript: Manuscript) -> str:
    return "\n".join(manuscript.frame.get("title", []))


def mended(text: str, sentence: str) -> str:
    """Put a sentence before the last paragraph, once."""
    if sentence in text:
        return text
    *before, last = text.rstrip().split("\n\n")
    return "\n\n".join([*before, sentence, last])


def examined(turn: Turn, authority: Authority, at: datetime) -> Answers:
    return {"paraf": True, "note": turn.say("examined")}


def signed(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """Sign electronically, as the office does; where there is no paper, the decision is enough."""
    told: Answers = {
        "approve": True,
        "note": turn.say("approved"),
        "way": SigningWay.ELECTRONIC,
        "archive_class": turn.archive_class,
    }
    made = prepare_task_signature(
        task_uid=turn.task.uid, data=told, passphrase=DEMO_PASSPHRASE, authority=authority, at=at
    )
    return {**told, "signature": made} if made else {"approve": True, "note": told["note"]}


def recorded(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """Tell of the entry in the other application, and where the paper lies."""
    names = step_of(turn.task).outputs
    return {
        "outputs": {name: {"text": turn.say("entered")} for name in names[:1]},
        "archive_class": turn.archive_class,
        "location": turn.say("location"),
    }


def outside(turn: Turn) -> dict[str, object]:
    return {"addressee": words()["addressee"], "means": Means.CARRIED, "copies": 1}


def inside(turn: Turn) -> list[dict[str, object]]:
    """The planners of the kabupaten, in the system."""
    found = OrganisationUnit.objects.filter(region=turn.office.unit.region, kind=PLANNERS).order_by("path")
    return [{"to_unit": unit, "means": Means.SYSTEM, "copies": 1} for unit in found[:1]]


def sending(turn: Turn, recipients: Sequence[object]) -> Answers:
    return {
        "archive_class": turn.archive_class,
        "recipients": recipients,
        "copies": 2,
        "stamped": True,
        "location": turn.say("location"),
    }


def paper_sent(turn: Turn) -> Move | None:
    """Send by hand to whoever is outside, and bring the proof back."""
    waiting = deliveries_of(errand=turn.task.uid)
    if not waiting:
        return turn.move(turn.after(0.3), partial(send, turn))
    unproved = next((one for one in waiting if one.received_at is None and one.to_unit_id is None), None)
    return turn.move(turn.after(0.8), partial(prove, turn, unproved)) if unproved else None


def send(turn: Turn, authority: Authority, at: datetime) -> None:
    send_task_paper(
        task_uid=turn.task.uid,
        data=sending(turn, [outside(turn)]) | {"recipient": words()["addressee"]},
        numbers=True,
        authority=authority,
        at=at,
    )


def prove(turn: Turn, delivery: Delivery, authority: Authority, at: datetime) -> None:
    taker = turn.say("taker")
    proof = turn.office.file(
        f"Tanda terima {delivery.number}.png".replace("/", "-"), scribble(taker), authority, at
    )
    prove_delivery(
        delivery=delivery,
        received_by=taker,
        proof=proof,
        receipt=ReceiptKind.SIGNATURE,
        authority=authority,
        at=at,
    )


def sent(turn: Turn, authority: Authority, at: datetime) -> Answers:
    return sending(turn, inside(turn))
