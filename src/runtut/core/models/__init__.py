from runtut.core.models.audit import AuditEntry, AuditStream
from runtut.core.models.base import RegionRow
from runtut.core.models.nightly import NightlyJob
from runtut.core.models.outbox import OutboxMessage

__all__ = ["AuditEntry", "AuditStream", "NightlyJob", "OutboxMessage", "RegionRow"]
