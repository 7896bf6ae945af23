from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "runtut.web"
    label = "web"

    def ready(self) -> None:
        """Say which part draws which kind of work."""
        # Models exist only now, and the parts need them.
        from runtut.web.parts.offer import offer  # noqa: PLC0415

        offer()
