from __future__ import annotations

from uuid import UUID

from runtut.core import jobs
from runtut.organisations.rules import system_authority
from runtut.procedures.actions import make_collection, make_effective, read_document_given
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Collection, ProcedureVersion
from runtut.procedures.queries import IMPORT


@jobs.handler("procedures.effective")
def take_effect(message: jobs.Message) -> None:
    """Put a ratified version in force on its day; nothing to do when somebody did it first."""
    version = ProcedureVersion.objects.select_related("procedure__unit").get(uid=message.payload["version"])
    if version.state == VersionState.RATIFIED:
        make_effective(version=version, authority=system_authority(region=version.region), at=message.at)


@jobs.handler("procedures.collect")
def collect(message: jobs.Message) -> None:
    """Bind the SOPs of an office in one file."""
    collection = Collection.objects.select_related("unit").get(uid=message.payload["collection"])
    make_collection(collection=collection, at=message.at)


@jobs.handler(IMPORT)
def read_import(message: jobs.Message) -> None:
    """Read a document given for import; nothing to do when it was read before."""
    read_document_given(uid=UUID(message.payload["file"]), at=message.at)
