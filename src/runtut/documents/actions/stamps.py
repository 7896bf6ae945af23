"""What an electronic signature shows on the paper: its stamp, and the rooms of those who sign after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from runtut.accounts.models import User
from runtut.documents.engine import FieldRoom
from runtut.documents.formulas.codes import shown_code
from runtut.documents.models import DocumentVersion, Signature
from runtut.documents.queries import Presentation, Stamp, local_moment, paper_address, printed_name
from runtut.documents.registry import gateway
from runtut.documents.rendering import STAMP, Pictures, render_look, signing_rooms
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority, Position

if TYPE_CHECKING:
    from runtut.documents.rendering.free_room import FreeRoom


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


def put_on(
    paper: bytes, position: Position, stamp: Stamp, version: DocumentVersion
) -> tuple[list[FieldRoom], bytes]:
    """Return how a stamp goes on a signed paper: the field to add where none is kept for the position, and
    the stamp as it is drawn. Somebody else than the one whose name is printed there is named in it; where the
    paper has no room left, nothing is drawn."""
    field = field_of(position.pk)
    size, turned = gateway().room_of(pdf=paper, field=field), False
    rooms: list[FieldRoom] = []
    if size is None:
        found = room_left(paper)
        if found is None:
            return [], b""
        rooms = [FieldRoom(field, position.title, found.page, found.box)]
        size, turned = found.size, found.turned
    named = words_of(stamp, version, is_named=not rooms)
    look = render_look(
        lines=[STAMP, *named, local_moment(stamp.at, version.document.unit)],
        code=shown_code(stamp.code),
        address=stamp.address,
        size=size,
        at=stamp.at,
        turned=turned,
    )
    return rooms, look


def room_left(paper: bytes) -> FreeRoom | None:
    """Return where a signed paper has room for one more stamp."""
    # It brings pdfium, which would slow every start; few papers are signed by somebody they do not name.
    from runtut.documents.rendering.free_room import free_room  # noqa: PLC0415

    return free_room(paper, taken=gateway().taken_rooms(pdf=paper))


def words_of(stamp: Stamp, version: DocumentVersion, *, is_named: bool) -> list[str]:
    """Return who signs, in the lines of a stamp: nothing where the paper prints the very name beside it."""
    who = f"oleh {stamp.acting} {stamp.name}".replace("  ", " ")
    if not is_named:
        return [who, stamp.position_title]
    own = (one for one in version.content["signatures"] if one.get("position_uid") == str(stamp.position_uid))
    return [] if any(stamp.person in one.get("name", "") for one in own) else [who]


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
