from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "runtut.performance"
    label = "performance"

    def ready(self) -> None:
        """Offer this room's work to the steps of an SOP, and listen to the runs."""
        # Models exist only now, and all of these need them.
        from runtut.cases.events import act_committed, run_returned, step_endorsed  # noqa: PLC0415
        from runtut.organisations.events import unit_moved  # noqa: PLC0415
        from runtut.performance import contrib  # noqa: PLC0415
        from runtut.performance.receivers import (  # noqa: PLC0415
            offer_search,
            on_act_committed,
            on_run_returned,
            on_step_endorsed,
            on_unit_moved,
        )

        contrib.offer()
        offer_search()
        act_committed.connect(on_act_committed, dispatch_uid="performance.tell_of_form")
        run_returned.connect(on_run_returned, dispatch_uid="performance.follow_return")
        step_endorsed.connect(on_step_endorsed, dispatch_uid="performance.follow_endorsement")
        unit_moved.connect(on_unit_moved, dispatch_uid="performance.move_sums")
