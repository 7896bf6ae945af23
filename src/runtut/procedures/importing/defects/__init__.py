"""Known defects of sources, each reported as a doubt; nothing is mended silently."""

from __future__ import annotations

from runtut.procedures.importing.defects.compare import compare

__all__ = ["compare"]
