"""A document's texts on a page: bold, italic and line ends of the content, everything else as words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from runtut.documents.rendering import printed_blocks
from runtut.web.frame.paper import Block, table_of

register = template.Library()


@register.filter
def kata(inline: Any) -> SafeString:
    """A text or its runs."""
    if isinstance(inline, str):
        return broken(inline)
    return format_html_join("", "{}", ((dressed(run),) for run in inline))


def dressed(run: dict[str, Any]) -> SafeString:
    words = broken(run["text"])
    if run.get("italic"):
        words = format_html("<i>{}</i>", words)
    return format_html("<b>{}</b>", words) if run.get("bold") else words


def broken(text: str) -> SafeString:
    return mark_safe("<br>".join(conditional_escape(line) for line in text.split("\n")))  # noqa: S308 (escaped)


@register.filter
def isi(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a content as they are printed."""
    return printed_blocks(content)


@register.filter
def sisi(align: str) -> str:
    """The class of an alignment."""
    return {"right": "kanan", "center": "tengah", "left": "kiri"}.get(align, "rata")


@register.filter
def tabel(block: dict[str, Any]) -> Block:
    """A table as the paper of a page shows it."""
    return table_of(block)
