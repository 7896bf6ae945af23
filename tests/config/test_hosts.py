from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_foreign_host_name_is_refused_with_a_page(client: Client) -> None:
    answer = client.get("/masuk/", headers={"host": "lain.example"})

    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
