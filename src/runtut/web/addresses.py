"""Addresses of runs, written in one place."""

from __future__ import annotations

from uuid import UUID


def run_address(case_uid: UUID) -> str:
    """The page of a run."""
    return f"/kerja/{case_uid}/"
