"""Measurements against the budgets: `python -m bench [--quick] [--scale N]` (docs/performance.md)."""
