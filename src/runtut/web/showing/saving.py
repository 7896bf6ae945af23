"""Saving while somebody types: what the page's script sends now and then, and what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from runtut.cases.registry import Gate
from runtut.core.dates import clock_time
from runtut.web.forms.entries import Entry
from runtut.web.frame.authority import moment
from runtut.web.showing.work import Preview
from runtut.web.templatetags.runtut import syarat


def saved_in_passing(
    request: HttpRequest,
    entries: Iterable[Entry] = (),
    problems: Iterable[tuple[str, str]] = (),
    gates: Sequence[Gate] = (),
    versions: Mapping[str, str] | None = None,
    preview: Preview | None = None,
) -> JsonResponse:
    """Say when it was saved, what was refused at which control, what the figures now come to, and the
    versions of those stored: the next save is then not taken for somebody else's. `versions` are other
    hidden controls as they must now read. With `gates`, their list as it now stands; with `preview`, the
    document as it would now be."""
    refused = {anchor: sentence for sentence, anchor in problems if anchor}
    stored = dict(versions or {})
    cells: dict[str, str] = {}
    for entry in entries:
        refused |= {anchor: sentence for sentence, anchor in entry.problems}
        if entry.editable:
            stored[f"versi-{entry.key}"] = str(entry.version)
            cells |= cells_of(entry)
    told: dict[str, Any] = {
        "pukul": clock_time(timezone.localtime(moment(request))),
        "galat": refused,
        "versi": stored,
    }
    if cells:
        told["sel"] = cells
    if gates:
        told["syarat"] = render_to_string("web/components/syarat.html", syarat(gates))
    if preview:
        told["calon"] = render_to_string("web/kerja/calon.html", {"preview": preview})
    return JsonResponse(told)


def cells_of(entry: Entry) -> dict[str, str]:
    """What stands around a figure and follows it, by the id of the place, as HTML."""
    reckoned = {
        name: render_to_string(f"web/components/isian_{name}.html", {"row": entry.row})
        for name in ("jumlah", "capaian")
    }
    told = {**reckoned, "lonjakan": escape(entry.jump)}
    return {f"{name}-{entry.key}": text for name, text in told.items()}
