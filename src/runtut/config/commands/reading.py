from __future__ import annotations

import argparse
import json

from runtut.cases.queries import verify_events
from runtut.core import search
from runtut.core.audit import verify_streams
from runtut.documents.actions import read_missing_texts
from runtut.documents.queries import verify_archive
from runtut.performance import actions
from runtut.performance.queries import wrong_sums
from runtut.procedures.queries import library as library_of_procedures


def library(options: argparse.Namespace) -> int:
    """The SOP library, as a list or as JSON in the documented format."""
    entries = library_of_procedures()
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
        return 0
    for entry in entries:
        print(f"{len(entry['steps']):>3} steps  {entry['title']}")
    return 0


def verify_papers(options: argparse.Namespace) -> int:
    """Check files, archived versions and signatures; print each that is not as it was kept."""
    count = 0
    for finding in verify_archive():
        print(finding.sentence)
        count += 1
    print(f"{count} things are not as they were kept." if count else "Everything is as it was kept.")
    return 1 if count else 0


def verify_sums(options: argparse.Namespace) -> int:
    """Compute every kept sum anew from the figures; print each that differs."""
    count = 0
    for finding in wrong_sums():
        print(finding.sentence)
        count += 1
    print(f"{count} sums differ. Put them right with `runtut sums rebuild`." if count else "All sums agree.")
    return 1 if count else 0


def rebuild_sums(options: argparse.Namespace) -> int:
    """Write every kept sum anew from the figures."""
    print(f"Sums of {actions.rebuild_sums()} office years written anew.")
    return 0


def rebuild_search(options: argparse.Namespace) -> int:
    """Write what the search knows of every object anew; scans that nobody could read so far are tried."""
    if tried := read_missing_texts():
        print(f"{tried:>9,} files read")
    for kind, count in search.rebuild().items():
        print(f"{count:>9,} {kind}")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Recompute the chains of units and of runs; print each broken link."""
    findings = [*verify_streams(), *verify_events()]
    for finding in findings:
        print(finding.sentence)
    print(f"{len(findings)} broken links." if findings else "All chains are whole.")
    return 1 if findings else 0
