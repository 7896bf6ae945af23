from __future__ import annotations

from runtut.documents.actions import load_archive_classes


def load_reference_data(**kwargs: object) -> None:
    """After every migration the shipped classification is there, whatever the database was before."""
    load_archive_classes()
