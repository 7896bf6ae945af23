from __future__ import annotations

import pytest

from runtut.documents.engine import sealing

FEW = 2**4


@pytest.fixture(autouse=True)
def passphrases_are_stretched_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office signs dozens of papers here; what a passphrase costs whoever guesses it is tests/documents'
    to prove."""
    monkeypatch.setattr(sealing, "WORK", FEW)
