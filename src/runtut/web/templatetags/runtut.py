"""The components of the pages as tags. Their keyword arguments are their documentation: an argument that a
tag does not know is an error, never ignored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from runtut.core.dates import clock_time, day_date, full_day_date, long_date, month_year
from runtut.core.numbers import format_decimal
from runtut.core.worktime import humanise
from runtut.documents.models import Signature, StoredFile
from runtut.documents.queries import local_moment
from runtut.documents.rendering.thumbnails import PICTURED
from runtut.organisations.enums import OversightKind
from runtut.organisations.models import Authority
from runtut.performance.formulas import figure
from runtut.web.forms.base import last_day
from runtut.web.frame.deadlines import Deadline, exact_time
from runtut.web.frame.icons import SHAPES
from runtut.web.frame.pages import Crumb
from runtut.web.frame.status import BADGES, VERSION_BADGES
from runtut.web.frame.strips import FlowMark, StepLine

register = template.Library()
COMPONENTS = "web/components/"
SLASH = SafeString("/<wbr>")


def local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """ "21 November 2026"; empty for None."""
    return long_date(local_day(value)) if value else ""


@register.filter
def bulan(value: date) -> str:
    """ "November 2026"."""
    return month_year(value)


@register.filter
def hari_terakhir(value: date | None) -> date | None:
    """The inclusive last day of a stored exclusive end."""
    return last_day(value)


@register.filter
def hari(value: date | datetime | None) -> str:
    """ "Sabtu, 21 Nov"; empty for None."""
    return day_date(local_day(value)) if value else ""


@register.filter
def hari_lengkap(value: date | datetime | None) -> str:
    """ "Sabtu, 21 November 2026"; empty for None."""
    return full_day_date(local_day(value)) if value else ""


@register.filter
def pukul(value: datetime | None) -> str:
    """ "13.05" in the zone of the page."""
    return clock_time(timezone.localtime(value)) if value else ""


@register.filter
def patah(value: str) -> SafeString:
    """A number that may go on in the next line after a slash."""
    return format_html_join(SLASH, "{}", ((part,) for part in value.split("/")))


@register.filter
def saat(value: datetime | None) -> str:
    """ "Sabtu, 21 Nov 13.05" in the zone of the page."""
    return exact_time(value) if value else ""


@register.filter
def saat_lengkap(value: Signature) -> str:
    """ "21 November 2026 pukul 13.05 WIB": when a paper was signed, in the zone of its office."""
    return local_moment(value.kept_at, value.version.document.unit)


@register.filter
def angka(value: Decimal | int | None, decimals: int | None = None) -> str:
    """ "1.250,5"; empty for None, because blank is not zero."""
    return "" if value is None else format_decimal(Decimal(value), decimals)


@register.filter
def capaian(value: Decimal | None, decimals: int) -> str:
    """ "2,525": a figure reached by adding or averaging, as its worked sum writes it; empty for None."""
    return "" if value is None else figure(value, decimals)


@register.filter
def keadaan(state: str) -> str:
    """The status badge of a procedure version's state."""
    return VERSION_BADGES[state]


@register.filter
def lama(minutes: int | None) -> str:
    """Working minutes as people say them: "2 hari 5 jam"."""
    return "" if minutes is None else humanise(minutes)


@register.filter
def ukuran(size: int) -> str:
    """ "84,0 KB"."""
    return str(filesizeformat(size)).replace("\u00a0", " ")


@register.simple_tag
def ikon(name: str) -> SafeString:
    """An icon, hidden from screen readers: the word stands beside it."""
    return mark_safe(  # noqa: S308  # shapes are our own constants
        f'<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{SHAPES[name]}</svg>'
    )


@register.simple_tag
def kecil(file: StoredFile) -> SafeString:
    """The small picture of a file beside its name, an icon for what has none. Its place is kept free."""
    if file.content_type not in PICTURED:
        return ikon("berkas")
    return format_html(
        '<img class="kecil" src="{}" width="56" height="56" alt="" loading="lazy" decoding="async">',
        reverse("web:berkas_kecil", args=[file.uid]),
    )


@register.simple_tag
def status(state: str, label: str = "") -> SafeString:
    """The status badge. `state`: a key of `web.status.BADGES`; `label` replaces the word."""
    badge = BADGES[state]
    return format_html(
        '<span class="status {}">{}{}</span>', badge.tone, ikon(badge.icon), label or badge.word
    )


@register.simple_tag
def tenggat(deadline: Deadline) -> SafeString:
    """The deadline label; the exact instant is put beside it by the caller."""
    kind = "terlambat" if deadline.is_late else f"tenggat {deadline.tone}".strip()
    return format_html('<span class="{}">{}{}</span>', kind, ikon("jam"), deadline.text)


@register.simple_tag
def contoh(is_demo: bool) -> SafeString:
    """The mark of a made-up person."""
    return mark_safe(' <span class="contoh">(contoh)</span>' if is_demo else "")  # noqa: S308  # constants


@register.simple_tag
def pejabat(title: str, name: str = "", acting: str = "", is_demo: bool = False) -> SafeString:
    """Person in position: position first; position and (Plt.)/(Plh.) never break over two lines."""
    position = format_html('<span class="nw">{}{}</span>', title, f"\u00a0·\u00a0{acting}" if acting else "")
    if not name:
        return position
    return format_html("{}{}{}{}", position, " " if acting else " · ", name, contoh(is_demo))


@register.simple_tag
def bertindak(authority: Authority) -> SafeString:
    """An authority as person in position."""
    return pejabat(sebutan(authority), authority.full_name, authority.acting, authority.is_demo)


@register.filter
def sebutan(authority: Authority) -> str:
    """What an authority is called: its position, or the kind of oversight."""
    return authority.position_title or str(OversightKind(authority.oversight).label)


@register.inclusion_tag(COMPONENTS + "field.html")
def field(bound: BoundField, prefix: str = "") -> dict[str, Any]:
    """A form field: label ("boleh kosong" when it is not required), help, error, control. `prefix` stands
    before the label for screen readers where several alike stand on a page."""
    return {
        "field": bound,
        "optional": not bound.field.required and may_be_empty(bound.field),
        "prefix": prefix,
        "is_check": isinstance(bound.field.widget, forms.CheckboxInput),
        "is_group": bound.use_fieldset,
        "overtaken": getattr(bound.field, "overtaken", ()),
        "is_folded": (is_folded := getattr(bound.field, "folded", False)),
        "is_open": is_folded and bool(bound.errors or bound.value()),
    }


def may_be_empty(asked: forms.Field) -> bool:
    """Tell whether a field can be left empty at all: a list in which something is always chosen cannot."""
    if isinstance(asked, forms.ModelChoiceField):
        return asked.empty_label is not None
    is_list = isinstance(asked.widget, forms.Select) and not isinstance(asked.widget, forms.SelectMultiple)
    return not is_list or any(value == "" for value, _ in asked.widget.choices)


@register.inclusion_tag(COMPONENTS + "galat.html")
def galat(*shown: forms.BaseForm, extra: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """The error summary of one or more forms; `extra` are (sentence, anchor) pairs, such as unmet gates."""
    problems: list[tuple[str, str]] = []
    for form in shown:
        problems += [(str(sentence), "") for sentence in form.non_field_errors()]
        for bound in form:
            anchor = bound.id_for_label or bound.auto_id
            problems += [(str(sentence), anchor) for sentence in bound.errors]
    return {"problems": [*problems, *extra]}


@register.inclusion_tag(COMPONENTS + "syarat.html")
def syarat(
    gates: Sequence[Any], heading: str = "Syarat sebelum diteruskan", level: int = 3
) -> dict[str, Any]:
    """The gate list: unmet first. A gate has `label`, `met`, `hint` and `anchor`."""
    ordered = sorted(gates, key=lambda gate: bool(gate.met))
    return {
        "gates": ordered,
        "met": sum(bool(gate.met) for gate in gates),
        "heading": heading,
        "level": level,
    }


@register.inclusion_tag(COMPONENTS + "kosong.html")
def kosong(sentence: str, url: str = "", action: str = "") -> dict[str, Any]:
    """The empty state: one sentence and one step."""
    return {"sentence": sentence, "url": url, "action": action}


@register.inclusion_tag(COMPONENTS + "kejadian.html")
def kejadian(
    act: str,
    by: str = "",
    at: datetime | None = None,
    reason: str = "",
    is_return: bool = False,
    files: Sequence[StoredFile] = (),
) -> dict[str, Any]:
    """A timeline entry: bold act, by whom, the reason quoted, the files it yielded, the time."""
    return {"act": act, "by": by, "at": at, "reason": reason, "is_return": is_return, "files": files}


@register.inclusion_tag(COMPONENTS + "remah.html")
def remah(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """The trail from the section to here."""
    return {"crumbs": crumbs}


@register.inclusion_tag(COMPONENTS + "halaman.html")
def halaman(previous: str = "", following: str = "", shown: str = "") -> dict[str, Any]:
    """Pagination: addresses of the pages before and after, and one sentence on what is shown."""
    return {"previous": previous, "following": following, "shown": shown}


@register.inclusion_tag(COMPONENTS + "daftar.html")
def daftar(rows: Sequence[Any], has_primary: bool = False) -> dict[str, Any]:
    """A list of what is to be done: when, what (from which run and step, from whom), one button. A row has
    `title`, `url`, `details`, `deadline`, `action`, and `returned`: who sent it back, and why. `has_primary`:
    the first one's button is the page's main one."""
    return {"rows": rows, "has_primary": has_primary}


@register.inclusion_tag(COMPONENTS + "alur.html")
def alur(marks: Sequence[FlowMark], sentence: str, is_mine: bool = False) -> dict[str, Any]:
    """The flow strip, with the one sentence that a phone shows instead of the names. `is_mine`: the step that
    the run has reached waits for the reader."""
    return {
        "marks": marks,
        "sentence": sentence,
        "is_long": len(marks) > 9,
        "is_mine": is_mine,
        "has_returns": any(mark.backs for mark in marks),
    }


@register.inclusion_tag(COMPONENTS + "langkah.html")
def langkah(line: StepLine, deadline: Deadline | None = None) -> dict[str, Any]:
    """A row of the step list."""
    return {"line": line, "deadline": deadline}


@register.inclusion_tag(COMPONENTS + "kunci.html")
def kunci(since: date | datetime | None, because: str, ask: str = "") -> dict[str, Any]:
    """The lock notice: since when, which rule, whom to ask."""
    return {"since": since, "because": because, "ask": ask}


@register.inclusion_tag(COMPONENTS + "terakhir.html")
def terakhir(entry: Any) -> dict[str, Any]:
    """ "Diubah terakhir oleh …" from an audit line (`who`, `at`); nothing when there is none."""
    return {"entry": entry}
