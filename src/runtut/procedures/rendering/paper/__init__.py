"""The official form on paper (PermenPANRB 35/2012): pages of whole rows, arrows carried on by connectors.

compose_chart (columns, rows, pages, drawing) -> form_content (points) -> form_pdf,
or -> form_docx with the drawing as shapes.
"""

from runtut.procedures.rendering.paper.chart import Chart, ChartPage, ChartRow, compose_chart
from runtut.procedures.rendering.paper.collection import CollectionFacts, collection_pdf
from runtut.procedures.rendering.paper.content import Approver, Flowchart, FormFacts
from runtut.procedures.rendering.paper.pdf import form_pdf
from runtut.procedures.rendering.paper.sheets import SHEETS, Sheet
from runtut.procedures.rendering.paper.word import form_docx

__all__ = [
    "SHEETS",
    "Approver",
    "Chart",
    "ChartPage",
    "ChartRow",
    "CollectionFacts",
    "Flowchart",
    "FormFacts",
    "Sheet",
    "collection_pdf",
    "compose_chart",
    "form_docx",
    "form_pdf",
]
