"""Every address: closed to the anonymous, closed to strangers, and reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from tests.cast import AT
from tests.documents.factories import make_delivery, make_letter, make_outgoing
from tests.performance.factories import make_plan
from tests.procedures.factories import make_import
from tests.web.conftest import Visit
from tests.web.instruments import draft_instrument, evaluation_run, given_file
from tests.web.meetings import hold_meeting
from tests.web.stage import Stage, make_manuscript, start_run

from runtut.cases.models import Case
from runtut.documents.models import Delivery, IncomingLetter
from runtut.performance.models import SectionFile, SectionReport
from runtut.procedures.actions import adopt, comment_on_version, request_collection
from runtut.procedures.models import Collection, Step
from runtut.web.urls import urlpatterns

pytestmark = pytest.mark.django_db

OPEN = {"masuk", "periksa", "periksa_kode"}
OF_AN_OFFICE = ("sop_", "berkas", "dokumen", "run", "naskah", "rapat", "tindak_", "instrumen", "himpunan_")
ADMINISTRATION = "pengaturan/"


def patterns() -> Iterator[URLPattern]:
    yield from (pattern for pattern in urlpatterns if isinstance(pattern, URLPattern))


NAMES = [str(pattern.name) for pattern in patterns()]
ADMINISTRATORS = [str(one.name) for one in patterns() if str(one.pattern).startswith(ADMINISTRATION)]


def address(name: str, stage: Stage) -> str:
    """The address of a page about something of Sukamaju."""
    office = stage.cast.office
    camat = office.positions["camat"]
    sekcam = office.positions["sekcam"]
    subjects: dict[str, dict[str, object]] = {
        "sop_ikat": {"uid": stage.version.procedure.uid, "version": 1, "sequence": 1},
        "sop_pantau": {"uid": checkup_of(stage)},
        "sop_pantau_alih": {"uid": checkup_of(stage)},
        "sop_pantau_rancang": {"uid": checkup_of(stage)},
        "sop_pantau_form": {"uid": checkup_of(stage), "form": "pdf"},
        "sop_waktu": {"uid": stage.version.procedure.uid, "version": 1},
        "sop_lembar": {"uid": stage.version.procedure.uid, "version": 1, "form": "pdf"},
        "sop_resmi": {"uid": stage.version.procedure.uid, "version": 1, "sheet": "a4", "form": "pdf"},
        "sop_bpmn": {"uid": stage.version.procedure.uid, "version": 1},
        "daftar_sop": {"form": "xlsx"},
        "pustaka_rinci": {"key": "s7"},
        "berkas": {"uid": stage.file.uid},
        "berkas_kecil": {"uid": stage.file.uid},
        "dokumen": {"uid": stage.document.uid, "form": "pdf"},
        "dokumen_rinci": {"uid": stage.document.document.uid},
        "dokumen_nomor": {"uid": stage.document.document.uid},
        "dokumen_pindaian": {"uid": stage.document.document.uid},
        "dokumen_baca": {"uid": stage.document.document.uid},
        "dokumen_banding": {"uid": stage.document.document.uid},
        "templat": {"uid": office.unit.uid, "kind": "nota_dinas"},
        "templat_pdf": {"uid": office.unit.uid, "kind": "nota_dinas"},
        "templat_lepas": {"uid": office.unit.uid, "kind": "nota_dinas"},
        "jabatan": {"uid": camat.uid},
        "jabatan_nama": {"uid": camat.uid},
        "jabatan_tutup": {"uid": camat.uid},
        "angkat": {"uid": camat.uid},
        "mandat": {"uid": camat.uid},
        "angkat_akhiri": {"uid": sekcam.appointments.get().uid},
        "mandat_akhiri": {"uid": stage.cast.mandate.uid},
        "mandat_perpanjang": {"uid": stage.cast.mandate.uid},
        "pengawasan_akhiri": {"uid": stage.cast.admin.oversights.get().uid},
        "kalender": {"uid": stage.calendar.uid},
        "libur_baru": {"uid": stage.calendar.uid},
        "libur_hapus": {"uid": stage.calendar.uid, "day": stage.calendar.holidays.first().date},
        "jam": {"uid": stage.calendar.uid},
        "jra_baris": {"code": "000.7"},
        "unit_pola": {"uid": office.unit.uid, "kind": "keluar"},
        **run_subjects(name, stage),
        **meeting_subjects(name, stage),
        **instrument_subjects(name, stage),
        **letter_subjects(name, stage),
        **plan_subjects(name, stage),
        **draft_subjects(name, stage),
        **import_subjects(name, stage),
    }
    pattern = next(one for one in patterns() if one.name == name)
    if not pattern.pattern.converters:
        return reverse(f"web:{name}")
    if name.startswith("sop"):
        return reverse(f"web:{name}", kwargs=subjects.get(name, {"uid": stage.version.procedure.uid}))
    if name.startswith("orang"):
        return reverse(f"web:{name}", kwargs={"uid": stage.cast.sari.uid})
    return reverse(f"web:{name}", kwargs=subjects.get(name, {"uid": office.unit.uid}))


def run_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of a run are about: one that waits for its first step."""
    if name == "run_instrumen":
        return {name: {"uid": evaluation_run(stage).uid}}
    if not name.startswith(("run", "naskah")):
        return {}
    case = Case.objects.first() or start_run(stage, AT)
    task = case.tasks.get()
    report = part_of(case, stage) if name.startswith("run_bagian") else None
    if name.startswith("naskah"):
        return {name: {"uid": make_manuscript(task, stage.cast.budi, AT).uid}}
    return {
        "run_bagian": {"uid": case.uid},
        "run_bagian_ingatkan": {"uid": case.uid},
        "run_bagian_balik": {"uid": case.uid, "position_uid": stage.cast.office.positions["kasi1"].uid},
        "run_bagian_lepas": {"uid": case.uid, "file_uid": report.files.get().uid if report else None},
        "run": {"uid": case.uid},
        "run_arsip": {"uid": case.uid},
        "run_work": {"uid": case.uid, "task_uid": task.uid},
        "run_return": {"uid": case.uid, "task_uid": task.uid},
        "run_write": {"uid": case.uid, "task_uid": task.uid, "output": 2},
        "run_preview": {"uid": case.uid, "task_uid": task.uid},
        "run_call": {"uid": case.uid, "task_uid": task.uid},
        "run_take": {"uid": case.uid, "task_uid": task.uid},
        "run_release": {"uid": case.uid, "task_uid": task.uid},
        "run_steer": {"uid": case.uid, "act": "jeda"},
    }


LETTER_PAGES = ("surat_rinci", "surat_disposisi", "surat_baca", "surat_kerjakan", "surat_lembar")
DELIVERY_PAGES = ("kiriman", "kiriman_berkas", "surat_terima", "keluar_batal")


def letter_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of letters and deliveries are about."""
    if name == "keluar_batal":
        return {name: {"uid": make_outgoing(stage.cast).uid}}
    if name in DELIVERY_PAGES:
        delivery = Delivery.objects.first() or make_delivery(stage.cast, file=stage.file)
        return {name: {"uid": delivery.uid, **({"which": "surat"} if name == "kiriman_berkas" else {})}}
    if name not in LETTER_PAGES:
        return {"buku": {"name": "masuk", "form": "xlsx"}}
    letter = IncomingLetter.objects.first() or make_letter(stage.cast)
    return {name: {"uid": letter.uid, **({"form": "pdf"} if name == "surat_lembar" else {})}}


PLANS = (
    "renstra_ubah",
    "renstra_xlsx",
    "tujuan",
    "tujuan_baru",
    "sasaran",
    "sasaran_baru",
    "indikator",
    "indikator_baru",
    "indikator_ubah",
    "rkt_tarik",
    "rkt_kegiatan",
    "rkt_kegiatan_baru",
    "rkt_kegiatan_hapus",
)
"""Pages about a row of somebody's plans."""


def plan_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of the plans are about."""
    if name not in PLANS:
        return {}
    plan = make_plan(stage.cast.office)
    indicator = plan.indicators[0]
    of_renstra = {"uid": plan.renstra.uid}
    of_indicator = {"uid": indicator.uid}
    of_item = {"uid": plan.item.uid}
    return {
        "renstra_ubah": of_renstra,
        "renstra_xlsx": of_renstra,
        "tujuan_baru": of_renstra,
        "tujuan": {"uid": plan.goal.uid},
        "sasaran_baru": {"uid": plan.goal.uid},
        "sasaran": {"uid": indicator.objective.uid},
        "indikator_baru": {"uid": indicator.objective.uid},
        "indikator": of_indicator,
        "indikator_ubah": of_indicator,
        "rkt_tarik": {"uid": plan.rkt.uid},
        "rkt_kegiatan_baru": {"uid": plan.rkt.uid},
        "rkt_kegiatan": of_item,
        "rkt_kegiatan_hapus": of_item,
    }


def part_of(case: Case, stage: Stage) -> SectionReport:
    """A section's part with a file, of a run whose first step asks the sections."""
    Step.objects.filter(version=case.procedure_version, no=1).update(topic="section_material")
    report, made = SectionReport.objects.get_or_create(
        case=case,
        kind="rkt",
        position=stage.cast.office.positions["kasi1"],
        defaults={"region": case.region},
    )
    if made:
        SectionFile.objects.create(region=case.region, report=report, file=stage.file, added_at=AT)
    return report


def meeting_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of meetings and follow-up are about: one that left one item to do."""
    if not name.startswith(("rapat", "tindak_")):
        return {}
    held = hold_meeting(stage)
    uid = held.meeting.uid
    if name == "rapat_siapkan":
        return {name: {"task_uid": held.task.uid}}
    if name.startswith("rapat"):
        return {name: {"uid": uid}}
    return {name: {"uid": held.evidence.uid if name == "tindak_lepas" else held.item.uid}}


def instrument_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of instruments are about."""
    if not name.startswith("instrumen"):
        return {}
    if name == "instrumen_isi_lepas":
        return {name: {"uid": given_file(stage).uid}}
    made = draft_instrument(stage)
    section = made.sections.order_by("sequence")[0]
    if name in {"instrumen_butir", "instrumen_butir_geser", "instrumen_butir_hapus"}:
        return {name: {"uid": section.questions.order_by("sequence")[0].uid}}
    whole = name in {"instrumen", "instrumen_isi", "instrumen_ingatkan", "instrumen_bagian_baru"}
    return {name: {"uid": made.uid if whole else section.uid}}


def checkup_of(stage: Stage) -> object:
    return stage.version.checkups.order_by("id")[0].uid


OF_A_DRAFT = (
    "sop_identitas",
    "sop_langkah",
    "sop_sebutan",
    "sop_kesampingkan",
    "sop_tampilkan",
    "sop_komentar",
    "sop_jawab",
    "sop_selesai",
    "sop_cabut",
    "sop_susun",
    "sop_ubah",
    "sop_batal",
    "sop_ulang",
    "sop_kabar",
    "sop_susun_lembar",
)


def bound(stage: Stage) -> Collection:
    """A himpunan that was asked for."""
    office = stage.cast.office
    return request_collection(
        unit=office.unit,
        year=2026,
        sheet="a4",
        decree_number="",
        decree_date=None,
        authority=office.authority("perencanaan"),
        at=AT,
    )


def draft_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages that change a draft are about."""
    if name == "himpunan_keputusan":
        return {name: {"uid": bound(stage).uid}}
    if name not in OF_A_DRAFT:
        return {}
    office = stage.cast.office
    draft = adopt(unit=office.unit, library_key="s5", authority=office.authority("perencanaan"), at=AT)
    given: dict[str, object] = {"uid": draft.procedure.uid, "version": 1}
    if name in {"sop_jawab", "sop_selesai"}:
        made = comment_on_version(
            version=draft, text="Periksa", authority=office.authority("perencanaan"), at=AT
        )
        return {name: {**given, "comment_uid": made.uid}}
    return {name: {**given, "no": 1} if name == "sop_langkah" else given}


def import_subjects(name: str, stage: Stage) -> dict[str, dict[str, object]]:
    """What the pages of a document given for import are about."""
    if not name.startswith("sop_impor"):
        return {}
    given: dict[str, object] = {"uid": make_import(stage.cast).uid}
    more: dict[str, dict[str, object]] = {
        "sop_impor_periksa": {"index": 0},
        "sop_impor_halaman": {"number": 1},
    }
    return {name: {**given, **more.get(name, {})}}


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_page_sends_the_anonymous_to_the_login(name: str, stage: Stage) -> None:
    where = address(name, stage)

    answer = Client().get(where)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/masuk/?next=")


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in NAMES
        if name.startswith(OF_AN_OFFICE) or name in PLANS + LETTER_PAGES + DELIVERY_PAGES
    ],
)
def test_page_is_not_there_for_a_stranger(name: str, stage: Stage, visit: Visit) -> None:
    joko = visit(stage.cast.joko)
    where = address(name, stage)

    assert (joko.get(where).status_code, joko.post(where).status_code) in {(404, 404), (405, 404), (404, 405)}


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_administration_is_closed_to_who_is_no_administrator(name: str, stage: Stage, visit: Visit) -> None:
    before = rows()
    sari = visit(stage.cast.sari)
    where = address(name, stage)

    assert sari.get(where).status_code == 403
    assert sari.post(where).status_code in {403, 405}
    assert rows() == before


HAVE_NOTHING = {"dokumen", "templat_lambang", "sop_impor_halaman", "run_preview", "run_arsip"}
"""Pages that may answer that there is nothing to show: no file yet, no logo, no picture, no document, a run
that is not done."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_reading_changes_nothing(name: str, stage: Stage, visit: Visit) -> None:
    admin = visit(stage.cast.admin)
    where = address(name, stage)
    before = rows()

    answer = admin.get(where)

    assert answer.status_code in {200, 405} or name in HAVE_NOTHING
    assert rows() == before
