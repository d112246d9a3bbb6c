"""Where documents come in: sources, one source, files by hand, lists. Nothing is fetched within a request."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories import intake_words as say
from dijkwacht.apps.advisories.forms.intake import AddForm, ListsForm, SourceForm, brought
from dijkwacht.apps.advisories.intake_rows import document_row, source_row
from dijkwacht.apps.advisories.models import Provider
from dijkwacht.apps.advisories.queries.intake import failing_of, sources_of
from dijkwacht.apps.advisories.queries.lists import held_lists
from dijkwacht.apps.advisories.queries.visible import documents_of
from dijkwacht.apps.advisories.services import files, lists, sourcing
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.views.pages import attempt, form_page, persons, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25
SECONDS = 20.0
"""For how long files are looked at while somebody waits; a web server ends a request after thirty."""


@require_safe
def sources(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where do advisories come from, and does that go well?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    found = list(sources_of(seat.organisation))
    rows = [source_row(each) for each in found]
    context = {
        "rows": [each for each in rows if each["live"]], "ended": [each for each in rows if not each["live"]],
        "answer": say.sources_sentence(found),
    }  # fmt: skip
    return render(request, "advisories/sources.html", {"seat": seat, **context})


def source_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a provider on the web."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = SourceForm(sent(request), persons=persons(request, seat))
    if form.is_valid():
        made = attempt(form, lambda: sourcing.add(seat.organisation, **form.cleaned_data, **when(request, seat)))
        if made:
            return redirect("advisories:source", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, title=_("Add a source"), eyebrow=_("Sources"), submit=_("Add"),
        back=reverse("advisories:sources", args=[organisation]),
        notes=[_("Nothing is fetched by this page: the next round of the command “dijkwacht advisories fetch” does.")],
    )  # fmt: skip


def source_or_404(seat: Seat, pk: int) -> Provider:
    """A source of this desk, with how many documents it has and how many fail."""
    found = sources_of(seat.organisation).select_related("added_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def source(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How does this source go, and what came from it?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = source_or_404(seat, pk)
    came = documents_of(seat.organisation, seat.person).filter(provider=row).select_related("advisory").defer("packed")
    page = Paginator(came, PER_PAGE).get_page(request.GET.get("page"))
    failing = failing_of(row)
    context = {
        **source_row(row), "answer": say.source_sentence(row), "page": page,
        "rows": [document_row(each) for each in page.object_list],
        "failing": failing[:PER_PAGE], "failing_more": max(0, failing.count() - PER_PAGE),
        "named": persons_in(seat.organisation, on=clock.today(request)).filter(pk__in=row.named),
    }  # fmt: skip
    return render(request, "advisories/source.html", {"seat": seat, **context})


@require_POST
def source_run(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Has the next round take it along."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = source_or_404(seat, pk)
    said = _("The next round of “dijkwacht advisories fetch” takes this source along.")
    press(request, lambda: sourcing.ask(row, **when(request, seat)), said)
    return redirect("advisories:source", organisation=organisation, pk=pk)


@require_POST
def source_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Nothing more comes from it."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = source_or_404(seat, pk)
    said = _("Ended: nothing more is fetched from this source. What came from it stays.")
    press(request, lambda: sourcing.end(row, **when(request, seat)), said)
    return redirect("advisories:sources", organisation=organisation)


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes files in by hand, and shows what became of each."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = AddForm(sent(request), request.FILES or None)
    if form.is_valid():
        given = brought(form.cleaned_data["files"])
        tlp = form.cleaned_data["tlp"] or None
        results = files.take_files(seat.organisation, given, tlp=tlp, seconds=SECONDS, **when(request, seat))
        rows = [(each, say.became_word(each), say.not_opened_sentence(each)) for each in results]
        context = {"rows": rows, "answer": say.files_sentence(results)}
        return render(request, "advisories/added.html", {"seat": seat, **context})
    return form_page(
        request, seat, form, title=_("Bring files"), eyebrow=_("Sources"), submit=_("Take in"),
        back=reverse("advisories:sources", args=[organisation]),
        notes=[_("For what came by mail or from a network without internet. A file that is here already does no harm.")],
    )  # fmt: skip


def lists_(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes public lists of weaknesses over, and shows what that turned."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = ListsForm(sent(request), request.FILES or None)
    taken = _all_taken(request, seat, form.cleaned_data) if form.is_valid() else []
    context = {"form": form, "taken": taken, "held": held_lists(), "brings": lists.may_bring(seat.organisation)}
    return render(request, "advisories/lists.html", {"seat": seat, **context})


def _all_taken(request: HttpRequest, seat: Seat, data: dict[str, Any]) -> list[tuple[str, list[str], str]]:
    """Per list that was brought: its name, what came of it, or why it was not taken over. One does not stop the other."""
    who: dict[str, Any] = {"desk": seat.organisation, **when(request, seat)}
    deeds: dict[str, Callable[[Any], lists.Taken]] = {
        "kev": lambda file: lists.take_kev(file.read(), **who),
        "epss": lambda file: lists.take_epss(file.read(), **who),
        "ssvc": lambda given: lists.take_ssvc(files.records_of(brought(given)), **who),
    }
    found = []
    for kind, deed in deeds.items():
        if data.get(kind):
            try:
                found.append((say.list_word(kind), say.taken_sentences(deed(data[kind])), ""))
            except Refused as error:
                found.append((say.list_word(kind), [], say.list_refusal(error)))
    return found
