from __future__ import annotations

from runtut.demo.actions.year import Lived, live_year, order_year

__all__ = ["Lived", "live_year", "order_year"]
