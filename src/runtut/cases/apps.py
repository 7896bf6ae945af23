from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "runtut.cases"
    label = "cases"

    def ready(self) -> None:
        """Offer the work that every SOP knows, and listen for news from below."""
        # Models exist only now, and all of these need them.
        from runtut.cases import contrib, jobs, receivers  # noqa: PLC0415

        contrib.offer()
        jobs.offer()
        receivers.listen()
        receivers.offer_search()
