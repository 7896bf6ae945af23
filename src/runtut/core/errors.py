"""Named refusals: one class per rule, a stable code, one Indonesian sentence."""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """A refusal that a user can understand and act on.

    `field` names the form field the sentence belongs to; None puts it at the top of the form.
    `template` is formatted with the keyword arguments, which stay readable as `details`.
    """

    code: ClassVar[str] = "refused"
    template: ClassVar[str] = "Permintaan ini tidak dapat dijalankan."
    status: ClassVar[int] = 422

    def __init__(self, *, field: str | None = None, **details: object) -> None:
        self.field = field
        self.details = details
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        return self.template.format(**self.details)


class NotAllowed(DomainError):
    """The authority does not reach the object or the act."""

    code = "not_allowed"
    template = "Anda tidak berwenang melakukan ini. {reason}"
    status = 403


class SomeoneWasFaster(DomainError):
    """The state read is no longer the state stored."""

    code = "someone_was_faster"
    template = "Sudah diubah orang lain. Muat ulang halaman untuk melihat keadaan terakhir."
    status = 409
