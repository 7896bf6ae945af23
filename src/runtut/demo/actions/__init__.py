from __future__ import annotations

from runtut.demo.actions.desk import OFFICE as LIVING_OFFICE
from runtut.demo.actions.year import TOPIC, Lived, live_year, order_year, wants_year

__all__ = ["LIVING_OFFICE", "TOPIC", "Lived", "live_year", "order_year", "wants_year"]
