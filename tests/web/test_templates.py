"""Templates and style sheets keep the rules of the house: no inline style or script, no banned class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import runtut.web

WEB = Path(runtut.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLES = sorted((WEB / "static" / "web").glob("*.css"))
LONGEST = 200
BANNED = {
    "inline style": re.compile(r"\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "foreign address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
    "class that fails contrast": re.compile(r"\b(?:outline-(?:warning|info|light)|text-muted)\b"),
    "Bootstrap component": re.compile(
        r"class=\"[^\"]*\b(?:navbar|card|alert|badge|accordion|toast|carousel)\b"
    ),
    "unescaped value": re.compile(r"\|safe\b|autoescape off"),
}


def faults(text: str) -> list[str]:
    return [name for name, pattern in BANNED.items() if pattern.search(text)]


def short(path: Path) -> str:
    return str(path.relative_to(WEB))


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_keeps_the_rules(path: Path) -> None:
    text = path.read_text()

    assert faults(text) == []
    assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_compiles(path: Path) -> None:
    name = str(path.relative_to(WEB / "templates"))

    assert get_template(name).template.name == name  # type: ignore[attr-defined]  # the Django backend's own


@pytest.mark.parametrize("path", STYLES, ids=short)
def test_style_sheet_loads_nothing_from_elsewhere(path: Path) -> None:
    assert re.findall(r"@import|url\((?!['\"]?data:)", path.read_text()) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p style="color:red">', "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a onclick="go()">', "event attribute"),
        ('<link href="https://cdn.example/x.css">', "foreign address"),
        ('<b class="text-muted">', "class that fails contrast"),
        ('<div class="card mb-2">', "Bootstrap component"),
        ("{{ name|safe }}", "unescaped value"),
    ],
)
def test_faults_finds_a_planted_one(planted: str, fault: str) -> None:
    assert faults(planted) == [fault]


def test_faults_accepts_a_script_file() -> None:
    assert faults('<script src="/static/web/a.js" defer></script>') == []
