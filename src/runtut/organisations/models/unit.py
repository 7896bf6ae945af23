from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models

from runtut.core.models import RegionRow
from runtut.organisations.enums import UnitKind, Zone

PATH_STEP = 6
PATH_LEVELS = 8


def paths_above(path: str) -> list[str]:
    """Return the paths from the root down to a path itself."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


class OrganisationUnit(RegionRow):
    """A node of the unit tree.

    `path` is the ids from the root down, each as six digits, joined without a separator: letters and
    digits only, so that "this unit and all below" is one indexed range that sorts alike in every collation.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=PATH_STEP * PATH_LEVELS, unique=True, editable=False)
    kind = models.CharField("jenis", max_length=20, choices=UnitKind.choices)
    name = models.CharField("nama", max_length=120)
    short_name = models.CharField("nama singkat", max_length=60)
    code = models.CharField("kode surat", max_length=30, blank=True, default="")
    address = models.CharField("alamat", max_length=200, blank=True, default="")
    contact = models.CharField("telepon/surel", max_length=120, blank=True, default="")
    zone = models.CharField("zona waktu", max_length=20, choices=Zone.choices, default=Zone.WIB)
    calendar = models.ForeignKey(
        "organisations.WorkCalendar", models.PROTECT, null=True, blank=True, related_name="units"
    )
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="unit_region_kind")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def path_end(self) -> str:
        """Upper bound (exclusive) of the range of this unit and all below it."""
        return self.path + "a"

    @property
    def ancestor_paths(self) -> list[str]:
        """Paths from the root down to this unit itself."""
        return paths_above(self.path)

    def local_date(self, at: datetime) -> date:
        """The day that it is at this unit."""
        return at.astimezone(ZoneInfo(self.zone)).date()
