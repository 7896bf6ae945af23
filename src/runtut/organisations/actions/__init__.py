from runtut.organisations.actions.appointments import appoint, end_appointment, withdraw_appointment
from runtut.organisations.actions.calendars import (
    Span,
    give_own_calendar,
    load_standard_calendar,
    remove_holiday,
    set_holiday,
    set_hours,
)
from runtut.organisations.actions.demo import DEMO_PASSWORD, load_demo
from runtut.organisations.actions.founding import found_region
from runtut.organisations.actions.mandates import (
    end_mandate,
    extend_mandate,
    give_mandate,
    withdraw_mandate,
)
from runtut.organisations.actions.oversights import end_oversight, grant_oversight
from runtut.organisations.actions.people import (
    add_person,
    close_account,
    describe_person,
    end_person_sessions,
    open_account,
    reset_password,
)
from runtut.organisations.actions.positions import create_position, deactivate_position, rename_position
from runtut.organisations.actions.trail import leave_trail
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
    "add_person",
    "appoint",
    "close_account",
    "create_position",
    "create_root",
    "create_unit",
    "deactivate_position",
    "deactivate_unit",
    "describe_person",
    "end_appointment",
    "end_mandate",
    "end_oversight",
    "end_person_sessions",
    "extend_mandate",
    "found_region",
    "give_mandate",
    "give_own_calendar",
    "grant_oversight",
    "leave_trail",
    "load_demo",
    "load_standard_calendar",
    "move_unit",
    "open_account",
    "remove_holiday",
    "rename_position",
    "rename_unit",
    "reset_password",
    "set_holiday",
    "set_hours",
    "set_letterhead",
    "withdraw_appointment",
    "withdraw_mandate",
]
