"""What Beranda shows while the past of the made-up office is being lived."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.walk import BACKEND

from runtut.accounts.models import User
from runtut.config.commands.data import load_demonstration
from runtut.core import clock
from runtut.core.models import OutboxMessage
from runtut.demo.actions import live_year

pytestmark = pytest.mark.django_db

UNTIL = datetime(2026, 11, 20, 3, tzinfo=UTC)
BEING_LIVED = "Riwayat kerja contoh sedang disusun"


def home(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_beranda_says_how_far_the_past_is(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr(clock, "now", lambda: UNTIL)
    load_demonstration(at=UNTIL)

    before = home("camat.sukamaju")
    live_year(until=UNTIL, moves=3)
    begun = home("camat.sukamaju")
    elsewhere = home("camat.sukasari")
    OutboxMessage.objects.filter(topic="demo.year").update(sent_at=UNTIL)
    after = home("camat.sukamaju")

    assert BEING_LIVED in before and "Baru dimulai." in before
    assert BEING_LIVED in begun and "sudah sampai 4 November 2024." in begun
    assert 'value="4"' in begun
    assert BEING_LIVED not in elsewhere
    assert BEING_LIVED not in after and "Penyusunan Rencana Kinerja Tahunan 2025" in after
