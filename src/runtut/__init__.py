"""Runtut runs the SOPs of Indonesian government offices."""

__version__ = "0.1.0"
