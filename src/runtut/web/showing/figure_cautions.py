"""What to look at twice at a step that takes or judges the figures of a quarter."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.models import Task
from runtut.cases.queries import Caution
from runtut.core.periods import Quarter
from runtut.performance.formulas import early_warning
from runtut.performance.queries import GridRow, grid, judges_figures, takes_figures
from runtut.procedures.graph import StepNode


def early_cautions(task: Task, step: StepNode, at: datetime) -> list[Caution]:
    """What whoever enters, examines or approves figures should know of the day. No query once the graph is
    kept."""
    case = task.case
    if case.quarter is None or not takes_figures(step=step, version=case.procedure_version):
        return []
    said = early_warning(Quarter(case.year, case.quarter), case.unit.local_date(at))
    return [Caution("early", said)] if said else []


def jump_cautions(task: Task, step: StepNode) -> list[Caution]:
    """Which figures have jumped, for whoever composes, examines or approves a paper of them: nobody there
    sees the table with its earlier quarters. Four queries on such a step."""
    case = task.case
    if case.quarter is None or not judges_figures(step=step, version=case.procedure_version):
        return []
    rows = grid(unit=case.unit, quarter=Quarter(case.year, case.quarter))
    jumps = [told_jump(row) for row in rows if row.jump]
    if not jumps:
        return []
    sentence = f"Angka yang melonjak, lihat lagi sebelum diteruskan. {' '.join(jumps)}"
    return [Caution("jump", sentence)]


def told_jump(row: GridRow) -> str:
    """ "2.1 Desa tertib administrasi: Berubah 418,18 % dari TW III 2025 (33 menjadi 171)." """
    note = f" Catatan pengisi: {row.note}" if row.note else ""
    return f"{row.number} {row.indicator.short_name}: {row.jump}{note}"
