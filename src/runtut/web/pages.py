"""Rendering a page: one way for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from runtut.web.selectors import Selection, remember


@dataclass(frozen=True)
class Crumb:
    """A link of the trail; without `url`, plain text."""

    label: str
    url: str = ""


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    section: str = "",
    crumbs: tuple[Crumb, ...] = (),
    selection: Selection | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page template inside the shell.

    `section` marks the masthead item; `selection` shows the Unit/Tahun/Triwulan bar and remembers what the
    URL named.
    """
    shown = {"section": section, "crumbs": crumbs, "selection": selection, **(context or {})}
    response = render(request, template, shown, status=status)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if selection:
        remember(request, response, selection)
    return response


def done(request: HttpRequest, sentence: str, to: str, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
    """Say what happened and go on to a page (post, redirect, get)."""
    messages.success(request, sentence)
    return redirect(to, *args, **kwargs)
