"""Titles that an office does not have: found, proposed, put in their place."""

from __future__ import annotations

import copy
import re

import pytest
from tests.cast import AT, TODAY, Cast, make_cast
from tests.organisations.factories import make_appointment, make_position, make_unit, make_user
from tests.procedures.factories import make_draft

from runtut.accounts.models import User
from runtut.organisations.enums import Role, UnitKind
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import authorities_of
from runtut.procedures.actions import adopt, submit_for_review, undo_edit, use_office_titles
from runtut.procedures.errors import EditImpossible, NotManager, TitleTooLong, VersionNotDraft
from runtut.procedures.graph.titles import mentions, reworded
from runtut.procedures.queries import (
    document_of,
    foreign_in_table,
    foreign_titles,
    library,
    library_entry,
    suggest_bindings,
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def dinas(cast: Cast) -> OrganisationUnit:
    """A dinas with a head, a secretary and two bidang; Tika leads its planning."""
    office = make_unit("Dinas Perikanan", UnitKind.DINAS, cast.kabupaten)
    make_position(office, Role.KEPALA_PD, "Kepala Dinas", is_head=True)
    make_position(office, Role.SEKRETARIS_PD, "Sekretaris")
    planning = make_position(office, Role.KASUBBAG_PERENCANAAN, "Kasubbag Perencanaan")
    make_appointment(make_user("tika"), planning)
    for name in ("Budi Daya", "Tangkap"):
        bidang = make_unit(f"Bidang {name}", UnitKind.BIDANG, office)
        make_position(bidang, Role.KABID, f"Kepala Bidang {name}")
    return office


def planner(office: OrganisationUnit) -> Authority:
    found = authorities_of(user=User.objects.get(username="tika"), on=TODAY)
    return next(one for one in found if one.unit_path.startswith(office.path))


def proposals(key: str, office: OrganisationUnit) -> dict[str, str]:
    return {one.mention.written: one.proposed for one in foreign_titles(library_entry(key), office)}


def words_of(document: dict[str, object]) -> str:
    """Everything of an SOP that is to speak the office's words."""
    told = {name: document[name] for name in ("title", "performers", "steps", "qualifications", "warnings")}
    return str(told)


def test_mentions_tell_where_a_title_stands() -> None:
    found = {one.term.key: one for one in mentions(library_entry("s2"))}

    assert (found["camat"].written, found["camat"].performer, found["camat"].steps) == (
        "Camat",
        True,
        (1, 2, 7),
    )
    assert found["unit_kecamatan"].identity
    assert not found["unit_kecamatan"].steps


@pytest.mark.parametrize(
    "text",
    [
        "Surat Bupati kepada Sekretaris Daerah",
        "Nota dinas dan perjalanan dinas",
        "Data Kecamatan Sukamaju",
        "Sekretaris Rapat mencatat",
        "urusan di bidang pelayanan",
    ],
)
def test_what_is_no_title_of_the_office_is_left(text: str) -> None:
    document = library_entry("s-rapat")
    document["steps"][0]["activity"] = text

    assert mentions(document) == mentions(library_entry("s-rapat"))


def test_longer_title_is_taken_before_the_shorter_in_it() -> None:
    document = library_entry("s2")
    document["steps"][0]["activity"] = "Sekretaris Camat menyampaikan kepada Camat"

    made = reworded(document, {"camat": "Kepala Dinas", "sekcam": "Sekretaris"}, {})

    assert made["steps"][0]["activity"] == "Sekretaris menyampaikan kepada Kepala Dinas"


def test_title_is_met_however_it_is_written() -> None:
    document = library_entry("s2")
    document["title"] = "EVALUASI KINERJA KECAMATAN"
    document["steps"][0]["activity"] = "Melapor kepada camat dan CAMAT"

    made = reworded(document, {"camat": "Kepala Dinas", "unit_kecamatan": "dinas"}, {})

    assert made["steps"][0]["activity"] == "Melapor kepada Kepala Dinas dan Kepala Dinas"
    assert made["title"] == "EVALUASI KINERJA DINAS"


def test_rewording_with_nothing_changes_nothing() -> None:
    for document in library():
        assert reworded(document, {}, {}) == document


def test_rewording_leaves_laws_calls_notes_and_source() -> None:
    document = library_entry("s4")
    document["steps"][1]["calls"] = "SOP Rapat Kecamatan"

    made = reworded(document, {"unit_kecamatan": "dinas", "camat": "Kepala Dinas"}, {})

    assert made["legal_basis"] == document["legal_basis"]
    assert made["notes"] == document["notes"]
    assert made["steps"][1]["calls"] == "SOP Rapat Kecamatan"
    assert made["title"] == "Evaluasi Kinerja Dinas"


def test_text_that_would_not_fit_stays() -> None:
    document = library_entry("s2")
    document["steps"][0]["label"] = "Disposisi Camat atas surat dan undangan"

    made = reworded(document, {"camat": "Kepala Dinas"}, {})

    assert made["steps"][0]["label"] == "Disposisi Camat atas surat dan undangan"


def test_performers_that_get_one_name_become_one_column() -> None:
    document = library_entry("s1")

    made = reworded(document, {"kasi": "Kepala Bidang", "kasubbag_umum": "Kepala Bidang"}, {"kasi": "kabid"})

    third = made["steps"][2]["performers"]
    assert made["performers"] == ["Staf", "Kasubbag Perencanaan", "Kepala Bidang", "Sekcam", "Camat"]
    assert [(who["name"], who["mode"]) for who in third] == [
        ("Kasubbag Perencanaan", "main"),
        ("Kepala Bidang", "joint"),
    ]


@pytest.mark.django_db
def test_office_that_has_every_title_finds_none_foreign(cast: Cast) -> None:
    make_position(cast.office.unit, Role.LURAH)
    kecamatan = [data for data in library() if data["approver"]["position"] == "Camat"]

    assert len(kecamatan) == 6
    assert all(foreign_titles(data, cast.office.unit) == [] for data in kecamatan)


@pytest.mark.django_db
def test_dinas_is_offered_its_own_titles(dinas: OrganisationUnit) -> None:
    assert proposals("s2", dinas) == {
        "Sekcam": "Sekretaris",
        "Camat": "Kepala Dinas",
        "Kasi": "Kepala Bidang",
        "kecamatan": "dinas",
        "seksi": "bidang",
    }


@pytest.mark.django_db
def test_title_without_a_match_is_named_without_a_proposal(dinas: OrganisationUnit) -> None:
    assert proposals("s4", dinas)["Lurah"] == ""


@pytest.mark.django_db
def test_kecamatan_is_offered_its_own_titles_for_a_dinas(cast: Cast) -> None:
    assert proposals("s7", cast.office.unit)["Kepala Dinas"] == "Camat"
    assert proposals("s7", cast.office.unit)["Sekretaris"] == "Sekretaris Kecamatan"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["s2", "s3"])
def test_adopting_with_the_proposals_leaves_no_foreign_title(key: str, dinas: OrganisationUnit) -> None:
    before = copy.deepcopy(library_entry(key))
    titles = {one.key: one.proposed for one in foreign_titles(before, dinas)}

    version = adopt(unit=dinas, library_key=key, authority=planner(dinas), at=AT, titles=titles)

    document = document_of(version)
    assert not re.search(r"(?i)\b(camat|sekcam|kasi|seksi|kecamatan)\b", words_of(document))
    assert foreign_titles(document, dinas) == []
    assert library_entry(key) == before
    assert document["legal_basis"] == before["legal_basis"]


@pytest.mark.django_db
def test_adopted_titles_are_bound_to_the_positions_they_name(dinas: OrganisationUnit) -> None:
    titles = {one.key: one.proposed for one in foreign_titles(library_entry("s2"), dinas)}
    version = adopt(unit=dinas, library_key="s2", authority=planner(dinas), at=AT, titles=titles)

    names = {row.pk: row.name for row in version.performers.all()}
    bound = {
        names[key]: [one.role for one in found] for key, found in suggest_bindings(version, dinas).items()
    }

    assert bound["Kepala Dinas"] == [Role.KEPALA_PD]
    assert bound["Kepala Bidang"] == [Role.KABID, Role.KABID]


@pytest.mark.django_db
def test_adopting_without_titles_copies_word_for_word(dinas: OrganisationUnit) -> None:
    version = adopt(unit=dinas, library_key="s2", authority=planner(dinas), at=AT)
    assert document_of(version)["performers"] == library_entry("s2")["performers"]


@pytest.mark.django_db
def test_title_that_is_too_long_is_refused_at_its_field(dinas: OrganisationUnit) -> None:
    with pytest.raises(TitleTooLong, match="Sebutan pengganti Camat") as refused:
        adopt(unit=dinas, library_key="s2", authority=planner(dinas), at=AT, titles={"camat": "Kepala " * 12})
    assert refused.value.field == "camat"


@pytest.mark.django_db
def test_draft_takes_the_offices_titles_and_gives_them_back(dinas: OrganisationUnit) -> None:
    tika = planner(dinas)
    version = adopt(unit=dinas, library_key="s2", authority=tika, at=AT)
    before = document_of(version)
    titles = {one.key: one.proposed for one in foreign_in_table(version)}

    use_office_titles(version=version, titles=titles, authority=tika, at=AT)
    after = document_of(version)
    undo_edit(version=version, authority=tika, at=AT)

    assert foreign_in_table(version) != []
    assert after["performers"][:2] == ["Kepala Dinas", "Sekretaris"]
    assert after["roles"]["Kepala Dinas"] == Role.KEPALA_PD
    assert not re.search(r"\b(Camat|Sekcam|Kasi|seksi)\b", str(after["steps"]))
    assert document_of(version) == before


@pytest.mark.django_db
def test_two_columns_of_a_draft_keep_apart(dinas: OrganisationUnit) -> None:
    tika = planner(dinas)
    version = adopt(unit=dinas, library_key="s2", authority=tika, at=AT)

    with pytest.raises(EditImpossible, match="Dua kolom pelaksana akan bernama Kasubbag Perencanaan"):
        use_office_titles(version=version, titles={"kasi": "Kasubbag Perencanaan"}, authority=tika, at=AT)


@pytest.mark.django_db
def test_only_a_manager_changes_titles(cast: Cast) -> None:
    version = make_draft(cast, "s7")
    with pytest.raises(NotManager):
        use_office_titles(
            version=version, titles={"kepala_pd": "Camat"}, authority=cast.authority(cast.joko), at=AT
        )


@pytest.mark.django_db
def test_version_that_left_the_draft_keeps_its_titles(dinas: OrganisationUnit) -> None:
    tika = planner(dinas)
    version = adopt(unit=dinas, library_key="s2", authority=tika, at=AT)
    submit_for_review(version=version, authority=tika, at=AT)

    with pytest.raises(VersionNotDraft):
        use_office_titles(version=version, titles={"camat": "Kepala Dinas"}, authority=tika, at=AT)
