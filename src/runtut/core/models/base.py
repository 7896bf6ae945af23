from __future__ import annotations

from django.db import models

from runtut.core.uids import uuid7


class RegionRow(models.Model):
    """A row of one region (kabupaten/kota): bigint key inside, UUIDv7 outside.

    `region` is the official code of the kabupaten as a number (for example 3302). Every row carries it so
    that a province can be split into databases, or one region moved, without touching the code.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    region = models.PositiveIntegerField(editable=False)

    class Meta:
        abstract = True
