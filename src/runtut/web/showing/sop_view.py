"""Rendering the page of one SOP, whatever form on it was refused."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from runtut.cases.queries import runs_behind
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.enums import BINDING, UNFINISHED, VersionState
from runtut.procedures.graph import has_empty_segment
from runtut.procedures.graph.titles import LISTS as IDENTITY_LISTS
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import coming_number, foreign_titles, graph_of, sent_back, withdrawn
from runtut.procedures.rules import (
    can_manage_procedures,
    can_ratify,
    can_review,
    ensure_can_manage_procedures,
    is_ahead,
)
from runtut.reports.queries import procedure_figures
from runtut.web.forms.sop import RatifyForm, SendBackForm, SopForm
from runtut.web.forms.sop_review import CommentForm, WithdrawForm
from runtut.web.frame.addresses import start_address
from runtut.web.frame.authority import acting_in, authorities, today
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.showing.sop_comments import comments_page
from runtut.web.showing.sop_findings import findings_page
from runtut.web.showing.sop_page import SopPage, matrix_page, sop_page

REFUSED = 422


def shown_version(
    request: HttpRequest, versions: list[ProcedureVersion], number: int | None = None
) -> ProcedureVersion:
    """The version that the URL names, else the one in force, else the newest."""
    wanted = request.GET.get("versi", "") or str(number or "")
    if wanted:
        named = [version for version in versions if str(version.number) == wanted]
        if not named:
            raise Http404
        return named[0]
    in_force = [version for version in versions if version.state == VersionState.EFFECTIVE]
    return in_force[0] if in_force else versions[0]


def versions_of(procedure: Procedure) -> list[ProcedureVersion]:
    """Every version, the newest first."""
    rows = procedure.versions.select_related("procedure__unit", "approver_position", "ratified_by")
    return list(rows.order_by("-number"))


def steps_to_choose(version: ProcedureVersion) -> list[tuple[int, str]]:
    """The steps that a remark may be about. One query."""
    return list(version.steps.order_by("no").values_list("no", "activity"))


def version_in_making(procedure: Procedure) -> ProcedureVersion:
    """The newest version, on which the acts of drafting, review and ratification fall."""
    return versions_of(procedure)[0]


def may_manage(request: HttpRequest, unit: OrganisationUnit) -> Authority | None:
    """The authority by which the person may shape the SOPs of an office."""
    return next((one for one in authorities(request) if can_manage_procedures(one, unit)), None)


def managing(request: HttpRequest, unit: OrganisationUnit) -> Authority:
    """In what the person shapes the SOPs of an office; whoever may not is refused by the action."""
    return may_manage(request, unit) or acting_in(request, unit)


def manager(request: HttpRequest, unit: OrganisationUnit) -> Authority:
    """The authority by which the person shapes the SOPs of an office. Raises NotManager."""
    authority = managing(request, unit)
    ensure_can_manage_procedures(authority, unit)
    return authority


def may_ratify(request: HttpRequest, version: ProcedureVersion) -> Authority | None:
    """The authority by which the person may make this version binding."""
    return next((one for one in authorities(request) if can_ratify(one, version)), None)


def next_step(request: HttpRequest, sop: SopPage) -> str:
    """What the person can do for this version now: "bind", "ratify", "enforce", "wait" or nothing; "coming"
    while a ratified version's day is still ahead."""
    state = sop.version.state
    if state == VersionState.DRAFT and may_manage(request, sop.unit):
        return "bind"
    if state == VersionState.IN_REVIEW and may_ratify(request, sop.version):
        return "ratify"
    if state == VersionState.RATIFIED and is_ahead(sop.version, today(request)):
        return "coming"
    if state == VersionState.RATIFIED and may_manage(request, sop.unit):
        return "enforce"
    return "wait" if state in UNFINISHED else ""


def waiting_for(sop: SopPage) -> str:
    """Whom a version waits for, when the person can do nothing."""
    if sop.version.state == VersionState.RATIFIED:
        return "SOP ini sudah disahkan dan menunggu diberlakukan kantornya."
    if sop.version.state == VersionState.DRAFT:
        return "SOP ini masih disusun oleh kantornya."
    approver = sop.identity.approver
    return f"Menunggu {approver.title}." if approver else "Menunggu pengesahan kepala kantor."


def foreign_words(sop: SopPage) -> list[str]:
    """The titles in the table of a draft that the office does not have. Two queries beside what is shown."""
    steps = [
        {
            "no": step.no,
            "activity": step.activity,
            "label": "",
            "note": step.note,
            "requirements": step.requirements,
            "outputs": step.outputs,
        }
        for step in sop.steps
    ]
    shown = {"title": "", "performers": [row.name for row in sop.performers], "steps": steps}
    found = foreign_titles({**shown, **dict.fromkeys(IDENTITY_LISTS, ())}, sop.unit)
    return [one.mention.written for one in found]


def count_behind(version: ProcedureVersion) -> int:
    """How many runs could be moved to a version in force. One query, none for a first version."""
    if version.state != VersionState.EFFECTIVE or version.number == 1:
        return 0
    return runs_behind(version).count()


def render_sop(
    request: HttpRequest, procedure: Procedure, refused: SopForm | None = None, *, number: int | None = None
) -> HttpResponse:
    """The page; `refused` is the form that came back with errors and stands in place of a fresh one.

    `number` names the version shown when the address does not.
    """
    versions = versions_of(procedure)
    version = shown_version(request, versions, number)
    sop = sop_page(procedure=procedure, version=version, versions=versions, on=today(request))
    graph = graph_of(version)
    todo = next_step(request, sop)
    forms: dict[str, SopForm] = {}
    if todo == "ratify":
        kept = "" if has_empty_segment(version.sop_number) else version.sop_number
        initial = {"sop_number": kept, "effective_from": today(request)}
        example = coming_number(procedure=procedure, on=today(request))
        forms = {"ratify": RatifyForm(initial=initial, example=example), "send_back": SendBackForm()}
    if sop.is_open and any(can_review(one, version) for one in authorities(request)):
        forms["comment"] = CommentForm(steps=steps_to_choose(version))
    if version.state in BINDING and may_ratify(request, version):
        forms["withdraw"] = WithdrawForm()
    if refused:
        forms[refused.name] = refused
    context = {
        "sop": sop,
        "matrix": matrix_page(sop, graph),
        "todo": todo,
        "waiting_for": waiting_for(sop),
        "may_manage": may_manage(request, procedure.unit) is not None,
        "start_url": start_address(procedure.uid) if version.state == VersionState.EFFECTIVE else "",
        "behind": count_behind(version),
        "refused": refused,
        "sent_back": sent_back(version),
        "withdrawn": withdrawn(version),
        "comments": comments_page(version),
        "findings": findings_page(version, graph) if sop.is_open else None,
        "figures": procedure_figures(version=version),
        "foreign": foreign_words(sop) if todo == "bind" else [],
        **forms,
    }
    crumbs = sop_crumbs(Crumb(procedure.unit.short_name), Crumb(version.title))
    return page(
        request,
        "web/sop/rinci.html",
        context,
        section="sop",
        crumbs=crumbs,
        status=REFUSED if refused else 200,
    )
