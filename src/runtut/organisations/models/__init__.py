from runtut.organisations.models.authority import Authority
from runtut.organisations.models.calendar import Holiday, WorkCalendar, WorkHours
from runtut.organisations.models.position import Appointment, Mandate, Oversight, Position
from runtut.organisations.models.unit import OrganisationUnit

__all__ = [
    "Appointment",
    "Authority",
    "Holiday",
    "Mandate",
    "OrganisationUnit",
    "Oversight",
    "Position",
    "WorkCalendar",
    "WorkHours",
]
