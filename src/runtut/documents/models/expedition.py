from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.documents.enums import Means, ReceiptKind
from runtut.documents.models.archive import ArchiveClass
from runtut.documents.models.document import DocumentVersion
from runtut.documents.models.file import StoredFile
from runtut.documents.models.letter import IncomingLetter
from runtut.documents.models.register import RegisterEntry
from runtut.organisations.models import OrganisationUnit, Position


class OutgoingLetter(RegionRow):
    """A line of the buku agenda keluar: a number, the paper that bears it, and what was done to it.

    `errand` is what brought it about, such as the uid of a task; this room does not know what it stands for.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="outgoing_letters")
    errand = models.UUIDField(null=True, db_index=True)
    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="outgoing_letter")
    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="outgoing_letters"
    )
    archive_class = models.ForeignKey(ArchiveClass, models.PROTECT, null=True, related_name="+")
    number = models.CharField("nomor", max_length=120)
    date = models.DateField("tanggal")
    recipient = models.CharField("kepada", max_length=240, blank=True, default="")
    subject = models.CharField("hal", max_length=240)
    copies = models.PositiveSmallIntegerField("salinan", default=1)
    is_stamped = models.BooleanField("distempel", default=False)
    note = models.CharField("keterangan", max_length=240, blank=True, default="")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_in = models.ForeignKey(Position, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="outgoing_unit_newest")]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Delivery(RegionRow):
    """One paper sent to one recipient, in the sender's buku ekspedisi, with the proof that it arrived.

    Sent to a unit of this installation (`to_unit`) or to somebody outside (`addressee`). `errand` is what all
    deliveries of one sending share, such as the uid of a task; this room does not know what it stands for.
    `letter` is what it became in the agenda of the office that received it. `cover` is the surat pengantar
    that goes with the paper.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="deliveries")
    errand = models.UUIDField(db_index=True)
    number = models.CharField("nomor ekspedisi", max_length=60)
    paper = models.CharField("surat", max_length=240)
    paper_number = models.CharField("nomor surat", max_length=120, blank=True, default="")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="deliveries")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    cover = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, db_index=False, related_name="covered"
    )
    to_unit = models.ForeignKey(OrganisationUnit, models.PROTECT, null=True, related_name="+")
    addressee = models.CharField("kepada", max_length=160)
    means = models.CharField("cara", max_length=12, choices=Means.choices)
    copies = models.PositiveSmallIntegerField("salinan", default=1)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_in = models.ForeignKey(Position, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    receipt = models.CharField("bukti", max_length=12, choices=ReceiptKind.choices, blank=True, default="")
    received_by = models.CharField("diterima oleh", max_length=160, blank=True, default="")
    received_at = models.DateTimeField(null=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    letter = models.OneToOneField(
        IncomingLetter, models.PROTECT, null=True, blank=True, related_name="delivery"
    )

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-id"], name="delivery_unit_newest"),
            models.Index(
                fields=["to_unit", "id"],
                name="delivery_awaited",
                condition=Q(received_at__isnull=True, to_unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.addressee}"
