"""Whom the settings of a task name: processes without lanes say there who acts."""

from __future__ import annotations

from typing import Final

from lxml import etree

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import model

SETTINGS: Final = ("candidateGroups", "assignee", "candidateUsers")
"""What programs call it, the most general first; each in a namespace of its own."""
RESOURCES: Final = tuple(model(tag) for tag in ("potentialOwner", "humanPerformer", "performer"))
FORMULA: Final = ("${", "#{", "=")


def people_of(task: Element) -> list[str]:
    """Return the groups or persons that a task names; none where a formula works them out."""
    for setting in SETTINGS:
        for holder in (task, *task.iterfind(f"{model('extensionElements')}//*")):
            found = _names(next((value for name, value in holder.items() if _local(name) == setting), ""))
            if found:
                return found
    for resource in task.iterchildren(*RESOURCES):
        found = _names("".join(resource.itertext()) or resource.get("name", ""))
        if found:
            return found
    return []


def _local(name: str) -> str:
    return str(etree.QName(name).localname)


def _names(text: str) -> list[str]:
    if any(sign in text for sign in FORMULA):
        return []
    return [" ".join(one.split()) for one in text.split(",") if one.strip()]
