from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.documents.enums import SigningWay
from runtut.documents.models.document import DocumentVersion
from runtut.documents.models.file import StoredFile
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit, Position


class SigningChoice(models.Model):
    """Which way of signing a unit and those below it have chosen; the nearest choice above counts."""

    id = models.BigAutoField(primary_key=True)
    unit = models.OneToOneField(OrganisationUnit, models.PROTECT, related_name="signing_choice")
    way = models.CharField("cara tanda tangan", max_length=12, choices=SigningWay.choices)

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_way_display()}"


class CertificateAuthority(RegionRow):
    """A region's own authority. The newest one issues; older ones stay, for what they have issued.

    `sealed_key` opens with the installation's key only.
    """

    name = models.CharField(max_length=120)
    sequence = models.PositiveSmallIntegerField()
    certificate = models.BinaryField()
    sealed_key = models.BinaryField()
    founded_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "sequence"], name="authority_once")]

    def __str__(self) -> str:
        return self.name


class SigningKey(RegionRow):
    """A person's private key, sealed with the passphrase that only that person knows.

    A forgotten passphrase is answered by a new key; the old one is given up (`given_up_at`) with its
    certificates, and what it signed stays signed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signing_keys")
    sealed_key = models.BinaryField()
    public_key = models.BinaryField()
    made_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(given_up_at__isnull=True), name="signing_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class Certificate(RegionRow):
    """A person's key certified for one position, for as long as the person holds it."""

    authority = models.ForeignKey(CertificateAuthority, models.PROTECT, related_name="certificates")
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="certificates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    serial = models.CharField(max_length=48, unique=True)
    content = models.BinaryField()
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["user", "position"], name="certificate_user_position")]

    def __str__(self) -> str:
        return f"{self.user} · {self.position}"


class Signature(RegionRow):
    """A version signed by one person: the signed file, or the scan of the signed print.

    Bound to the version by `version_sha256` and to the file by `sha256`; never changed, only voided, visibly,
    when the document is sent back or gets a newer version. `code` leads the public to it and is the same for
    all signatures of a version. Names and titles are those of the day.
    """

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="signatures")
    way = models.CharField(max_length=12, choices=SigningWay.choices)
    code = models.CharField("kode periksa", max_length=16, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    version_sha256 = models.CharField(max_length=64)
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    full_name = models.CharField("nama", max_length=220)
    position_title = models.CharField("jabatan", max_length=120)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="signatures")
    signed_on = models.DateField("tanggal tanda tangan")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=240, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position", "way"],
                condition=Q(voided_at__isnull=True),
                name="signature_once",
            ),
            models.CheckConstraint(
                condition=Q(way=SigningWay.ELECTRONIC) | Q(certificate__isnull=True),
                name="signature_certificate",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="signature_sha256")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.position}"


class SignerTurn(RegionRow):
    """Somebody who is named under a version and asked to sign it, one after the other. `decides`: this
    approval, the last, approves the paper; those before it only stand beside it. What is open falls with the
    version; a paper whose file is closed without a signature keeps the reason (`excuse`)."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="turns")
    position = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    sequence = models.PositiveSmallIntegerField()
    decides = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)
    excuse = models.CharField(max_length=240, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="signer_turn_once"),
        ]
        indexes = [
            models.Index(
                fields=["position"],
                name="signer_turn_open",
                condition=Q(given_at__isnull=True, excused_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.version}"
