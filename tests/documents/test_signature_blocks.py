"""Signature blocks, row by row: kind x position x capacity (Permendagri 1/2023 Pasal 44)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runtut.documents.formulas.signing import By, Delegation, Group, Official, Rank, signature_of

CAMAT = Official("Camat Sukamaju", "Rina Wahyuni", "Dra.", "M.Si.", "Pembina", "198001012005012001")
BUPATI = replace(CAMAT, position="Bupati Contoh", level=Rank.HEAD_OF_REGION)
WAKIL = replace(CAMAT, position="Wakil Bupati Contoh", level=Rank.DEPUTY_HEAD)
SEKDA = replace(CAMAT, position="Sekretaris Daerah", level=Rank.REGION_SECRETARY)
FULL, BARE = "Dra. Rina Wahyuni, M.Si.", "Rina Wahyuni"
RANK, NIP = CAMAT.rank, CAMAT.nip


@pytest.mark.parametrize(
    ("official", "acting", "group", "name", "rank", "nip"),
    [
        (CAMAT, "", Group.LETTER, FULL, RANK, NIP),
        (CAMAT, "Plt.", Group.LETTER, FULL, RANK, NIP),
        (CAMAT, "Plh.", Group.LETTER, FULL, RANK, NIP),
        (CAMAT, "", Group.REGULATION, BARE, RANK, NIP),
        (CAMAT, "Plt.", Group.REGULATION, BARE, RANK, NIP),
        (CAMAT, "", Group.CHARTER, BARE, RANK, NIP),
        (BUPATI, "", Group.LETTER, FULL, "", ""),
        (BUPATI, "", Group.REGULATION, BARE, "", ""),
        (BUPATI, "", Group.CHARTER, BARE, "", ""),
        (BUPATI, "Plt.", Group.LETTER, BARE, "", ""),
        (BUPATI, "Plh.", Group.REGULATION, BARE, "", ""),
        (WAKIL, "", Group.LETTER, FULL, "", ""),
        (WAKIL, "", Group.REGULATION, BARE, "", ""),
        (SEKDA, "", Group.LETTER, FULL, "", ""),
        (SEKDA, "", Group.REGULATION, BARE, "", ""),
        (SEKDA, "Plt.", Group.LETTER, BARE, "", ""),
        (SEKDA, "Plh.", Group.LETTER, BARE, "", ""),
    ],
)
def test_name_rank_and_nip_by_kind_position_and_capacity(
    official: Official, acting: str, group: Group, name: str, rank: str, nip: str
) -> None:
    block = signature_of(replace(official, acting=acting), group=group)

    assert (block["name"], block["rank"], block["nip"], block["acting"]) == (name, rank, nip, acting)
    assert block["position"] == official.position.upper()


@pytest.mark.parametrize(
    ("delegation", "line"),
    [
        (None, ""),
        (Delegation(), ""),
        (Delegation(By.ON_BEHALF, "Camat Sukamaju"), "a.n. CAMAT SUKAMAJU"),
        (
            Delegation(By.FOR_THE_ATTENTION, "Camat Sukamaju", "Sekretaris Kecamatan"),
            "a.n. CAMAT SUKAMAJU\nSEKRETARIS KECAMATAN\nu.b.",
        ),
    ],
)
def test_lines_above_the_position_by_delegation(delegation: Delegation | None, line: str) -> None:
    assert signature_of(CAMAT, delegation=delegation)["role_line"] == line


def test_made_up_person_is_marked_and_a_vacant_chair_is_nameless() -> None:
    assert signature_of(replace(CAMAT, mark="(contoh)"))["name"] == f"{FULL} (contoh)"
    assert signature_of(Official("Camat Sukamaju", mark="(contoh)"))["name"] == ""


def test_person_without_titles_has_no_stray_signs() -> None:
    assert signature_of(replace(CAMAT, prefix="", suffix=""))["name"] == BARE
