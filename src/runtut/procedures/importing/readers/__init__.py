"""Readers: one per kind of file, all yielding a Source. The kind is told by content before name."""

from __future__ import annotations


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file: text, html, json, docx, xlsx or pdf; by its content, then by its name."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return "pdf"
    return "text"
