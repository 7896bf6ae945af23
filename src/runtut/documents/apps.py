from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    name = "runtut.documents"
    label = "documents"

    def ready(self) -> None:
        import_module("runtut.documents.jobs")
        receivers = import_module("runtut.documents.receivers")
        post_migrate.connect(receivers.load_reference_data, sender=self, dispatch_uid="documents.reference")
