from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "runtut.organisations"
    label = "organisations"

    def ready(self) -> None:
        import_module("runtut.organisations.receivers").offer_search()
