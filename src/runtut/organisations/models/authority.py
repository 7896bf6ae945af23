from __future__ import annotations

from dataclasses import dataclass

from runtut.organisations.enums import Capacity


@dataclass(frozen=True)
class Authority:
    """Who acts, in which position, in which capacity. Every action takes one.

    `position_id` is None for oversight (administrator, reader, evaluator) and for the system itself.
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

    @property
    def acting(self) -> str:
        """ "(Plt.)" or "(Plh.)" when acting for the holder, else empty."""
        return f"({self.capacity.label})" if self.capacity in {Capacity.PLT, Capacity.PLH} else ""

    @property
    def label(self) -> str:
        """Position first, then name: "Sekcam · (Plt.) Rina Wahyuni"."""
        who = f"{self.acting} {self.full_name}".strip()
        return f"{self.position_title} · {who}" if self.position_title else who
