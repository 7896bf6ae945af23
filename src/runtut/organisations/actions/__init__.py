from runtut.organisations.actions.calendars import (
    Span,
    give_own_calendar,
    load_standard_calendar,
    remove_holiday,
    set_holiday,
    set_hours,
)
from runtut.organisations.actions.demo import DEMO_PASSWORD, load_demo
from runtut.organisations.actions.positions import create_position, deactivate_position, rename_position
from runtut.organisations.actions.units import (
    create_root,
    create_unit,
    deactivate_unit,
    move_unit,
    rename_unit,
    set_letterhead,
)

__all__ = [
    "DEMO_PASSWORD",
    "Span",
    "create_position",
    "create_root",
    "create_unit",
    "deactivate_position",
    "deactivate_unit",
    "give_own_calendar",
    "load_demo",
    "load_standard_calendar",
    "move_unit",
    "remove_holiday",
    "rename_position",
    "rename_unit",
    "set_holiday",
    "set_hours",
    "set_letterhead",
]
