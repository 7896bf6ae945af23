from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from runtut.documents.errors import ArchiveClassUnknown
from runtut.documents.formulas.numbering import is_legacy_code
from runtut.documents.models import ArchiveClass, ArchiveEnclosure, ArchiveRecord
from runtut.organisations.models import Authority
from runtut.organisations.queries import units_within


def archive_classes(*, on: date) -> QuerySet[ArchiveClass]:
    """Return the classification codes to choose from on a day, in the order of the codes."""
    return in_force_classes(on).filter(is_legacy=False).order_by("code")


def in_force_classes(on: date) -> QuerySet[ArchiveClass]:
    return ArchiveClass.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on
    )


def archive_class_of(*, code: str, on: date) -> ArchiveClass:
    """Return the class of a code on a day, an older one for a code of the list before.

    The nearest class above answers for a code that is finer than the list. Raises ArchiveClassUnknown.
    """
    parts = code.strip().split(".")
    candidates = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
    classes = ArchiveClass.objects.filter(code__in=candidates, valid_from__lte=on)
    if not is_legacy_code(code):
        classes = classes.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    found = {row.code: row for row in classes.order_by("valid_from")}
    nearest = next((found[candidate] for candidate in candidates if candidate in found), None)
    if nearest is None:
        raise ArchiveClassUnknown(code_text=code.strip(), field="archive_class")
    return nearest


def archive_records_open_to(*, authorities: Iterable[Authority]) -> QuerySet[ArchiveRecord]:
    """Return the archive that a person's authorities open, with what a list shows of each file and of what is
    kept with it (two queries)."""
    units = units_within(one.opens for one in authorities)
    related = ("unit", "version__document", "archive_class", "retention")
    rows = ArchiveRecord.objects.filter(unit__in=units).select_related(*related)
    return rows.prefetch_related(Prefetch("enclosures", ArchiveEnclosure.objects.select_related("file")))
