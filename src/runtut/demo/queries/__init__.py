from __future__ import annotations

from runtut.demo.queries.words import plan_items, words

__all__ = ["plan_items", "words"]
