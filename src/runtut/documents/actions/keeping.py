"""Files that stand on something as long as nobody has taken them off: the same content once, none deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from runtut.documents.models import StoredFile

Kept = TypeVar("Kept", bound=Model)


def keep_once(*, standing: QuerySet[Kept], file: StoredFile, **values: Any) -> tuple[Kept, bool]:
    """Put a file on what `standing` are the rows of, and tell whether it was not there yet. The caller holds
    the row that they stand on; `values` are the columns of a new one."""
    there = standing.filter(removed_at__isnull=True, file__sha256=file.sha256).first()
    if there is not None:
        return there, False
    return standing.model._default_manager.create(file=file, **values), True


def take_off(*, rows: QuerySet[Kept], key: int, at: datetime) -> bool:
    """Take one file off; False when that was done before."""
    return bool(rows.filter(pk=key, removed_at__isnull=True).update(removed_at=at))
