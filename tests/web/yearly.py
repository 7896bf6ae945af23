"""The way that the RKT and the EKT share, as their people go it in a browser: a note asks the sections, what
they hand in is composed, typed, examined, signed and sent."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.scenario import (
    BUPATI,
    TAKER,
    address_of,
    come,
    draw_signature,
    press,
    said,
    settle,
    starting,
    text_of,
)
from tests.web.walk import LOADED, load_all

from runtut.cases.models import Case, CaseEvent, Task, TaskOutput
from runtut.cases.queries import verify_events
from runtut.documents.actions import DEMO_PASSPHRASE, load_demo_signing
from runtut.documents.models import (
    ArchiveRecord,
    Delivery,
    DocumentVersion,
    OutgoingLetter,
)
from runtut.performance.actions import load_demo_plans
from runtut.procedures.queries import graph_of

HINT = re.compile(r"\[isi [^\]\n]+\]")
SECTIONS = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5", "umum", "lurah1", "lurah2")
NOTE_REASON = "Batas waktu penyampaian bahan belum disebut."
NOTE_MENDED = "Bahan disampaikan paling lambat hari Jumat."

CLASSES = {"rkt": "000.7.2", "ekt": "000.8.6.3"}


def load_office() -> None:
    """The demonstration with its plans and figures; the office signs electronically."""
    load_all()
    load_demo_signing(at=LOADED)
    load_demo_plans(at=LOADED)


def begin(page: Page, title: str, year: int, subject: str) -> str:
    """The Camat starts the run of a year with a letter of the Bupati; returns its address."""
    come(page, "camat", starting(title))
    expect(page.locator("[name=quarter]")).to_have_count(0)
    page.locator("[name=year]").select_option(str(year))
    letter = {"sender": "Bupati Contoh", "number": "000.7/2217", "date": "2026-06-29", "subject": subject}
    for name, value in letter.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "Mulai kerja ini")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{title} {year}")
    return address_of(page)


def dispose_to(page: Page, onward: str) -> None:
    page.locator("[name=instruction]").select_option(index=1)
    press(page, f"Disposisikan ke {onward}")


def write(page: Page, run: str, words: str) -> None:
    """Write the document of a step from its template: every hint is replaced, and what is to be said stands
    in it."""
    press(page, "Tulis naskah")
    box = page.locator("[name=text]")
    text = HINT.sub(words, box.input_value())
    box.fill(text if words in text else text.replace("Demikian", f"{words}\n\nDemikian"))
    press(page, "Simpan dan kembali ke kerja")
    assert page.url.endswith(run)
    said(page, "Naskah tersimpan")


def amend(page: Page, run: str, old: str, new: str) -> None:
    """Type the document at work again, with one change."""
    press(page, "Tulis naskah")
    box = page.locator("[name=text]")
    assert box.input_value().count(old) == 1
    box.fill(box.input_value().replace(old, new))
    press(page, "Simpan dan kembali ke kerja")
    assert page.url.endswith(run)


def send_back(page: Page, to: str, reason: str) -> None:
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(reason)
    press(page, f"Kembalikan ke {to}")


def paraf(page: Page, who: str, run: str, onward: str) -> None:
    """Somebody examines the newest version and parafs it."""
    settle()
    come(page, who, run)
    for box in page.locator("#isian input[type=checkbox]").all():
        box.check()
    press(page, f"Paraf dan teruskan ke {onward}")


def sign(page: Page, who: str, run: str) -> None:
    """Somebody signs electronically and passes on to the Staf."""
    settle()
    come(page, who, run)
    page.get_by_label("Frasa sandi tanda tangan").fill(DEMO_PASSPHRASE)
    press(page, "Setujui dan teruskan ke Staf")


def type_and_sign_note(page: Page, run: str) -> None:
    """The Staf types the note, the Kasubbag returns it and parafs it when it is mended, the Sekcam signs."""
    come(page, "staf", run)
    write(page, run, "")
    press(page, "Teruskan ke Kasubbag Perencanaan")
    settle()
    come(page, "perencanaan", run)
    expect(page.get_by_label("Isinya sesuai dengan yang diminta")).to_be_visible()
    send_back(page, "Staf", NOTE_REASON)
    come(page, "staf", run)
    expect(page.locator(".ulang")).to_contain_text(NOTE_REASON)
    amend(page, run, "Demikian", f"{NOTE_MENDED}\n\nDemikian")
    press(page, "Teruskan ke Kasubbag Perencanaan")
    paraf(page, "perencanaan", run, "Sekcam")
    settle()
    come(page, "sekcam", run)
    assert "{{" not in page.locator("main").inner_text()
    sign(page, "sekcam", run)
    said(page, "Langkah 6 selesai")


def send_out(page: Page, run: str, button: str, place: str) -> None:
    """The Staf sends the paper to Bappeda in the system and to the Bupati by hand, where somebody signs for
    it."""
    settle()
    come(page, "staf", run)
    page.get_by_label("Badan Perencanaan").check()
    page.locator("[name=kirim-nama]").fill(BUPATI)
    page.get_by_label("Sudah distempel").check()
    page.locator("[name=kirim-salinan]").fill("2")
    page.locator("[name=location]").fill(place)
    press(page, button)
    page.locator(".terkirim").get_by_role("link", name="Bukti terima").click()
    draw_signature(page)
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()


def newest(kind: str) -> DocumentVersion:
    rows = DocumentVersion.objects.select_related("document", "pdf").filter(document__kind=kind)
    return rows.latest("document_id", "number")


def check_run(returns: int) -> Case:
    """The run is done, each step at least once; every return counted; no event missing from the chain."""
    case = Case.objects.get()
    assert case.get_state_display() == "Selesai"
    assert CaseEvent.objects.filter(case_id=case.pk, kind="returned").count() == returns
    done = Task.objects.filter(case=case, completed_at__isnull=False)
    assert set(done.values_list("step_no", flat=True)) == set(range(1, 14))
    assert list(verify_events()) == []
    return case


def check_outputs(case: Case) -> None:
    """Every output that the SOP names is there: a disposisi, a document's version, or what was sent."""
    for step in graph_of(case.procedure_version).steps:
        for name in step.outputs:
            made = TaskOutput.objects.filter(task__case=case, task__step_no=step.no, name=name).latest("id")
            if name == "Bukti pengiriman":
                assert made.file is not None
            elif name.startswith("Disposisi"):
                assert made.disposisi is not None
            else:
                assert made.document_version is not None, name


def check_note() -> None:
    """The note went to everybody who was asked, from whoever signed it, with number and paraf."""
    settle()
    note = newest("nota_dinas")
    assert note.number == 2
    assert [one.position.short_title for one in note.endorsements.order_by("id")] == [
        "Kasubbag Perencanaan",
        "Sekcam",
    ]
    signature = note.signatures.get()
    text = text_of(signature.file)
    for words in (
        "PEMERINTAH KABUPATEN CONTOH",
        "Dari : Sekretaris Kecamatan",
        "Kepala Subbagian Umum dan Kepegawaian",
        "Kepala Seksi Kesejahteraan Sosial",
        "Lurah Karangjati",
        "surat Bupati Contoh nomor 000.7/2217 tanggal 29 Juni 2026",
        NOTE_MENDED,
        f"Nomor : {note.document.number}",
    ):
        assert words in text
    assert signature.code.replace("-", "") in text.replace("-", "")


def check_sending(paper: DocumentVersion, place: str) -> None:
    """One line of the agenda keluar, two of the buku ekspedisi, one of the archive."""
    line = OutgoingLetter.objects.get(version=paper)
    assert (line.number, line.copies, line.is_stamped) == (paper.document.number, 2, True)
    assert BUPATI in line.recipient
    by_hand = Delivery.objects.get(addressee=BUPATI)
    assert (by_hand.received_by, by_hand.copies, by_hand.paper_number) == (TAKER, 2, line.number)
    assert by_hand.proof is not None
    inside = Delivery.objects.exclude(pk=by_hand.pk).get()
    assert (inside.means, inside.to_unit.kind) == ("sistem", "badan")
    kept = ArchiveRecord.objects.get(version=paper)
    assert (kept.location, kept.archive_class.code) == (place, CLASSES[paper.document.kind])
