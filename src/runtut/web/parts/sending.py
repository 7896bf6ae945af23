"""Parts of the work that sends papers: number, recipients, proofs, surat pengantar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from runtut.cases.actions import send_task_paper
from runtut.cases.queries import (
    Paper,
    cover_turns,
    invitation_at_work,
    meant_for,
    note_of_step,
    outgoing_of,
    paper_of,
    proposed_class,
)
from runtut.core.errors import DomainError
from runtut.documents.enums import DocumentKind, Means
from runtut.documents.models import ArchiveClass, Delivery, OutgoingLetter
from runtut.documents.queries import archive_classes, delegation_words, deliveries_of
from runtut.organisations.enums import OFFICE_KINDS
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import signing_place, units_within
from runtut.web.forms.base import PageForm
from runtut.web.forms.manuscript import signing_field
from runtut.web.frame.parsing import whole_number
from runtut.web.parts.base import Problem, TaskPart
from runtut.web.parts.office import ClassifiedPart, add_unsigned_reason, unsigned_reason

BY_HAND: Final = tuple(one for one in Means.choices if one[0] != Means.SYSTEM)
MOST_NAMES: Final = 200
ANCHORS: Final = {"copies": "kirim-salinan", "unsigned_reason": "unsigned_reason"}
"""The control on the sheet of what an action refuses; else it is the recipients."""


class DistributePart(TaskPart):
    """Recipients and their proofs. Sending is done at every press, one line of the buku ekspedisi each, so
    that proofs can be gathered one by one; nobody is sent the same paper twice."""

    template = "web/kerja/bagian/kirim.html"
    made_outputs = 1
    acts_at_once = True
    asks_number: ClassVar[bool] = False
    asks_stamp: ClassVar[bool] = False

    @cached_property
    def paper(self) -> Paper:
        return paper_of(self.task)

    @property
    def deliveries(self) -> list[Delivery]:
        return deliveries_of(errand=self.task.uid)

    @cached_property
    def units(self) -> QuerySet[OrganisationUnit]:
        """The offices of the region, and the units inside the sender's own that have positions."""
        office = self.task.case.unit
        rows = OrganisationUnit.objects.filter(region=office.region, is_active=True, kind__in=OFFICE_KINDS)
        inside = units_within([office.path]).annotate(seats=Count("positions")).filter(seats__gt=0)
        chosen = rows.exclude(pk=office.pk).values("pk")
        units = OrganisationUnit.objects.filter(pk__in=chosen) | OrganisationUnit.objects.filter(
            pk__in=inside.exclude(pk=office.pk).values("pk")
        )
        return units.order_by("path")

    @property
    def choices(self) -> list[OrganisationUnit]:
        """Who was not sent anything yet: the sender's own units, then the other offices."""
        known = {one.to_unit_id for one in self.deliveries}
        own = self.task.case.unit.path
        left = [unit for unit in self.units if unit.pk not in known]
        return sorted(left, key=lambda unit: not unit.path.startswith(own))

    @cached_property
    def ticked(self) -> frozenset[int]:
        """The units that stand ticked: those that were sent; before anything was, those whose people an
        Undangan calls, or whom the surat pengantar names."""
        if self.sent is not None:
            return frozenset(
                key
                for text in self.sent.getlist("kirim-unit")
                if (key := whole_number(text, None)) is not None
            )
        meeting = invitation_at_work(self.task)
        if meeting is None:
            return self.addressed
        called = meeting.invitees.filter(position__isnull=False).values_list("position__unit", flat=True)
        return frozenset(key for key in called if key is not None)

    @cached_property
    def addressed(self) -> frozenset[int]:
        """The units of this installation that the surat pengantar names, by name or short name."""
        wanted = self.meant_for.casefold()
        rows = self.choices if wanted else []
        return frozenset(
            one.pk for one in rows if {one.name.casefold(), one.short_name.casefold()} & parts_of(wanted)
        )

    @property
    def line(self) -> OutgoingLetter | None:
        return outgoing_of(self.task)

    @property
    def classes(self) -> QuerySet[ArchiveClass]:
        return archive_classes(on=timezone.localdate(self.at))

    @property
    def chosen_class(self) -> str:
        version = self.paper.version
        kind = version.document.kind if version else ""
        return self.typed("kirim-kelas") or proposed_class(kind, self.task.case)

    @property
    def wanted_class(self) -> str:
        """The code that was sent; before anything was, the one that the page proposes."""
        return self.chosen_class if self.sent is None else self.typed("kirim-kelas")

    @cached_property
    def meant_for(self) -> str:
        """The addressee of the surat pengantar, until the paper was sent there."""
        name = meant_for(self.task)
        return "" if name in {one.addressee for one in self.deliveries} else name

    @cached_property
    def note(self) -> str:
        """What the SOP itself says of the sending."""
        return note_of_step(self.task)

    @property
    def means(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(value), str(label)) for value, label in BY_HAND)

    def typed(self, name: str) -> str:
        """What was sent under a name, empty where nothing was."""
        return self.sent.get(name, "").strip() if self.sent is not None else ""

    @property
    def typed_names(self) -> str:
        return self.typed("kirim-nama") if self.problems else ""

    @property
    def typed_copies(self) -> str:
        return self.typed("kirim-salinan") or "1"

    @property
    def copies(self) -> int:
        """How many the form asks for; -1, which the action refuses, where it says no number."""
        return whole_number(self.typed_copies, -1, low=1)

    problems: tuple[Problem, ...] = ()

    def add_fields(self, form: PageForm) -> None:
        """Ask why the surat pengantar goes out unsigned, where somebody has still to sign it."""
        if cover_turns(self.task):
            form.add_field("unsigned_reason", unsigned_reason("dikirim"))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"unsigned_reason": value("unsigned_reason")}

    def recipients(self) -> list[dict[str, Any]]:
        """Whom the form names: units of the installation, then one name a line."""
        if self.sent is None:
            return []
        wanted = (whole_number(text, None) for text in self.sent.getlist("kirim-unit"))
        units = self.units.filter(pk__in=[key for key in wanted if key is not None])
        names = [line.strip() for line in self.typed("kirim-nama").splitlines() if line.strip()]
        means = self.typed("kirim-cara")
        by_hand = means if means in dict(BY_HAND) else Means.CARRIED
        found: list[dict[str, Any]] = [{"to_unit": unit, "copies": self.copies} for unit in units]
        found += [{"addressee": name, "means": by_hand, "copies": self.copies} for name in names[:MOST_NAMES]]
        return found

    def number_data(self) -> dict[str, Any]:
        """What the agenda keluar takes, as the form says."""
        return {
            "archive_class": self.classes.filter(code=self.wanted_class).first(),
            "recipient": ", ".join(one.get("addressee") or one["to_unit"].name for one in self.recipients())[
                :240
            ],
            "copies": self.copies,
            "stamped": bool(self.typed("kirim-stempel")),
        }

    def keep(self, request: HttpRequest) -> list[Problem]:
        """Number the paper where this step does, and send it to whoever was named: never while a draft is
        saved, by the page or by hand, for what was sent cannot be taken back."""
        wanted = self.recipients()
        if not wanted or request.POST.get("kerjakan") == "simpan":
            return []
        try:
            send_task_paper(
                task_uid=self.task.uid,
                data=(self.number_data() if self.asks_number else {})
                | {"recipients": wanted, "unsigned_reason": self.typed("unsigned_reason")},
                numbers=self.asks_number,
                authority=self.authority,
                at=self.at,
            )
        except DomainError as refusal:
            anchor = ANCHORS.get(refusal.field or "", "kirim-nama")
            self.problems = ((refusal.sentence, anchor),)
        return list(self.problems)


def parts_of(text: str) -> set[str]:
    """The names in an addressee as typed: the whole, and what commas, semicolons and lines part."""
    return {text.strip(), *(part.strip() for part in re.split(r"[,;\n]", text))}


def name_of(wanted: dict[str, Any]) -> str:
    """What a recipient is called in the agenda."""
    return str(wanted["to_unit"].name if "to_unit" in wanted else wanted["addressee"])


class AgendaPart(DistributePart):
    """Distribution of a paper that is numbered at the same step."""

    asks_number = True

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return super().work_data(value) | self.number_data()


class SendOutPart(DistributePart):
    """Number, copies, stamp, sending and archive in one sheet."""

    made_outputs = 3
    asks_number = True
    asks_stamp = True
    free: ClassVar = frozenset({"location"})

    def add_fields(self, form: PageForm) -> None:
        add_unsigned_reason(form, self.task.case)
        help_text = "Misalnya: Lemari 2, map RKT 2027."
        field = forms.CharField(label="Tempat simpan pertinggal", required=False, help_text=help_text)
        form.add_field("location", field)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return super().work_data(value) | self.number_data() | {"location": value("location")}


class CoverLetterPart(ClassifiedPart):
    """The surat pengantar: to whom, how many, under which classification."""

    free: ClassVar = frozenset({"place", "remark"})

    @property
    def asker(self) -> str:
        """Who asked for the paper by letter, empty for a run without one."""
        letter = self.task.case.letter
        return letter.sender if letter else ""

    def add_fields(self, form: PageForm) -> None:
        help_text = "Misalnya: Bupati melalui Sekretaris Daerah."
        addressee = forms.CharField(label="Yth.", required=False, help_text=help_text)
        addressee.initial = self.asker
        form.add_field("addressee", addressee)
        self.add_class(form)
        copies = forms.IntegerField(label="Jumlah berkas", min_value=1, max_value=999, required=False)
        copies.initial = 1
        form.add_field("copies", copies)
        form.add_field("remark", forms.CharField(label="Keterangan", required=False, max_length=240))
        place = forms.CharField(label="Tempat surat dibuat", required=False, max_length=80)
        place.initial = signing_place(self.task.case.unit)
        form.add_field("place", place)
        if signers := delegation_words(position=self.task.position, kind=DocumentKind.SURAT_PENGANTAR):
            form.add_field("signs_as", signing_field(signers))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        names = ("addressee", "archive_class", "copies", "remark", "place", "signs_as")
        return {name: value(name) for name in names}
