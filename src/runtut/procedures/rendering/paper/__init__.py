"""The official form on paper (PermenPANRB 35/2012): pages of whole rows, arrows carried on by connectors.

compose_chart (columns, rows, pages, drawing) -> chart_content (points, for Typst) or the Word document.
"""

from runtut.procedures.rendering.paper.chart import Chart, ChartPage, ChartRow, compose_chart
from runtut.procedures.rendering.paper.sheets import SHEETS, Sheet

__all__ = ["SHEETS", "Chart", "ChartPage", "ChartRow", "Sheet", "compose_chart"]
