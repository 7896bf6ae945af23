"""Names of files: what a person called it, without what could mislead or harm."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

NAME_LIMIT = 160
UNWANTED = '<>:"|?*'


def clean_file_name(name: str, *, fallback: str = "berkas") -> str:
    """Return the last part of a path without control and direction marks, reserved signs and surplus blanks.

    Never empty, never hidden, at most 160 characters with the extension kept.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(" " if sign.isspace() else sign for sign in last if is_wanted(sign))
    tidy = " ".join(visible.split()).strip(" .")
    suffix = extension_of(tidy)
    stem = (tidy[: len(tidy) - len(suffix)] if suffix else tidy).rstrip(" .") or fallback
    return stem[: NAME_LIMIT - len(suffix)] + suffix


def is_wanted(sign: str) -> bool:
    return sign.isspace() or (unicodedata.category(sign)[0] != "C" and sign not in UNWANTED)


def extension_of(name: str) -> str:
    """Return the extension with its dot in small letters' stead as written, "" when there is none."""
    suffix = PurePosixPath(name).suffix
    return suffix if 1 < len(suffix) <= 6 and suffix[1:].isalnum() else ""
