"""Modules and functions stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULE_LINES = 600
FUNCTION_LINES = 60


def modules() -> Iterator[Path]:
    for folder in ("src/runtut", "tools", "tests"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def long_functions(source: str, limit: int = FUNCTION_LINES) -> list[str]:
    """Functions longer than the limit; one may be when a comment `# Long: why` stands in it."""
    lines = source.splitlines()
    if len(lines) <= limit:
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first, last = node.lineno - 1, node.end_lineno or node.lineno
        excused = any("# Long: " in line for line in lines[first:last])
        if last - first > limit and not excused:
            found.append(node.name)
    return found


def test_modules_stay_within_their_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}

    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}
    assert len(lengths) > 50


@pytest.mark.slow
def test_functions_stay_within_their_lines() -> None:
    found = {str(path.relative_to(ROOT)): long_functions(path.read_text()) for path in modules()}

    assert {path: names for path, names in found.items() if names} == {}


def test_long_functions_reports_a_planted_one() -> None:
    body = "    x = 1\n" * 3

    assert long_functions(f"def planted():\n{body}", limit=3) == ["planted"]
    assert long_functions(f"def excused():\n    # Long: one table.\n{body}", limit=3) == []
    assert long_functions(f"def short():\n{body}", limit=4) == []
