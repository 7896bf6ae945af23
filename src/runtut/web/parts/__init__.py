"""What the sheet of a task shows and reads, for each kind of work and topic of a step."""

from runtut.web.parts.base import TaskPart, part_class, register_part

__all__ = ["TaskPart", "part_class", "register_part"]
