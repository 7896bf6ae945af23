from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "runtut.procedures"
    label = "procedures"

    def ready(self) -> None:
        import_module("runtut.procedures.jobs")
        import_module("runtut.procedures.receivers").offer_search()
