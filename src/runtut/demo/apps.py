from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "runtut.demo"
    label = "demo"

    def ready(self) -> None:
        """Offer this room's work to the worker."""
        # Models exist only now, and the work needs them.
        from runtut.demo.jobs import offer  # noqa: PLC0415

        offer()
