from runtut.core.models.audit import AuditEntry, AuditStream
from runtut.core.models.base import RegionRow
from runtut.core.models.nightly import NightlyJob
from runtut.core.models.outbox import OutboxMessage
from runtut.core.models.search import SearchDue, SearchEntry

__all__ = [
    "AuditEntry",
    "AuditStream",
    "NightlyJob",
    "OutboxMessage",
    "RegionRow",
    "SearchDue",
    "SearchEntry",
]
