from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """What the search knows of one object of an upper room: where it belongs, what is shown of it, and its
    terms (core.search.words). Beside it the database keeps an index of the terms (core.search.tables).

    `kind` is the name under which a room offers such objects, `uid` the object's own. `is_restricted` marks
    what is not open to everybody who may see the unit. No access is decided here.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    uid = models.UUIDField()
    unit_path = models.CharField(max_length=48)
    day = models.DateField(null=True)
    is_restricted = models.BooleanField(default=False)
    # What is sorted and filtered by stands before the long texts: SQLite reads a row from its beginning.
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    head_terms = models.TextField(default="")
    body_terms = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="search_entry_once")]
        indexes = [models.Index(fields=["unit_path"], name="search_entry_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class SearchDue(models.Model):
    """An object whose entry no longer says what the object says. Written with the change; any number of rows
    for one object. `not_before` puts off what could not be indexed."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    uid = models.UUIDField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
