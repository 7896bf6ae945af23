from __future__ import annotations

from runtut.documents.actions import load_archive_classes, load_retention


def load_reference_data(**kwargs: object) -> None:
    """After every migration the shipped classification and retention table are there."""
    load_archive_classes()
    load_retention()
