from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """Who acts, as far as this room needs to know: what the audit trail records. The rooms above hand in
    their Authority."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def position_id(self) -> int | None: ...

    @property
    def capacity(self) -> str: ...
