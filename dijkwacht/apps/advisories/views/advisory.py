"""One advisory at the desk: what it is and whom it touches, what is decided, what is written, who has it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.advisories import triage_words
from dijkwacht.apps.advisories.forms.intake import BecauseForm
from dijkwacht.apps.advisories.forms.triage import DecideForm, WhoHasFilter, WriteForm
from dijkwacht.apps.advisories.models import Advisory, Audience, Decision
from dijkwacht.apps.advisories.queries import reaching
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.queries.texts import texts_of
from dijkwacht.apps.advisories.queries.visible import advisories_of, documents_of
from dijkwacht.apps.advisories.services import removing
from dijkwacht.apps.advisories.services import triage as verbs
from dijkwacht.apps.advisories.services.drafting import draft_of
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.apps.advisories.services.reading import content_of, file_stem
from dijkwacht.apps.advisories.triage_rows import page_of, texts_shown
from dijkwacht.apps.advisories.views.pages import attempt, form_page, sent, when
from dijkwacht.apps.advisories.who_has import MEDIA_TYPE, who_has_list
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25
FIRST = 8  # organisations on the page of an advisory


def advisory_or_404(seat: Seat, pk: int) -> Advisory:
    """An advisory of this desk that this person may see; of TLP:RED only who is named."""
    rows = advisories_of(seat.organisation, seat.person).select_related("organisation", "document", "decided_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def advisory(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is this, whom does it touch, and was it decided?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found = advisory_or_404(seat, pk)
    visible, documents = advisories_of(seat.organisation, seat.person), documents_of(seat.organisation, seat.person)
    served = served_by(seat.organisation, on=clock.today(request))
    standing = reaching.standing(found)
    concerns = reaching.concerns_of(found)
    context = {
        "advisory": found, "standing": standing, "texts": texts_shown(found), "concerns": concerns[:FIRST],
        "answer": triage_words.advisory_answer(found, standing["told"], standing["waiting"]),
        "total": concerns.count(), "removable": not removing.why_kept(found),
        "why": triage_words.why_words(found), **page_of(found, visible, documents, served),
    }  # fmt: skip
    return render(request, "advisories/advisory.html", {"seat": seat, **context})


def decide(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Warn, no warning, or wait; and why."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found = advisory_or_404(seat, pk)
    start = {"decision": request.GET.get("decision", ""), "wait_until": found.wait_until}
    form = DecideForm(sent(request), initial=start)
    if form.is_valid():
        told = attempt(form, lambda: verbs.decide(found, **form.cleaned_data, **when(request, seat)))
        if told is not None:
            return _decided(request, seat, found, form.cleaned_data["decision"])
    context = {"form": form, **_about(request, found), "texts": texts_shown(found)}
    return render(request, "advisories/decide.html", {"seat": seat, **context})


def _about(request: HttpRequest, advisory: Advisory) -> dict[str, Any]:
    """What a page that sends says of the advisory and of how it would be told."""
    preview = reaching.preview(advisory, said_by(advisory), at=clock.now(request)) if advisory.document else None
    return {"advisory": advisory, "preview": preview, "back": at_advisory(advisory)}


def _decided(request: HttpRequest, seat: Seat, advisory: Advisory, decision: str) -> HttpResponse:
    """Back to the queue with a receipt."""
    if decision == Decision.WARN:
        standing = reaching.standing(advisory)
        messages.success(request, triage_words.warned_receipt(standing["told"], standing["waiting"]))
        return redirect(at_advisory(advisory))
    messages.success(request, triage_words.decided_receipt(decision))
    return redirect("advisories:triage", organisation=seat.organisation.slug)


def at_advisory(advisory: Advisory) -> str:
    """The address of an advisory."""
    return reverse("advisories:advisory", args=[advisory.organisation.slug, advisory.pk])


def write(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is told to each audience, drafted from the document; and to warn with it."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found = advisory_or_404(seat, pk)
    form = WriteForm(sent(request), initial=_drafts(found, request.GET.get("language", "")))
    if form.is_valid():
        done, told = "warn" if request.POST.get("then") == "warn" else "write", when(request, seat)
        if attempt(form, lambda: _write(found, form.cleaned_data, done, told)):
            if done == "warn":
                return _decided(request, seat, found, Decision.WARN)
            messages.success(request, _("Saved. Who is told from now on gets these texts."))
            return redirect(at_advisory(found))
    context = {"form": form, **_about(request, found), "written": texts_of(found)}
    return render(request, "advisories/write.html", {"seat": seat, **context})


def _write(advisory: Advisory, texts: dict[str, str], done: str, told: dict[str, Any]) -> bool:
    """Writes, and decides if that was asked. The texts stay when the decision is refused."""
    verbs.write(advisory, texts=texts, **told)
    if done == "warn":
        verbs.decide(advisory, decision=Decision.WARN, **told)
    return True


def _drafts(advisory: Advisory, language: str) -> dict[str, str]:
    """What was written; else, or where a language is asked, what the document makes of it."""
    written = texts_of(advisory)
    if advisory.document is None or (written and not language):
        return written
    chosen = language if language in ("nl", "en") else "nl"
    content = content_of(advisory.document)
    return {each: draft_of(content, each, language=chosen) for each in Audience.values}


@require_safe
def who_has(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Which organisations does this touch, by which of their assets, and why?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found, on = advisory_or_404(seat, pk), clock.today(request)
    form = WhoHasFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    concerns = reaching.concerns_of(found, **asked)
    if request.GET.get("form") == "csv":
        answer = HttpResponse(who_has_list(found, concerns, on=on), content_type=MEDIA_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="{_file(found)}"'
        return answer
    page = Paginator(concerns, PER_PAGE).get_page(request.GET.get("page"))
    rows = reaching.reached_by(found, said_by(found), page.object_list, on=on) if found.document else []
    context = {
        "advisory": found, "form": form, "rows": rows, "page": page, "found": page.paginator.count if request.GET else None,
        "answer": triage_words.reach_answer(found), "back": at_advisory(found), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "advisories/who_has.html", {"seat": seat, **context})


def _file(advisory: Advisory) -> str:
    return f"{file_stem(advisory.number)}_tlp-{advisory.tlp.lower()}.csv"


def remove(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes an advisory away for good, with all its revisions."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found = advisory_or_404(seat, pk)
    form = BecauseForm(sent(request))
    if form.is_valid() and attempt(form, lambda: _removed(request, seat, found, form)):
        messages.success(request, _("Taken away. The trail keeps that it was here."))
        return redirect("advisories:triage", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Take this advisory away"), eyebrow=found.number, submit=_("Take away for good"),
        answer=_("The advisory, all its revisions and what you wrote of it go for good. Nobody was warned of it."),
        back=reverse("advisories:advisory", args=[organisation, pk]),
        notes=[_("Fetched or brought again, it comes in as new. To warn nobody, decide “no warning” instead.")],
    )  # fmt: skip


def _removed(request: HttpRequest, seat: Seat, found: Advisory, form: BecauseForm) -> bool:
    removing.remove_advisory(found, **form.cleaned_data, **when(request, seat))
    return True
