"""The pages of meetings and of what they leave to do."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.documents.factories import PDF
from tests.performance.factories import make_indicator, make_objective
from tests.web.conftest import Visit
from tests.web.meetings import (
    FRIDAY,
    current,
    evaluation,
    hold_meeting,
    plan_meeting,
    write_down,
)
from tests.web.stage import Stage

from runtut.cases.actions.minutes import close_attendance
from runtut.cases.models import Decision, FollowUp, Invitee, Meeting, TaskDraft, TaskOutput
from runtut.documents.models import Document, DocumentVersion

pytestmark = pytest.mark.django_db

PLAN = {
    "title": "Rapat evaluasi kinerja",
    "held_on": "2026-03-02",
    "start": "09.00",
    "end": "",
    "place": "Ruang rapat",
    "agenda": "Capaian\nRencana",
    "urgency": "segera",
    "guests": "Budi Raharjo, BPS",
}


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    return plan_meeting(stage, evaluation(stage))


def kasi(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.office.people["kasi1"])


def line(meeting: Meeting, stage: Stage, key: str = "kasi1") -> Invitee:
    return meeting.invitees.get(position=stage.cast.office.positions[key])


def decided(stage: Stage, **given: str) -> dict[str, str]:
    values = {
        "versi": str(Meeting.objects.get().version),
        "discussion": "Capaian dibacakan.",
        "text-1": "Lengkapi bukti",
        "position-1": str(stage.cast.office.positions["kasi1"].uid),
        "due-1": FRIDAY.isoformat(),
    }
    return values | given


def test_the_step_leads_to_the_plan_and_the_plan_to_the_meeting(stage: Stage, visit: Visit) -> None:
    case = evaluation(stage)
    budi, seats = visit(stage.cast.budi), stage.cast.office.positions
    where = f"/rapat/siapkan/{current(case).uid}/"
    assert where in budi.get(f"/kerja/{case.uid}/").text
    chosen = {
        "chair": str(seats["sekcam"].uid),
        "secretary": str(seats["perencanaan"].uid),
        "positions": [str(seats[key].uid) for key in ("kasi1", "kasi2")],
    }

    refused = budi.post(where, PLAN | chosen | {"place": ""})
    answer = budi.post(where, PLAN | chosen)

    assert refused.status_code == 422
    assert "Tempat belum diisi." in refused.text
    made = Meeting.objects.get()
    assert answer.headers["Location"] == f"/rapat/{made.uid}/"
    assert [str(row) for row in made.invitees.order_by("sequence")][-1] == "Budi Raharjo"
    assert "Buka halaman rapat" in budi.get(f"/kerja/{case.uid}/").text


def test_a_meeting_on_a_sunday_is_asked_about_by_the_name_of_the_day(stage: Stage, visit: Visit) -> None:
    case = evaluation(stage)
    budi, seats = visit(stage.cast.budi), stage.cast.office.positions
    where = f"/rapat/siapkan/{current(case).uid}/"
    people = {"chair": "sekcam", "secretary": "perencanaan", "positions": "kasi1"}
    chosen = PLAN | {name: str(seats[key].uid) for name, key in people.items()} | {"held_on": "2026-03-08"}

    asked = budi.post(where, chosen)
    kept = budi.post(where, chosen | {"off_hours": "on"})

    assert asked.status_code == 422
    assert asked.text.count("Minggu, 8 Maret 2026 bukan hari kerja") == 3
    assert 'href="#id_held_on"' in asked.text
    assert kept.status_code == 302
    assert "Minggu, 8 Maret 2026 bukan hari kerja" in budi.get(where).text


def test_a_slip_in_the_year_of_a_meeting_is_told_on_its_form(stage: Stage, visit: Visit) -> None:
    case = evaluation(stage)
    budi, seats = visit(stage.cast.budi), stage.cast.office.positions
    where = f"/rapat/siapkan/{current(case).uid}/"
    people = {"chair": "sekcam", "secretary": "perencanaan", "positions": "kasi1"}
    chosen = PLAN | {name: str(seats[key].uid) for name, key in people.items()} | {"held_on": "0026-03-08"}

    answer = budi.post(where, chosen)

    assert answer.status_code == 422
    assert "Tanggal di tahun 26 berada di luar kalender kerja" in answer.text
    assert 'name="held_on" value="0026-03-08"' in answer.text


def test_an_invitee_says_that_they_come_and_nothing_of_others(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    client, mine, other = kasi(stage, visit), line(meeting, stage), line(meeting, stage, "kasi2")
    page = client.get(f"/rapat/{meeting.uid}/").text
    where = f"/rapat/{meeting.uid}/hadir/"

    answer = client.post(where, {f"hadir-{mine.uid}": "hadir", f"tadi-{mine.uid}": "|"})
    refused = client.post(where, {f"hadir-{other.uid}": "hadir", f"tadi-{other.uid}": "|"})

    assert "Kehadiran Anda" in page
    assert "Simpan notulen" not in page
    assert (answer.status_code, refused.status_code) == (302, 403)
    assert line(meeting, stage).state == "hadir"
    assert line(meeting, stage, "kasi2").state == ""


def test_a_list_sent_from_an_old_page_leaves_what_others_ticked(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    mine = line(meeting, stage)
    kasi(stage, visit).post(
        f"/rapat/{meeting.uid}/hadir/",
        {
            f"hadir-{mine.uid}": "diwakili",
            f"catatan-{mine.uid}": "Staf Pemerintahan",
            f"tadi-{mine.uid}": "|",
        },
    )
    sari = visit(stage.cast.sari)

    sari.post(f"/rapat/{meeting.uid}/hadir/", {f"tadi-{mine.uid}": "|", "semua": "hadir"})

    assert line(meeting, stage).full_name == "Staf Pemerintahan"
    assert line(meeting, stage, "kasi2").state == "hadir"


def test_a_guest_and_a_signed_list_are_added(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    sari = visit(stage.cast.sari)
    scan = SimpleUploadedFile("hadir.pdf", PDF)

    sari.post(f"/rapat/{meeting.uid}/peserta/", {"guest": "Budi Raharjo", "agency": "BPS"})
    sari.post(f"/rapat/{meeting.uid}/daftar/", {"daftar": scan})
    empty = sari.post(f"/rapat/{meeting.uid}/daftar/")

    page = sari.get(f"/rapat/{meeting.uid}/").text
    assert "Budi Raharjo" in page
    assert "hadir.pdf" in page
    assert empty.status_code == 422


def test_an_uploaded_list_says_who_came_and_names_may_still_be_ticked_when_it_is_closed(
    meeting: Meeting, stage: Stage, visit: Visit, at: datetime
) -> None:
    sari, where = visit(stage.cast.sari), f"/rapat/{meeting.uid}/"
    sari.post(f"{where}daftar/", {"daftar": SimpleUploadedFile("hadir.pdf", PDF)})
    refused = sari.post(f"{where}daftar/", {"daftar": SimpleUploadedFile("hadir.txt", b"Hadir semua")})
    secretary = stage.cast.office.authority("perencanaan")
    listed = close_attendance(meeting=meeting, authority=secretary, at=at)

    page = sari.get(where).text
    ticked = sari.post(f"{where}hadir/", {f"hadir-{line(meeting, stage).uid}": "hadir"}, follow=True)
    paper = sari.get(f"/dokumen/{listed.document.uid}/").text

    assert "harus berupa PDF atau foto" in refused.text
    assert "Menurut daftar bertanda tangan" in page
    assert "tidak ada daftar lain yang disusun" in page
    assert f"{where}daftar/" not in page
    assert "1 dari" in ticked.text
    assert "Kehadiran tersimpan" in ticked.text
    assert "Buka berkasnya" in paper
    assert "Unduh Word" not in paper


def test_minutes_come_back_with_what_was_typed_and_why(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    sari, where = visit(stage.cast.sari), f"/rapat/{meeting.uid}/notulen/"

    refused = sari.post(where, decided(stage, **{"due-1": "2026-03-07"}))
    saved = sari.post(where, decided(stage))
    late = sari.post(where, decided(stage, versi="1", discussion="Tulisan lama."))

    assert refused.status_code == 422
    assert "bukan hari kerja" in refused.text
    assert "Lengkapi bukti</textarea>" in refused.text
    assert saved.status_code == 302
    assert Decision.objects.get().due_on == FRIDAY
    assert late.status_code == 409
    assert "Tulisan lama." in late.text


def test_the_meeting_is_handed_over_from_the_run(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    budi, task = visit(stage.cast.budi), current(meeting.case)
    where = f"/kerja/{meeting.case.uid}/{task.uid}/kerjakan/"
    form = {"isi": "1", "kerjakan": "teruskan", "versi": str(task.case.version)}

    early = budi.post(where, form)
    write_down(stage, meeting)
    done = budi.post(where, form)

    assert early.status_code == 422
    assert "Pembahasan rapat" in early.text
    assert done.status_code == 302
    assert set(TaskOutput.objects.filter(document__isnull=False).values_list("name", flat=True)) == {
        "Daftar hadir",
        "Notulen rapat",
    }


def test_the_invitation_is_made_on_the_page_and_the_calendar_file_names_it(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    budi = visit(stage.cast.budi)

    answer = budi.post(f"/rapat/{meeting.uid}/undangan/")
    calendar = kasi(stage, visit).get(f"/rapat/{meeting.uid}/rapat.ics")

    assert answer.status_code == 302
    assert Document.objects.get(kind="undangan").state == "disetujui"
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    text = calendar.content.decode()
    assert "DTSTART:20260302T020000Z\r\n" in text
    assert "SUMMARY:Rapat evaluasi kinerja internal\r\n" in text


def test_an_item_is_reported_returned_and_approved(stage: Stage, visit: Visit) -> None:
    item = hold_meeting(stage).item
    where = f"/tindak-lanjut/{item.uid}/"
    doer, budi = kasi(stage, visit), visit(stage.cast.budi)
    assert where in doer.get("/").text
    assert where in doer.get("/tindak-lanjut/").text
    assert "Laporkan ke" in doer.get(where).text

    proof = SimpleUploadedFile("rekap.pdf", PDF)
    doer.post(f"{where}lapor/", {"report": "Bukti dilengkapi.", "bukti": proof})
    assert "Setujui sebagai selesai" in budi.get(where).text
    unsaid = budi.post(f"{where}periksa/", {"kerjakan": "kembalikan", "reason": "kurang"})
    budi.post(f"{where}periksa/", {"kerjakan": "kembalikan", "reason": "Belum ada rekap desa."})
    assert "Belum ada rekap desa." in doer.get(where).text
    doer.post(f"{where}lapor/", {"report": "Rekap desa ditambahkan."})
    budi.post(f"{where}periksa/", {"kerjakan": "setujui", "note": "Lengkap."})

    assert unsaid.status_code == 422
    found = FollowUp.objects.get()
    assert (found.state, found.returns, found.verdict) == ("disetujui", 1, "Lengkap.")
    assert found.evidence.count() == 2
    page = doer.get(where).text
    assert "Disetujui" in page
    assert "Laporkan ke" not in page
    assert where not in doer.get("/").text
    assert where in doer.get("/tindak-lanjut/?keadaan=disetujui").text


def test_evidence_is_taken_off(stage: Stage, visit: Visit) -> None:
    held = hold_meeting(stage)

    answer = kasi(stage, visit).post(f"/tindak-lanjut/bukti/{held.evidence.uid}/lepas/")

    assert answer.status_code == 302
    assert FollowUp.objects.get().evidence.count() == 0


def test_the_one_who_verifies_their_own_work_is_warned(stage: Stage, visit: Visit) -> None:
    item = hold_meeting(stage).item
    FollowUp.objects.update(state="diajukan", submitted_by=stage.cast.budi)

    assert "Anda sendiri yang melaporkan" in visit(stage.cast.budi).get(f"/tindak-lanjut/{item.uid}/").text


def test_the_agreement_and_the_report_are_asked_on_the_run(stage: Stage, visit: Visit) -> None:
    held = hold_meeting(stage)
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    where = f"/kerja/{held.case.uid}/"
    sheet = sari.get(where).text
    task = current(held.case)
    form = {"isi": "1", "kerjakan": "teruskan", "versi": str(task.case.version), "intro": "Disepakati."}

    sari.post(f"{where}{task.uid}/kerjakan/", form)

    assert "Lengkapi bukti 1" in sheet
    assert current(held.case).step_no == 3
    watching = budi.get(where).text
    assert f"reason-{held.item.uid}" in watching
    assert "Penjelasan butir 1" in watching


def test_a_proposed_conclusion_follows_what_is_verified_later(stage: Stage, visit: Visit) -> None:
    held = hold_meeting(stage)
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    where = f"/kerja/{held.case.uid}/"
    start = {"isi": "1", "kerjakan": "teruskan", "intro": "Disepakati."}
    sari.post(f"{where}{current(held.case).uid}/kerjakan/", start)
    task = current(held.case)
    shown = proposals(budi.get(where).text)
    form = {"isi": "1", "kerjakan": "teruskan", **shown, "intro": "Ditulis sendiri."}
    kasi(stage, visit).post(
        f"/tindak-lanjut/{held.item.uid}/lapor/", {"report": "Sudah.", "kerjakan": "lapor"}
    )

    refused = budi.post(f"{where}{task.uid}/kerjakan/", form)
    budi.post(f"/tindak-lanjut/{held.item.uid}/periksa/", {"kerjakan": "setujui"})
    again = budi.get(where).text
    budi.post(f"{where}{task.uid}/kerjakan/", form)

    assert refused.status_code == 422
    assert shown["summary"] == "Dari 1 butir, 0 sudah selesai dan diperiksa; 1 butir masih dikerjakan."
    assert proposals(again)["summary"] == "Satu-satunya butir sudah selesai dan diperiksa."
    assert proposals(again)["intro"] == "Ditulis sendiri."
    text = str(DocumentVersion.objects.get(document__kind="laporan").content)
    assert "Satu-satunya butir sudah selesai dan diperiksa." in text
    assert "Ditulis sendiri." in text


def test_a_conclusion_written_before_the_figures_changed_shows_what_is_proposed_now(
    stage: Stage, visit: Visit
) -> None:
    held = hold_meeting(stage)
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    where = f"/kerja/{held.case.uid}/"
    start = {"isi": "1", "kerjakan": "teruskan", "intro": "Disepakati."}
    sari.post(f"{where}{current(held.case).uid}/kerjakan/", start)
    task = current(held.case)
    shown = proposals(budi.get(where).text)
    form = {"isi": "1", "kerjakan": "simpan", **shown, "summary": "Satu butir belum."}
    budi.post(f"{where}{task.uid}/kerjakan/", form)
    before = budi.get(where).text
    kasi(stage, visit).post(
        f"/tindak-lanjut/{held.item.uid}/lapor/", {"report": "Sudah.", "kerjakan": "lapor"}
    )
    budi.post(f"/tindak-lanjut/{held.item.uid}/periksa/", {"kerjakan": "setujui"})

    told = budi.get(where).text
    budi.post(f"{where}{task.uid}/kerjakan/", {**form, **proposals(told)})
    kept = TaskDraft.objects.get(task=task).data
    budi.post(f"{where}{task.uid}/kerjakan/", {**form, **proposals(told), "kerjakan": "usulan:summary"})
    taken = budi.get(where).text

    now = "Satu-satunya butir sudah selesai dan diperiksa."
    assert "Pakai usulan sekarang" not in before
    sheet = told.partition('id="isian"')[2]
    pressed_by_enter = re.search(r'<button[^>]*type="submit"[^>]*>', sheet)
    assert pressed_by_enter and 'value="simpan"' in pressed_by_enter[0], "Enter gives up nothing written"
    assert "Angkanya berubah sesudah kalimat ini Anda tulis." in told
    assert f"Usulan waktu itu: {shown['summary']}" in told
    assert f"Usulan sekarang: {now}" in told
    assert proposals(told)["summary"] == "Satu butir belum."
    assert kept["overtaken"] == ["Kesimpulan"], "kept as it was: still told"
    assert "Pakai usulan sekarang" not in taken
    assert proposals(taken)["summary"] == now
    assert "overtaken" not in TaskDraft.objects.get(task=task).data


def test_a_conclusion_written_anew_beside_the_new_proposal_is_not_told_again(
    stage: Stage, visit: Visit
) -> None:
    held = hold_meeting(stage)
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    where = f"/kerja/{held.case.uid}/"
    start = {"isi": "1", "kerjakan": "teruskan", "intro": "Disepakati."}
    sari.post(f"{where}{current(held.case).uid}/kerjakan/", start)
    task = current(held.case)
    form = {"isi": "1", "kerjakan": "simpan", **proposals(budi.get(where).text), "summary": "Belum."}
    budi.post(f"{where}{task.uid}/kerjakan/", form)
    kasi(stage, visit).post(
        f"/tindak-lanjut/{held.item.uid}/lapor/", {"report": "Sudah.", "kerjakan": "lapor"}
    )
    budi.post(f"/tindak-lanjut/{held.item.uid}/periksa/", {"kerjakan": "setujui"})

    told = proposals(budi.get(where).text)
    budi.post(f"{where}{task.uid}/kerjakan/", {**form, **told, "summary": "Semua butir selesai."})

    again = budi.get(where).text
    assert "Pakai usulan sekarang" not in again
    assert proposals(again)["summary"] == "Semua butir selesai."


def proposals(page: str) -> dict[str, str]:
    """The proposed texts of a sheet with what names them, as a browser sends them back."""
    areas = dict(re.findall(r'<textarea name="(intro|summary)"[^>]*>\n?([^<]*)<', page))
    marks = re.findall(r'<input type="hidden" name="(usulan-\w+)" value="(\w+)"', page)
    return {name: html.unescape(text).strip() for name, text in areas.items()} | dict(marks)


def test_a_meeting_leads_to_the_figures_and_plans_that_it_speaks_of(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    where, reader = f"/rapat/{meeting.uid}/", visit(stage.cast.sari)
    assert "Bahan:" not in reader.get(where).text
    make_indicator(make_objective(stage.cast.office.unit), stage.cast.office.positions["kasi1"])

    shown = reader.get(where).text

    address = html.escape(f"/kinerja/?unit={stage.cast.office.unit.uid}&tahun={meeting.case.year}&tw=")
    assert f'Bahan: <a href="{address}' in shown
    assert f">RKT {meeting.case.year}</a>" in shown


@pytest.mark.parametrize("page", ["rapat", "tindak", "run", "beranda"])
def test_a_page_asks_as_often_for_three_items_as_for_one(page: str, stage: Stage, visit: Visit) -> None:
    held = hold_meeting(stage)
    where = {
        "rapat": f"/rapat/{held.meeting.uid}/",
        "tindak": "/tindak-lanjut/",
        "run": f"/kerja/{held.case.uid}/",
        "beranda": "/",
    }[page]
    reader = visit(stage.cast.sari if page in {"rapat", "run"} else stage.cast.office.people["kasi1"])
    counts = []
    for more in (0, 2):
        copy_items(held.item, more)
        reader.get(where)
        with CaptureQueriesContext(connection) as queries:
            reader.get(where)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def copy_items(item: FollowUp, number: int) -> None:
    """More decisions and items like one."""
    for n in range(number):
        decision = Decision.objects.get(pk=item.decision_id)
        Decision.objects.create(
            meeting=decision.meeting,
            region=decision.region,
            sequence=n + 2,
            text=f"Lagi {n}",
            position=decision.position,
            due_on=decision.due_on,
        )
        FollowUp.objects.create(
            region=item.region,
            case=item.case,
            unit=item.unit,
            sequence=n + 2,
            text=f"Lagi {n}",
            position=item.position,
            verifier=item.verifier,
            due_on=item.due_on,
            due_at=item.due_at,
            created_at=item.created_at,
        )


def test_minutes_typed_are_kept_whichever_button_of_the_page_is_pressed(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    sari, where = visit(stage.cast.sari), f"/rapat/{meeting.uid}/"
    sheet = hidden(sari.get(where).text) | decided(stage)

    answer = sari.post(f"{where}hadir/", sheet | {"semua": "hadir", "guest": "Budi Raharjo"})
    again = hidden(sari.get(where).text)
    write_elsewhere(stage)
    unchanged = sari.post(f"{where}undangan/", sheet | again | {"discussion": "Capaian dibacakan."})

    assert (answer.status_code, unchanged.status_code) == (302, 302)
    assert not Invitee.objects.exclude(state="hadir").exists()
    assert Invitee.objects.filter(guest="Budi Raharjo").exists()
    assert Meeting.objects.get().discussion == "Ditulis rekan."
    assert Decision.objects.get().text == "Lengkapi bukti"


def test_a_meeting_off_hours_is_not_moved_to_another_odd_time_by_a_slip(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    sari, where = visit(stage.cast.sari), f"/rapat/{meeting.uid}/pindah/"
    Meeting.objects.update(starts_at=datetime(2026, 3, 8, 2, tzinfo=UTC), ends_at=None)

    box = re.search(r'<input[^>]*name="off_hours"[^>]*>', sari.get(where).text)

    assert box and "checked" not in box[0]


def write_elsewhere(stage: Stage) -> None:
    """A colleague writes while the page stands open."""
    Meeting.objects.update(discussion="Ditulis rekan.", version=F("version") + 1)


def hidden(page: str) -> dict[str, str]:
    """The hidden controls of the page, as a browser sends them back."""
    found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    return {name: value for name, value in found.items() if not name.startswith("csrf")}


def test_what_one_part_refuses_does_not_lose_another(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    sari, where, mine = visit(stage.cast.sari), f"/rapat/{meeting.uid}/", line(meeting, stage)
    tick = {f"hadir-{mine.uid}": "hadir"}

    answer = sari.post(
        f"{where}hadir/", hidden(sari.get(where).text) | decided(stage, **{"due-1": "2026-03-07"}) | tick
    )

    assert answer.status_code == 422
    assert "Lengkapi bukti</textarea>" in answer.text
    assert "bukan hari kerja" in answer.text
    assert line(meeting, stage).state == "hadir"


def test_minutes_are_saved_while_they_are_typed(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    sari, where = visit(stage.cast.sari), f"/rapat/{meeting.uid}/"
    sheet = hidden(sari.get(where).text) | decided(stage) | {"otomatis": "1", "kerjakan": "simpan"}
    half = {f"hadir-{line(meeting, stage).uid}": "diwakili", "guest": "Budi"}

    first = sari.post(f"{where}notulen/", sheet | half).json()
    second = sari.post(f"{where}notulen/", sheet | first["versi"] | {"discussion": "Lanjut."}).json()
    refused = sari.post(f"{where}notulen/", sheet | first["versi"] | {"discussion": "Lama."}).json()

    assert first["galat"] == {"guest": "Tekan Tambahkan sebagai hadir agar tamu masuk daftar."}
    assert second["galat"] == {}
    assert "diubah orang lain" in refused["galat"]["notulen"]
    assert refused["versi"] == {}
    assert Meeting.objects.get().discussion == "Lanjut."
    assert str(Decision.objects.get().uid) == first["versi"]["uid-1"]
    assert line(meeting, stage).state == ""
