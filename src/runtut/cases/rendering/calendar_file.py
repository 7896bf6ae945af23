"""An invitation as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

LINE = 73
"""Octets of a line before it is folded, its own line end not counted (RFC 5545, 3.1 allows 75)."""

OPEN_END = timedelta(hours=2)
"""How much of a calendar a meeting without an end takes up."""


def calendar_file(
    *,
    uid: UUID,
    title: str,
    place: str,
    agenda: str,
    starts_at: datetime,
    ends_at: datetime | None,
    version: int,
    made_at: datetime,
) -> str:
    """Return the file; `version` tells calendars which of two files of one meeting is the newer."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Runtut//Rapat//ID",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{version}",
        f"DTSTAMP:{stamp(made_at)}",
        f"DTSTART:{stamp(starts_at)}",
        f"DTEND:{stamp(ends_at or starts_at + OPEN_END)}",
        f"SUMMARY:{escaped(title)}",
        f"LOCATION:{escaped(place)}",
        f"DESCRIPTION:{escaped(agenda)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text in which nothing is read as the format's own marks."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Break a long line between characters: the next one begins with a blank."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > LINE:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
