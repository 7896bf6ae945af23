from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.enums import Urgency
from runtut.documents.models.file import StoredFile
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit, Position


class IncomingLetter(RegionRow):
    """A letter entered in the buku agenda masuk of a unit."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="incoming_letters")
    register_number = models.CharField("nomor agenda", max_length=60)
    sender = models.CharField("surat dari", max_length=160)
    number = models.CharField("nomor surat", max_length=80)
    date = models.DateField("tanggal surat")
    subject = models.CharField("hal", max_length=240)
    urgency = models.CharField("sifat", max_length=20, choices=Urgency.choices, default=Urgency.BIASA)
    received_on = models.DateField("diterima")
    registered_at = models.DateTimeField("dicatat")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["unit", "registered_at"], name="letter_unit_registered"),
            models.Index(fields=["unit", "-id"], name="letter_unit_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def is_sealed(self) -> bool:
        """Whether what the letter says is for those alone to whom it was given (sifat rahasia)."""
        return self.urgency == Urgency.RAHASIA

    @property
    def entered_later(self) -> datetime.date | None:
        """The day of entry in the agenda where it is not the day of arrival, else None."""
        entered: datetime.date = self.unit.local_date(self.registered_at)
        return entered if entered != self.received_on else None


class Disposisi(RegionRow):
    """One link of the chain of instructions on a letter; an instruction, never an approval."""

    letter = models.ForeignKey(IncomingLetter, models.PROTECT, related_name="disposisi")
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_links")
    from_position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    instruction = models.CharField("instruksi", max_length=240)
    note = models.TextField("catatan", blank=True, default="")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Disposisi {self.from_position}"

    @property
    def acting(self) -> str:
        """ "(Plt.)" or "(Plh.)" when given for the holder, else empty."""
        return Capacity(self.capacity).mark


class DisposisiRecipient(models.Model):
    id = models.BigAutoField(primary_key=True)
    disposisi = models.ForeignKey(Disposisi, models.CASCADE, related_name="recipients")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disposisi", "position"], name="disposisi_recipient_once")
        ]

    def __str__(self) -> str:
        return str(self.position)
