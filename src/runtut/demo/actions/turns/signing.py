"""Whoever is asked to sign a paper puts their name under it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from runtut.cases.actions import prepare_turn_signature, sign_in_turn
from runtut.cases.queries import proposed_class, runs_of_document
from runtut.demo.actions.desk import Move, Office
from runtut.demo.formulas import chance
from runtut.documents.actions import DEMO_PASSPHRASE
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, SignerTurn
from runtut.documents.queries import archive_classes, electronic_paper, newest_version
from runtut.organisations.models import Authority

LETTERS = frozenset({DocumentKind.UNDANGAN, DocumentKind.NOTA_DINAS, DocumentKind.LAPORAN})
"""What is signed at a desk; minutes and lists are signed on paper before everybody leaves the room."""


def signing_move(office: Office, turn: SignerTurn) -> Move:
    """Whoever is asked to sign a paper does so within the hour or two."""
    minutes = 15 + int(75 * chance("signed", turn.version.document.title, turn.sequence))
    at = office.calendar.add(turn.asked_at, minutes)
    return Move(at, turn.position, partial(put_name, turn.version.document))


def put_name(document: Document, authority: Authority, at: datetime) -> None:
    """Put one's name under a paper: electronically under one that bears such signatures and under letters
    and notes; what is signed in the meeting room itself, on paper."""
    signature = None
    if document.kind in LETTERS or electronic_paper(version=newest_version(document=document)):
        classes = archive_classes(on=document.unit.local_date(at))
        code = proposed_class(document.kind, runs_of_document(document).order_by("id").first())
        signature = prepare_turn_signature(
            document_uid=document.uid,
            archive_class=classes.filter(code=code).first(),
            passphrase=DEMO_PASSPHRASE,
            authority=authority,
            at=at,
        )
    sign_in_turn(document_uid=document.uid, authority=authority, at=at, signature=signature)
