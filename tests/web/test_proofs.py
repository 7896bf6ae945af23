"""A picture that proves an entry elsewhere: given at the step, seen in the history, kept in the archive."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.conftest import Visit
from tests.web.walk import Walk, load_all

from runtut.demo.rendering import scribble
from runtut.documents.models import ArchiveRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(db: None, at: datetime) -> Walk:
    load_all(at)
    return Walk(at)


def test_picture_of_an_entry_is_kept_in_history_and_archive(walk: Walk, visit: Visit) -> None:
    keeper = next(user for work, user in walk.stops() if work == "record realisation")
    task, browser = walk.tasks[0], visit(keeper)
    photo = SimpleUploadedFile("layar aplikasi.png", scribble("Terkirim"))

    sent = {"isi": "1", "kerjakan": "teruskan", "kunci": str(uuid4()), "berkas-1": photo}
    answer = browser.post(f"{walk.address}{task.uid}/kerjakan/", sent)
    walk.pass_step()

    assert answer.status_code == 302
    kept = ArchiveRecord.objects.earliest("id").enclosures.get()
    assert (kept.title, kept.file.name) == ("Bukti isian aplikasi", "layar aplikasi.png")
    link = reverse("web:berkas", args=[kept.file.uid])
    history = browser.get(walk.address).content.decode().partition('class="riwayat"')[2]
    assert f'<a href="{link}">layar aplikasi.png</a>' in history
    archive = browser.get(reverse("web:arsip")).content.decode()
    assert f'<a href="{link}">Bukti isian aplikasi</a>' in archive


def test_entry_needs_no_picture(walk: Walk, visit: Visit) -> None:
    keeper = next(user for work, user in walk.stops() if work == "record realisation")
    task = walk.tasks[0]

    page = visit(keeper).get(walk.address).content.decode()
    walk.pass_step()
    walk.pass_step()

    assert 'name="berkas-1"' in page
    assert not ArchiveRecord.objects.earliest("id").enclosures.exists()
    assert task.outputs.order_by("id")[0].text.startswith("Realisasi TW III 2026 terkunci")
