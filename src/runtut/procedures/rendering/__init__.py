"""The SOP layout engine: pure, measured by the fonts that we ship, one scene for every medium.

lay_out (rows, columns, symbols) -> route (arrows on lanes) -> build_scene (primitives) -> to_svg.
"""

from runtut.procedures.rendering.decree import DecreeFacts, compose_decree
from runtut.procedures.rendering.layout import Layout, lay_out
from runtut.procedures.rendering.matrix import MatrixDrawing, matrix_svg
from runtut.procedures.rendering.scene import Scene, build_scene
from runtut.procedures.rendering.shapes import SCREEN, Geometry
from runtut.procedures.rendering.svg import to_svg
from runtut.procedures.rendering.worksheet import WorksheetFacts, compose_worksheet

__all__ = [
    "SCREEN",
    "DecreeFacts",
    "Geometry",
    "Layout",
    "MatrixDrawing",
    "Scene",
    "WorksheetFacts",
    "build_scene",
    "compose_decree",
    "compose_worksheet",
    "lay_out",
    "matrix_svg",
    "to_svg",
]
