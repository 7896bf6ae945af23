"""Addresses that are asked for in several places."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def run_address(case_uid: UUID) -> str:
    """The page of a run."""
    return f"/kerja/{case_uid}/"


def address(name: str, *args: object) -> str:
    """The address of a page; empty while there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
