"""What an electronic signature shows on the paper: its stamp, and the rooms of those who sign after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtut.accounts.models import User
from runtut.documents.engine import FieldRoom
from runtut.documents.formulas.codes import shown_code
from runtut.documents.models import DocumentVersion, Signature
from runtut.documents.queries import Presentation, Stamp, local_moment, paper_address, printed_name
from runtut.documents.registry import gateway
from runtut.documents.rendering import STAMP, Pictures, render_look, signing_rooms
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority, Position


def stamp_of(authority: Authority, code: str, at: datetime) -> Stamp:
    person = User.objects.get(pk=writer_of(authority).user_id)
    position = Position.objects.get(pk=writer_of(authority).position_id)
    return Stamp(
        position_uid=position.uid,
        position_title=position.title,
        person=person.full_name,
        name=printed_name(person),
        nip=person.nip,
        rank=person.rank,
        acting=authority.acting.strip("()"),
        at=at,
        code=code,
        address=paper_address(code),
        note=gateway().note,
    )


def field_of(position_id: int) -> str:
    """Return the name of a position's signature field."""
    return f"Runtut{position_id}"


def look_of(paper: bytes, field: str, stamp: Stamp, version: DocumentVersion) -> bytes:
    """Return the stamp as it is drawn in the room that a signed paper keeps, nothing where it keeps none.
    Somebody else than the one whose name is printed there is named in it."""
    size = gateway().room_of(pdf=paper, field=field)
    if size is None:
        return b""
    own = (one for one in version.content["signatures"] if one.get("position_uid") == str(stamp.position_uid))
    printed = any(stamp.person in one.get("name", "") for one in own)
    named = [] if printed else [f"oleh {stamp.acting} {stamp.name}".replace("  ", " ")]
    when = local_moment(stamp.at, version.document.unit)
    return render_look(
        lines=[STAMP, *named, when],
        code=shown_code(stamp.code),
        address=stamp.address,
        size=size,
        at=stamp.at,
    )


def rooms_beside(shown: Presentation, pictures: Pictures) -> list[FieldRoom]:
    """Return the rooms of everybody else who is named under a paper, each for a signature of its own."""
    others = [one["position_uid"] for one in shown.content["signatures"] if is_open_room(one)]
    if not others:
        return []
    positions = {str(one.uid): one for one in Position.objects.filter(uid__in=others)}
    rooms: dict[str, FieldRoom] = {}
    for room in signing_rooms(shown.content, at=shown.at, pictures=pictures):
        if position := positions.get(room.key):
            # A position may stand under a paper twice; it signs once, in the first of its places.
            rooms.setdefault(room.key, FieldRoom(field_of(position.pk), position.title, room.page, room.box))
    return list(rooms.values())


def is_open_room(block: Mapping[str, str]) -> bool:
    return bool(block.get("position_uid")) and not block.get("stamped_at")


def basis(shown: Presentation, earlier: Signature | None) -> str:
    """Return what a signature was put on: the first one on the rendered text, a further one on the file."""
    return earlier.sha256 if earlier else shown.sha256
