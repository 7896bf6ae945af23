from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from runtut.accounts.models import User

PERSON = User(username="sari.wulandari", full_name="Sari Wulandari", nip="198501012010012001", region=3399)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kopi-pagi", "password_too_short"),
        ("123456789012", "password_entirely_numeric"),
        ("administrator", "password_too_common"),
        ("sari.wulandari", "password_too_similar"),
    ],
)
def test_password_rules_refuse(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, PERSON)

    assert code in [error.code for error in refusal.value.error_list]


def test_password_rules_speak_indonesian() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password("kopi-pagi", PERSON)

    assert "Kata sandi terlalu pendek" in refusal.value.messages[0]


def test_password_rules_accept_a_few_words() -> None:
    validate_password("hujan turun di sawah", PERSON)
