"""Measurements against the budgets: `python -m bench [--quick] [--scale N] [--only PART]`.

See docs/performance.md.
"""
