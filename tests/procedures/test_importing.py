"""Documents given for import: read behind the page, retried, saved as drafts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.importing import drawn

from runtut.core import jobs
from runtut.organisations.models import Position
from runtut.procedures.actions import draft_next_version, give_documents, retry_import, save_import
from runtut.procedures.enums import ImportState, VersionState
from runtut.procedures.errors import (
    AlreadyImported,
    AlreadyOwned,
    ImportNotFailed,
    ImportTitleMissing,
    NothingToImport,
    NotManager,
    PositionOutsideOffice,
    TooManyFiles,
)
from runtut.procedures.graph import read_document
from runtut.procedures.importing import Unreadable, apart, draft_document, picture_apart, read_apart
from runtut.procedures.models import ImportedFile, ProcedureVersion
from runtut.procedures.queries import document_of, imports_of, proposed_approver

pytestmark = pytest.mark.django_db

TEXT = drawn.as_text(*drawn.example()).encode()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def given(cast: Cast, *files: tuple[str, bytes]) -> list[ImportedFile]:
    sari = cast.authority(cast.sari)
    made = give_documents(unit=cast.office.unit, files=files or [("sop.txt", TEXT)], authority=sari, at=AT)
    while jobs.drain(at=AT):
        pass
    for imported in made:
        imported.refresh_from_db()
    return made


def save(  # type: ignore[no-untyped-def]
    cast: Cast, imported: ImportedFile, approver: Position | None = None, **changes: Any
):
    confirmed = {**imported.found["sops"][0], **changes}
    sari = cast.authority(cast.sari)
    return save_import(
        imported=imported, index=0, confirmed=confirmed, approver=approver, authority=sari, at=AT
    )


def test_documents_are_read_one_by_one_and_a_bad_one_stops_no_other(cast: Cast) -> None:
    bad, good, empty = given(
        cast, ("rusak.pdf", b"%PDF-1.7"), ("sop.txt", TEXT), ("surat.txt", b"Yth. Camat")
    )

    assert [bad.state, good.state, empty.state] == [ImportState.FAILED, ImportState.READ, ImportState.FAILED]
    assert "rusak" in bad.why
    assert "Tidak ditemukan SOP" in empty.why
    assert good.found["sops"][0]["title"] == drawn.TOPICS[0]
    assert good.found["lines"]
    listed = imports_of(cast.office.unit, most=9)
    assert [row.imported.name for row in listed.rows] == ["surat.txt", "sop.txt", "rusak.pdf"]
    assert not listed.is_waiting


def test_progress_counts_what_was_given_with_those_that_wait(cast: Cast) -> None:
    given(cast)
    sari = cast.authority(cast.sari)
    files = [("satu.txt", TEXT), ("dua.txt", TEXT)]
    first, _ = give_documents(unit=cast.office.unit, files=files, authority=sari, at=AT + timedelta(hours=1))
    assert (imports_of(cast.office.unit, most=1).done, imports_of(cast.office.unit, most=1).total) == (0, 2)
    ImportedFile.objects.filter(pk=first.pk).update(state=ImportState.READ)
    listed = imports_of(cast.office.unit, start=1, most=1)
    assert (listed.done, listed.total, listed.is_waiting) == (1, 2, True)
    assert [row.imported.name for row in listed.rows] == ["satu.txt"]


def test_bad_document_is_read_again_when_asked(cast: Cast) -> None:
    (bad,) = given(cast, ("rusak.pdf", b"%PDF-1.7"))
    ImportedFile.objects.filter(pk=bad.pk).update(content=TEXT, name="sop.txt")

    retry_import(imported=bad, authority=cast.authority(cast.sari), at=AT)
    while jobs.drain(at=AT):
        pass
    bad.refresh_from_db()

    assert (bad.state, bad.why) == (ImportState.READ, "")
    with pytest.raises(ImportNotFailed):
        retry_import(imported=bad, authority=cast.authority(cast.sari), at=AT)


def test_saved_sop_is_a_draft_with_everything_that_was_read(cast: Cast) -> None:
    (imported,) = given(cast)

    version = save(cast, imported)

    assert (version.state, version.title) == (VersionState.DRAFT, drawn.TOPICS[0])
    assert (version.sop_number, version.created_date) == ("000.8.3/12/DC/2024", "2024-01-09")
    assert version.legal_basis == list(drawn.LISTS["legal_basis"])
    steps = list(version.steps.order_by("no"))
    assert [step.minutes for step in steps] == [15, 15, 15]
    assert [step.kind for step in steps] == ["start", "process", "end"]
    assert any(note.startswith("Keraguan:") for note in version.notes)
    imported.refresh_from_db()
    assert (imported.state, imported.content) == (ImportState.SAVED, None)


def test_nothing_uncertain_blocks_saving(cast: Cast) -> None:
    (imported,) = given(cast)
    step = {**imported.found["sops"][0]["steps"][0], "performers": [], "activity": "", "outputs": []}
    free = {"text": "Disesuaikan", "value": None, "unit": "", "minutes": None}

    version = save(cast, imported, performers=[], steps=[{**step, "time": free}], number="", doubts=[])

    assert [(one.time_text, one.minutes) for one in version.steps.all()] == [("Disesuaikan", 0)]


def test_a_range_of_time_is_kept_with_both_ends_and_counted_by_its_upper_one(cast: Cast) -> None:
    text = TEXT.replace(b"15 menit", b"2-3 hari", 1)
    (imported,) = given(cast, ("sop.txt", text))

    version = save(cast, imported)

    ranged = next(one for one in version.steps.all() if one.time_text == "2-3 hari")
    assert (ranged.time_low, ranged.time_value, ranged.time_unit, ranged.minutes) == (2, 3, "hari", 1350)
    time = next(step["time"] for step in document_of(version)["steps"] if step["no"] == ranged.no)
    assert (time["low"], time["high"], time["value"]) == (2, 3, 3)
    assert read_document(document_of(version))
    assert "Keraguan: Waktu “2-3 hari” berupa rentang; dihitung ujung atasnya." in version.notes


def test_second_saving_of_the_same_sop_is_refused(cast: Cast) -> None:
    (imported,) = given(cast)
    save(cast, imported)

    with pytest.raises(AlreadyImported):
        save(cast, imported)
    (again,) = given(cast)
    for title in (imported.found["sops"][0]["title"], imported.found["sops"][0]["title"].upper()):
        with pytest.raises(AlreadyOwned):
            save(cast, again, title=title)
    with pytest.raises(ImportTitleMissing):
        save(cast, again, title=" ")


def test_who_does_not_manage_imports_nothing(cast: Cast) -> None:
    staff = cast.office.authority("staf")

    with pytest.raises(NotManager):
        give_documents(unit=cast.office.unit, files=[("sop.txt", TEXT)], authority=staff, at=AT)
    assert not ImportedFile.objects.exists()


def test_no_file_and_too_many_are_refused(cast: Cast) -> None:
    sari = cast.authority(cast.sari)

    with pytest.raises(NothingToImport):
        give_documents(unit=cast.office.unit, files=[], authority=sari, at=AT)
    with pytest.raises(TooManyFiles):
        give_documents(unit=cast.office.unit, files=[("a.txt", b"x")] * 201, authority=sari, at=AT)


def test_reading_apart_is_stopped_at_its_limit() -> None:
    with pytest.raises(Unreadable, match="waktu atau memori"):
        read_apart("sop.txt", TEXT, timeout=0.001)


def test_ctrl_c_in_the_workers_terminal_does_not_pass_for_a_bad_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "import json, os\nprint(json.dumps({'own_group': os.getpgrp() == os.getpid()}))\n"
    (tmp_path / "stranger.py").write_text(told)
    monkeypatch.setattr(apart, "HERE", tmp_path)

    assert read_apart("sop.txt", TEXT) == {"own_group": True}


def test_draft_keeps_to_the_lengths_of_the_form() -> None:
    found = {**read_apart("sop.txt", TEXT)["sops"][0], "title": "Judul " * 80}
    found["steps"][0]["activity"] = "Mencatat " * 60
    document = draft_document(found)

    assert len(document["title"]) == 200
    assert len(document["steps"][0]["activity"]) == 300
    assert document["steps"][0]["work"] == "record"


def test_position_that_is_not_of_the_office_cannot_approve(cast: Cast) -> None:
    (imported,) = given(cast)
    elsewhere = cast.other_office.positions["camat"]

    with pytest.raises(PositionOutsideOffice) as refusal:
        save(cast, imported, approver=elsewhere)
    assert refusal.value.field == "approver"


@pytest.mark.parametrize(
    ("written", "key"),
    [("SEKRETARIS KECAMATAN SUKAMAJU", "sekcam"), ("Kepala Dinas", "camat"), ("", "camat")],
)
def test_approver_is_whom_the_document_names_else_the_head(cast: Cast, written: str, key: str) -> None:
    assert proposed_approver(cast.office.unit, written) == cast.office.positions[key]


def test_next_version_keeps_its_approver_while_there_is_one(cast: Cast) -> None:
    (imported,) = given(cast)
    secretary = cast.office.positions["sekcam"]
    version = save(cast, imported, approver=secretary)
    ProcedureVersion.objects.filter(pk=version.pk).update(state=VersionState.EFFECTIVE)
    sari = cast.authority(cast.sari)
    following = draft_next_version(procedure=version.procedure, authority=sari, at=AT)
    ProcedureVersion.objects.filter(pk=following.pk).update(state=VersionState.SUPERSEDED)
    Position.objects.filter(pk=secretary.pk).update(is_active=False)
    last = draft_next_version(procedure=version.procedure, authority=sari, at=AT)

    assert following.approver_position == secretary
    assert last.approver_position == cast.office.positions["camat"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 rusak", TEXT])
def test_page_that_cannot_be_drawn_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        picture_apart(1, content)
