"""Writing an SOP in the interchange format into rows of an office's own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from runtut.organisations.models import Position
from runtut.procedures.graph import read_document
from runtut.procedures.models import Performer, Procedure, ProcedureVersion, Step, StepPerformer


def write_version(
    *,
    procedure: Procedure,
    number: int,
    document: Mapping[str, Any],
    approver: Position | None,
    **identity: str,
) -> ProcedureVersion:
    """Store a document as a draft version of an SOP, with rows of its own; nothing refers to the source.

    `identity` gives the version's own number and dates; those of the source are not taken over. Raises
    DocumentInvalid.
    """
    data = read_document(document)
    version = ProcedureVersion.objects.create(
        region=procedure.region,
        procedure=procedure,
        number=number,
        title=data["title"],
        approver_position=approver,
        legal_basis=data["legal_basis"],
        related_sops=data["related_sops"],
        qualifications=data["qualifications"],
        equipment=data["equipment"],
        warnings=data["warnings"],
        records=data["records"],
        notes=data["notes"],
        **identity,
    )
    performers = _write_performers(version, data)
    _write_steps(version, data, performers)
    return version


def _write_performers(version: ProcedureVersion, data: Mapping[str, Any]) -> dict[str, Performer]:
    roles = data.get("roles", {})
    rows = [
        Performer(version=version, sequence=sequence, name=name, role=roles.get(name, ""))
        for sequence, name in enumerate(data["performers"], start=1)
    ]
    return {performer.name: performer for performer in Performer.objects.bulk_create(rows)}


def _write_steps(
    version: ProcedureVersion, data: Mapping[str, Any], performers: Mapping[str, Performer]
) -> None:
    steps = Step.objects.bulk_create([_step(version, row) for row in data["steps"]])
    StepPerformer.objects.bulk_create(
        StepPerformer(
            step=step, performer=performers[who["name"]], mode=who["mode"], confidence=who["confidence"]
        )
        for step, row in zip(steps, data["steps"], strict=True)
        for who in row["performers"]
    )


def low_of(time: Mapping[str, Any]) -> Decimal | None:
    """The lower end of a time that is a range, as it is stored."""
    low = time.get("low")
    return None if low is None else Decimal(str(low))


def _step(version: ProcedureVersion, row: Mapping[str, Any]) -> Step:
    time = row["time"]
    return Step(
        version=version,
        no=row["no"],
        activity=row["activity"],
        label=row["label"],
        kind=row["kind"],
        work=row["work"],
        topic=row["topic"],
        requirements=row["requirements"],
        outputs=row["outputs"],
        time_text=time["text"],
        time_value=Decimal(str(time["value"])),
        time_low=low_of(time),
        time_unit=time["unit"],
        minutes=time["minutes"],
        note=row["note"],
        return_to=row["return_to"],
        return_confidence=row["return_confidence"],
        calls=row["calls"],
    )
