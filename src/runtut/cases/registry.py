"""The one door through which upper rooms offer their work to a step.

A step names its kind of work and perhaps a topic; whoever registered for (work, topic) checks the gates, does
the work inside the transaction of the act, and says what it yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from runtut.cases.enums import NoticeAbout
from runtut.cases.models import Case, Task
from runtut.documents.models import (
    ArchiveRecord,
    Disposisi,
    Document,
    DocumentVersion,
    IncomingLetter,
    StoredFile,
)
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.models import ProcedureVersion


@dataclass(frozen=True)
class Gate:
    """One condition of completing a task, shown by name before the button is pressed.

    `anchor` is the id of the form part that meets it, `path` the page where it is met besides.
    """

    code: str
    label: str
    met: bool
    hint: str = ""
    anchor: str = ""
    path: str = ""


@dataclass(frozen=True)
class OutputSpec:
    """What a task yielded, under the output's name in the SOP."""

    name: str
    document: Document | None = None
    document_version: DocumentVersion | None = None
    disposisi: Disposisi | None = None
    archive_record: ArchiveRecord | None = None
    file: StoredFile | None = None
    text: str = ""


@dataclass(frozen=True)
class Ask:
    """What an open task asks of another position than its own, and has not got yet: in a few words, and on
    which page it is given. `reason` is why what was given came back, empty for what is asked anew."""

    position_id: int
    about: NoticeAbout
    title: str
    path: str
    reason: str = ""


class WorkHandler:
    """What a kind of work asks for and does. The base asks for nothing and yields nothing.

    `data` is what the page has parsed: text, dates, positions, stored files, never raw input.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Return every condition of completing the task with this data, met ones too."""
        return []

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Do the work inside the transaction of the act; a DomainError leaves everything as it was."""
        return []

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any] | None:
        """Return the content of the document that completing the task with this data would compose; None for
        work that composes none, or whose facts are not there yet. Writes nothing."""
        return None

    def asks(self, task: Task, at: datetime) -> Sequence[Ask]:
        """Return what the open task still waits for from other positions than its own: they are told of it,
        and reminded when the task's time is short."""
        return ()

    def returned(self, task: Task, target_no: int, authority: Authority, reason: str, at: datetime) -> None:
        """Note, inside the transaction of the act, that the task sends the run back to an earlier step."""


class DocumentWork(WorkHandler):
    """Work of which one output is a document written in the browser: `output` is its number in the step,
    `document_kind` its kind, "" for the next version of the document at work; it begins from the template of
    `template_kind`, "" for that of its kind. A companion goes along with that document: its writer signs it,
    and it is addressed to whoever signs the document."""

    output: int = 1
    document_kind: str = ""
    template_kind: str = ""
    is_companion: bool = False


class FigureKeeper:
    """What a room's rows say of a kind of document. Wherever such a document is written on, examined or
    signed, its figures are held against the rows. The base knows of none."""

    def differences(self, case: Case, content: Mapping[str, Any], on: date) -> list[str]:
        """Return in words every figure of the content that is another than the one kept."""
        return []

    def renewed(
        self, case: Case, blocks: Sequence[Mapping[str, Any]], on: date
    ) -> Sequence[Mapping[str, Any]]:
        """Return the blocks with the figures that are kept."""
        return blocks

    def missing(self, case: Case) -> list[str]:
        """Return what keeps the rows from being handed in along with a document that was written on."""
        return []

    def withdrawn(self, case: Case) -> str:
        """Say why the rows do not stand as they were handed in, "" when they do."""
        return ""

    def handed_over(self, case: Case, version: DocumentVersion, authority: Authority, at: datetime) -> None:
        """Note, inside the transaction of the act, that the document was written on and handed over."""


class StartCheck(Protocol):
    def __call__(
        self,
        *,
        version: ProcedureVersion,
        unit: OrganisationUnit,
        year: int,
        quarter: int | None,
        letter: IncomingLetter | None,
        on: date,
    ) -> None:
        """Raise a DomainError when a run must not start."""


Complete = TypeVar("Complete", bound=Callable[..., Sequence[OutputSpec]])

_handlers: dict[tuple[str, str], WorkHandler] = {}
_start_checks: list[StartCheck] = []


class AlreadyRegistered(RuntimeError):
    """Two rooms that both want the same kind of work and topic."""


def register(work: str, handler: WorkHandler, topic: str = "") -> None:
    """Offer a handler for a kind of work; with a topic, for the steps of that topic only."""
    key = (str(work), topic)
    if key in _handlers:
        raise AlreadyRegistered(key)
    _handlers[key] = handler


def handler_for(work: str, topic: str = "") -> WorkHandler:
    """Return the handler of a step: that of its topic, else that of its kind of work."""
    found = _handlers.get((str(work), topic)) or _handlers.get((str(work), ""))
    return found or _BASE


def register_figures(kind: str, keeper: FigureKeeper) -> None:
    """Answer for the figures of a kind of document."""
    if str(kind) in _keepers:
        raise AlreadyRegistered(kind)
    _keepers[str(kind)] = keeper


def keeper_of(kind: str) -> FigureKeeper:
    """Return who answers for the figures of a kind of document, the base when nobody does."""
    return _keepers.get(str(kind), _NO_FIGURES)


def writes_nothing(complete: Complete) -> Complete:
    """Mark a handler's `complete` that reads at most: its step is then written in one statement, where the
    database takes one. A subclass with a `complete` of its own is not marked by it."""
    _WRITING_NOTHING.add(complete)
    return complete


def is_silent(handler: WorkHandler) -> bool:
    """Tell whether completing a step of this handler writes nothing beside the act."""
    return type(handler).complete in _WRITING_NOTHING


def register_start_check(check: StartCheck) -> None:
    """Ask to be consulted before a run starts."""
    if check not in _start_checks:
        _start_checks.append(check)


def start_checks() -> tuple[Callable[..., None], ...]:
    return tuple(_start_checks)


_BASE = WorkHandler()
_NO_FIGURES = FigureKeeper()
_keepers: dict[str, FigureKeeper] = {}
_WRITING_NOTHING: set[Callable[..., Any]] = {WorkHandler.complete}
