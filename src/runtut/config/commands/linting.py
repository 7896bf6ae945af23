from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from runtut.config.commands import Failed
from runtut.core.worktime import humanise
from runtut.procedures.graph import DocumentInvalid, Finding, blocking, graph_of_document, read_document
from runtut.procedures.queries import findings_of_document


def lint(options: argparse.Namespace) -> int:
    """Check SOPs in Runtut's own JSON; exit 1 when one has a fault that stops ratification."""
    registry = titles(options.registry) if options.registry else None
    reports = [report(document, registry) for path in options.files for document in documents(path)]
    if options.json:
        print(json.dumps([about for about, _ in reports], ensure_ascii=False, indent=2))
    else:
        for about, _ in reports:
            tell(about)
    return 1 if any(blocking(found) for _, found in reports) else 0


def documents(path: str) -> list[dict[str, Any]]:
    """The SOPs of a file: one object, or a list of them. Raises Failed for what cannot be read."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
        data = json.loads(text)
        return [read_document(one) for one in (data if isinstance(data, list) else [data])]
    except DocumentInvalid as fault:
        raise Failed(f"{path}: " + "; ".join(fault.problems)) from fault
    except (OSError, ValueError, AttributeError) as fault:
        raise Failed(f"{path}: not readable as an SOP in JSON ({fault}).") from fault


def titles(path: str) -> list[str]:
    """The register: one title of an SOP a line."""
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as fault:
        raise Failed(f"{path}: the register cannot be read ({fault}).") from fault


def report(
    document: dict[str, Any], registry: Collection[str] | None
) -> tuple[dict[str, Any], list[Finding]]:
    """What is printed of one SOP: its findings, the most serious first, and the sum of its times."""
    found = findings_of_document(document, registry=registry)
    minutes = graph_of_document(document).total_minutes
    about = {
        "title": document["title"],
        "number": document["number"],
        "steps": len(document["steps"]),
        "time_sum": {"minutes": minutes, "text": humanise(minutes)},
        "findings": [finding(one) for one in found],
    }
    return about, found


def finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "place": {"field": found.place.field, "step": found.step_no},
        "sentence": found.sentence,
        "reason": found.rule.reason,
        "regulation": found.rule.regulation,
    }


def tell(about: dict[str, Any]) -> None:
    print(f"{about['title']}: {about['steps']} steps, {about['time_sum']['text']}")
    for one in about["findings"]:
        print(f"  {one['severity']:<10} {one['code']:<32} {one['sentence']}")
    if not about["findings"]:
        print("  no findings")
