"""Addresses that are asked for in several places."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse


def run_address(case_uid: UUID) -> str:
    """The page of a run."""
    return f"/kerja/{case_uid}/"


def address(name: str, *args: object) -> str:
    """The address of a page."""
    return reverse(name, args=args)


def start_address(procedure_uid: UUID) -> str:
    """Where a run of an SOP is started."""
    return f"{reverse('web:kerja_mulai')}?sop={procedure_uid}"
