"""Rendering a page: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from runtut.web.frame.errors import succeeds
from runtut.web.frame.selectors import Selection, remember


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


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the POST, also an empty one; None while it is only shown."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class FormText:
    """The words of a page with one form. `consequences` are listed above the button of a risky act."""

    heading: str
    button: str
    success: str
    sentence: str = ""
    consequences: tuple[str, ...] = ()
    is_risky: bool = False


def form_page(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    words: FormText,
    back: str,
    section: str,
    crumbs: tuple[Crumb, ...],
    template: str = "web/formulir.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page with one form: shows it, and on a valid POST makes the one domain call and goes `back`.

    A refusal comes back on the form, which keeps everything typed. `extra` is for a template of its own.
    """
    if form.is_valid() and succeeds(form, lambda: act(form.cleaned_data)):
        messages.success(request, words.success)
        return HttpResponseRedirect(back)
    context = {"form": form, "words": words, "back": back, **(extra or {})}
    trail = (*crumbs, Crumb(words.heading))
    status = 422 if form.errors else 200
    return page(request, template, context, section=section, crumbs=trail, status=status)
