"""The official form of the library's SOPs, as an office would have it."""

from __future__ import annotations

import json
from pathlib import Path

import runtut.procedures
from runtut.procedures.graph import graph_of_document
from runtut.procedures.rendering.paper import Approver, Flowchart, FormFacts

FOLDER = Path(runtut.procedures.__file__).parent / "data" / "library"
CODE = "ABCD1234EFGH"
LISTS = (
    ("Dasar hukum", "legal_basis"),
    ("Kualifikasi pelaksana", "qualifications"),
    ("Keterkaitan", "related_sops"),
    ("Peralatan dan perlengkapan", "equipment"),
    ("Peringatan", "warnings"),
    ("Pencatatan dan pendataan", "records"),
)


def facts_of(key: str) -> FormFacts:
    """An SOP of the library in force in a made-up office."""
    document = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    return FormFacts(
        government="PEMERINTAH KABUPATEN CONTOH",
        office="KECAMATAN SUKAMAJU",
        address="Jalan Raya Sukamaju Nomor 1, Sukamaju",
        title=document["title"],
        number=f"000.8.3.3/{key[1:]}/KEC.SKM/2026",
        created="9 Januari 2026",
        revised="",
        effective="2 Maret 2026",
        approver=Approver(
            "Camat Sukamaju", "Drs. Budi Santoso, M.Si.", "Pembina Tingkat I", "197802201996121001"
        ),
        lists=tuple((heading, document[name]) for heading, name in LISTS),
        charts=(Flowchart(document["title"], graph_of_document(document), document),),
        version="versi 1",
        is_draft=False,
        code=CODE,
        url=f"https://runtut.example/periksa/{CODE}/",
    )
