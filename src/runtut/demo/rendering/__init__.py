"""Files as the people of the made-up office bring them: a table of evidence, a name signed on a screen."""

from __future__ import annotations

from runtut.demo.rendering.scribble import scribble
from runtut.demo.rendering.table import evidence_table

__all__ = ["evidence_table", "scribble"]
