"""The components of every page: ``{% load ui %}``. See docs/design-system.md, and the style page for how they look.

Besides ``templates/ui`` and the base page, no file uses a class of the design system for one of these components.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.core.access import Right
from dijkwacht.core.text import capital
from dijkwacht.web import charts, clock, moments, priority_words, speakers, terms, tlp_words, words
from dijkwacht.web.templatetags.icons import icon as draw
from dijkwacht.web.templatetags.widgets import WIDGETS, dressed

register = template.Library()
SOON = 30  # days before its last day from which something is said to expire soon
Values = dict[str, Any]


def _request(context: Context) -> HttpRequest:
    return context["request"]


def unique(context: Context, kind: str) -> str:
    """An id that no other component of this page has; a fragment's ids carry the name of what it replaces."""
    request = _request(context)
    numbers: dict[str, int] = request.__dict__.setdefault("component_ids", {})
    numbers[kind] = numbers.get(kind, 0) + 1
    target = getattr(getattr(request, "htmx", None), "target", None)
    return f"{kind}-{target}-{numbers[kind]}" if target else f"{kind}-{numbers[kind]}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing that stands beside a word; names in ``icons.py``."""
    return draw(name)


@register.inclusion_tag("ui/status.html")
def status(verdict: Any, late: bool = False) -> Values:
    """A verdict chip: a status, or anything that has one. ``late``: overdue or breached, the only red."""
    name = str(getattr(verdict, "status", verdict))
    return {"name": name, "word": capital(terms.status_word(name)), "late": late}


@register.inclusion_tag("ui/status_bar.html", takes_context=True)
def status_bar(context: Context, counts: Any, *, label: str = "", table: bool = False) -> Values:
    """The five-verdict bar of counts (a mapping, or an object with an attribute per status), with words or a table."""
    numbers = {name: _count(counts, name) for name in terms.STATUSES}
    title = label or _("Verdicts")
    rows = [(capital(terms.status_word(name)), number) for name, number in numbers.items()]
    heads = (_("Verdict"), _("Number"))
    return {
        "drawing": charts.stacked_bar(numbers, key=unique(context, "bar"), title=title),
        "legend": [(name, terms.status_word(name), number) for name, number in numbers.items() if number],
        "table": charts.table(heads, rows, caption=title) if table else "",
    }


def _count(counts: Any, name: str) -> int:
    found = counts.get(name, 0) if isinstance(counts, Mapping) else getattr(counts, name, 0)
    return int(found or 0)


@register.inclusion_tag("ui/reason.html", takes_context=True)
def reason(context: Context, why: Any, *, norms: Any = None, names: Any = None, url: str = "") -> Values:
    """A reason as a sentence, with who said it, since when, and how sure that is. ``url`` leads to the fact."""
    norms = norms if norms is not None else context["norms"]
    names = names if names is not None else context.get("names", terms.NO_NAMES)
    code = str(why.code)
    return {
        "sentence": words.reason_sentence(why, norms, names),
        "mark": _MARKS.get(code, "unknown"),
        "since": moments.as_day(getattr(why, "since", None)),
        "said_by": speaker(context, getattr(why, "said_by", "")),
        "assurance": getattr(why, "assurance", None),
        "from": _inherited(why, names),
        "url": url,
        "request": _request(context),
    }


@register.simple_tag(takes_context=True)
def speaker(context: Context, said_by: str) -> str:
    """Who said it, in words; what we measured leads to its run, for whoever may see that."""
    told = speakers.speaker(said_by)
    seat = getattr(_request(context), "seat", None)
    if seat is None or told == said_by or not seat.may(Right.SEE):
        return told
    url = speakers.speaker_url(said_by, organisation=seat.organisation.slug)
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, told) if url else told


_MARKS = {
    "shows_yes": "info", "shows_no": "info", "nothing_happened": "info", "exception": "info", "refers": "info",
    "register_complete": "info", "no_subjects": "info", "not_due": "clock", "due": "clock", "expired": "clock",
    "leans_on": "arrow", "contradicts": "change", "contradicted": "change", "not_shared": "lock",
}  # fmt: skip


def _inherited(why: Any, names: Mapping[str, str]) -> str:
    owner = (getattr(why, "params", None) or {}).get("inherited_from", "")
    return names.get(owner, owner)


@register.inclusion_tag("ui/evidence_chip.html", takes_context=True)
def evidence_chip(context: Context, evidence: Any, *, until: Any = None, url: str = "") -> Values:
    """Evidence by its name, with how fresh it is. ``until``: the last day on which it still shows something."""
    last = moments.as_day(until if until is not None else getattr(evidence, "until", None))
    made = moments.as_day(getattr(evidence, "made_on", None))
    return {
        "name": getattr(evidence, "name", str(evidence)),
        "made": made,
        "last": last,
        "freshness": _freshness(last, clock.today(_request(context))),
        "url": url,
        "request": _request(context),
    }


def _freshness(last: date | None, on: date) -> str:
    if last is None:
        return ""
    if last < on:
        return "expired"
    return "soon" if (last - on).days <= SOON else "fresh"


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, relative: bool = True) -> str:
    """A moment, absolute and relative, on the clocks of the organisation; a dash when there is none."""
    if at is None:
        return "–"
    said = moments.moment_words(at)
    if relative:
        ago = moments.relative_moment(at, at=clock.now(_request(context)))
        return _dated(at, said) + format_html(' <span class="relative">({})</span>', ago)
    return _dated(at, said)


def _dated(at: date, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), said)


@register.simple_tag(takes_context=True)
def day(context: Context, on: Any, relative: bool = False) -> str:
    """A day, if asked also relative; a dash when there is none."""
    when = moments.as_day(on)
    if when is None:
        return "–"
    said = _dated(when, moments.day_words(when))
    if not relative:
        return said
    ago = moments.relative_day(when, on=clock.today(_request(context)))
    return said + format_html(' <span class="relative">({})</span>', ago)


@register.inclusion_tag("ui/timeline.html", takes_context=True)
def timeline(context: Context, entries: Iterable[Mapping[str, Any]], label: str = "") -> Values:
    """What happened, in the order given. Entry: ``at`` (day or moment), ``title``, maybe ``text``, ``who``, ``url``."""
    rows = [{**entry, "exact": isinstance(entry.get("at"), datetime)} for entry in entries]
    return {"entries": rows, "label": label or _("History"), "request": _request(context)}


@register.inclusion_tag("ui/task_row.html", takes_context=True)
def task_row(
    context: Context, title: str, *, url: str = "", due: Any = None, status: Any = None, owner: str = "", text: str = ""
) -> Values:
    """One thing to do: what, before when (red only when that has passed), whose, and where to do it."""
    before, on = moments.as_day(due), clock.today(_request(context))
    pressing = "" if before is None else "late" if before < on else "soon" if (before - on).days <= SOON else ""
    return {
        "title": title, "url": url, "due": before, "pressing": pressing, "status": status, "owner": owner,
        "text": text, "request": _request(context),
    }  # fmt: skip


@register.inclusion_tag("ui/term.html", takes_context=True)
def term(context: Context, row: Any, *, short: bool = False) -> Values:
    """A legal term (``web.term_row.TermRow``): until when, why then, what is doubtful. Red only when its end has passed."""
    return {"row": row, "short": short, "request": _request(context)}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, name: str = "page") -> Values:
    """Links to the other pages of a Django ``Page``; the other parts of the query stay."""
    query = _request(context).GET.copy()
    query.pop(name, None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    start = f"?{query.urlencode()}&{name}=" if query else f"?{name}="
    return {"page": page, "numbers": list(numbers), "start": start, "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, norm: str = "", norm_url: str = "") -> Values:
    """A form field: label, help, the norm it serves, and its error, all tied to the control."""
    kind = WIDGETS.get(type(bound.field.widget).__name__, "textbox")
    return {"field": bound, "kind": kind, "norm": norm, "norm_url": norm_url, "control": dressed(bound, kind, norm)}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> Values:
    """All errors of a form above it, each a link to its field. Nothing when there are none."""
    rows = [(form[name], error) for name, errors in form.errors.items() if name in form.fields for error in errors]
    return {"rows": rows, "others": form.non_field_errors(), "total": len(rows) + len(form.non_field_errors())}


@register.inclusion_tag("ui/figure.html", takes_context=True)
def figure(
    context: Context, value: Any, label: str, *, source: str = "", as_of: Any = None, url: str = "", unit: str = ""
) -> Values:
    """A number with what it counts, where it comes from, as of when, and a link to its rows."""
    said = terms.number_words(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return {
        "value": said, "unit": unit, "label": label, "source": source, "as_of": as_of, "url": url,
        "exact": isinstance(as_of, datetime), "request": _request(context),
    }  # fmt: skip


@register.inclusion_tag("ui/uncertain.html")
def uncertain(text: str = "") -> Values:
    """The mark of something a pack is not sure of, with why. Nothing when the text is empty."""
    return {"text": text}


@register.inclusion_tag("ui/assurance.html")
def assurance(level: Any) -> Values:
    """How sure we are of a fact: stated, documented, measured or audited. Nothing for None."""
    if level is None or level == "":
        return {"word": ""}
    names = ("stated", "documented", "measured", "audited")
    return {"word": terms.assurance_word(level), "rank": names.index(terms.level_name(level, names)) + 1}


register.inclusion_tag("ui/tlp.html", name="tlp")(tlp_words.tlp_label)
register.inclusion_tag("ui/level.html", name="level")(priority_words.level_label)


@register.inclusion_tag("ui/page_head.html")
def page_head(title: str, answer: str = "", eyebrow: str = "", eyebrow_url: str = "") -> Values:
    """The title of a page, and under it the sentence that answers its one question. ``eyebrow``: what it is part of."""
    return {"title": title, "answer": answer, "eyebrow": eyebrow, "eyebrow_url": eyebrow_url}


@register.inclusion_tag("ui/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, found: int | None = None) -> Values:
    """A form that narrows a list by GET, and how many rows are left."""
    return {"form": form, "found": found, "active": bool(_request(context).GET), "path": _request(context).path}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> Values:
    """What to do when there is nothing to show."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*steps: str) -> Values:
    """The way here: label, url, label, url ...; a last label without url is this page."""
    pairs: Sequence[tuple[str, str]] = [
        (steps[i], steps[i + 1] if i + 1 < len(steps) else "") for i in range(0, len(steps), 2)
    ]
    return {"steps": pairs}


@register.filter
def status_word(name: Any) -> str:
    """The word for a status."""
    return terms.status_word(name)


@register.filter
def spoken(said_by: str) -> str:
    """Who said it, in words, without a link."""
    return speakers.speaker(said_by)


@register.filter
def role_word(name: str) -> str:
    """The word for a role or function."""
    return terms.role_word(name)


@register.filter
def text_of(texts: Mapping[str, str]) -> str:
    """A text of a pack in the language of the page."""
    return terms.text_of(texts)
