from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    name = "runtut.documents"
    label = "documents"

    def ready(self) -> None:
        import_module("runtut.documents.jobs")
        own_authority = import_module("runtut.documents.contrib.own_authority")
        import_module("runtut.documents.registry").register_gateway(own_authority.OwnAuthority())
        receivers = import_module("runtut.documents.receivers")
        receivers.offer_search()
        post_migrate.connect(receivers.load_reference_data, sender=self, dispatch_uid="documents.reference")
