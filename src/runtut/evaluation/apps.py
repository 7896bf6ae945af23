from __future__ import annotations

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "runtut.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Offer this room's work to the steps of an SOP, and listen to the runs."""
        # Models exist only now, and all of these need them.
        from runtut.cases.events import run_returned  # noqa: PLC0415
        from runtut.evaluation import contrib  # noqa: PLC0415
        from runtut.evaluation.receivers import on_run_returned  # noqa: PLC0415

        contrib.offer()
        run_returned.connect(on_run_returned, dispatch_uid="evaluation.follow_return")
