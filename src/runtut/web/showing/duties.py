"""The steps of SOPs in force that belong to a position."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from runtut.procedures.enums import Mode, VersionState
from runtut.procedures.models import StepPerformer
from runtut.web.frame.addresses import address


@dataclass(frozen=True)
class Duty:
    """The steps of one SOP that a position completes, and those in which it only takes part."""

    title: str
    url: str
    steps: str
    joint: str


def duties_of(position_ids: Collection[int]) -> dict[int, list[Duty]]:
    """What SOPs in force ask of positions, by position, in the order of the titles (one query)."""
    rows = (
        StepPerformer.objects.filter(
            performer__bindings__position__in=position_ids, step__version__state=VersionState.EFFECTIVE
        )
        .order_by("step__version__title", "step__version", "step__no")
        .values_list(
            "performer__bindings__position",
            "step__version__title",
            "step__version__procedure__uid",
            "step__no",
            "mode",
        )
    )
    grouped: dict[int, dict[tuple[str, UUID], dict[int, str]]] = {}
    for position_id, title, uid, no, mode in rows:
        grouped.setdefault(position_id, {}).setdefault((title, uid), {})[no] = mode
    return {
        position_id: [duty(title, uid, steps) for (title, uid), steps in sops.items()]
        for position_id, sops in grouped.items()
    }


def duty(title: str, uid: UUID, steps: dict[int, str]) -> Duty:
    own = [str(no) for no, mode in steps.items() if mode != Mode.JOINT]
    joint = [str(no) for no, mode in steps.items() if mode == Mode.JOINT]
    return Duty(title, address("web:sop_rinci", uid), ", ".join(own), ", ".join(joint))
