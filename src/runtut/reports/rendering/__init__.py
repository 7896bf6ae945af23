"""Event logs as text, piece by piece (docs/formats/event-log.md). Pure: facts in, text out."""

from runtut.reports.rendering.facts import LoggedEvent, LoggedRun, Logs
from runtut.reports.rendering.ocel import ocel
from runtut.reports.rendering.xes import xes

__all__ = ["LoggedEvent", "LoggedRun", "Logs", "ocel", "xes"]
