from __future__ import annotations

from dataclasses import dataclass

from runtut.organisations.enums import Capacity


@dataclass(frozen=True)
class Authority:
    """Who acts, in which position, in which capacity. Every action takes one.

    `position_id` is None for oversight (administrator, reader, evaluator) and for the system itself.
    `unit_path` is the unit of the position (or of the oversight), `office_path` the office around it.
    """

    user_id: int | None
    full_name: str
    region: int
    unit_id: int
    unit_path: str
    capacity: Capacity
    position_id: int | None = None
    position_title: str = ""
    role: str = ""
    mandate_id: int | None = None
    oversight: str = ""
    office_path: str = ""
    is_demo: bool = False

    @property
    def opens(self) -> str:
        """Path of the highest unit this authority may look into."""
        return self.office_path or self.unit_path

    @property
    def acting(self) -> str:
        """ "(Plt.)" or "(Plh.)" when acting for the holder, else empty."""
        return self.capacity.mark

    @property
    def label(self) -> str:
        """Position first, then name: "Sekcam · (Plt.) Rina Wahyuni"; made-up persons are marked."""
        mark = " (contoh)" if self.is_demo else ""
        who = f"{self.acting} {self.full_name}{mark}".strip()
        return f"{self.position_title} · {who}" if self.position_title else who
