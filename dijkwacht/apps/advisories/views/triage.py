"""The desk of an analyst: the queue, deciding on several at once, products that nobody has."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dijkwacht.apps.advisories import triage_words, words
from dijkwacht.apps.advisories.forms.triage import ManyForm, QueueFilter
from dijkwacht.apps.advisories.models import Advisory, Decision
from dijkwacht.apps.advisories.queries import triage as queries
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.queries.unmatched import unmatched_of, with_candidates
from dijkwacht.apps.advisories.queries.visible import advisories_of
from dijkwacht.apps.advisories.services import triage as verbs
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.triage_rows import queue_rows
from dijkwacht.apps.advisories.views.pages import sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25


def triage(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which advisory touches which municipality, and is not decided?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    rows = advisories_of(seat.organisation, seat.person)
    numbers = request.POST.getlist("advisory")
    waiting = list(queries.waiting_for([int(each) for each in numbers if _is_number(each)], rows)) if numbers else []
    many = ManyForm(sent(request), numbers=[each.pk for each in waiting])
    if many.is_valid():
        _decide_all(request, seat, waiting, many.cleaned_data["because"])
        return redirect(request.get_full_path())
    form = QueueFilter(
        request.GET or None, publishers=queries.publishers(rows), providers=queries.providers(seat.organisation)
    )
    asked = form.asked()
    page = Paginator(queries.queue(rows, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_counted(rows), "form": form, "many": many, "page": page, "state": asked.state, "sort": asked.sort,
        "sorts": queries.SORTS,
        "rows": queue_rows(page.object_list, [each.pk for each in waiting]),
        "found": page.paginator.count if request.GET else None,
    }  # fmt: skip
    return render(request, "advisories/triage.html", {"seat": seat, **context})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _counted(rows: QuerySet[Advisory]) -> dict[str, Any]:
    """How many stand in each part of the queue, and the sentence that says what waits."""
    counts = queries.counts(rows)
    parts = [(name, word, counts[name]) for name, word in triage_words.PARTS.items()]
    return {"parts": parts, "answer": triage_words.queue_answer(counts["open"], queries.touched_by(rows))}


def _decide_all(request: HttpRequest, seat: Seat, advisories: Iterable[Advisory], because: str) -> None:
    """No warning for each of them, one deed each; says which were refused and why."""
    done, told = 0, when(request, seat)
    for each in advisories:
        try:
            verbs.decide(each, decision=Decision.NOT, because=because, **told)
            done += 1
        except Refused as error:
            messages.error(request, f"{each.number}: {words.refusal(error)}")
    if done:
        said = ngettext("Decided on %(n)d advisory: no warning.", "Decided on %(n)d advisories: no warning.", done)
        messages.success(request, said % {"n": done})


@require_safe
def unmatched(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which products do advisories name that nobody has, and is that so?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    served = served_by(seat.organisation, on=clock.today(request))
    text = request.GET.get("text", "").strip()[:100]
    found = unmatched_of(advisories_of(seat.organisation, seat.person), served, text=text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    answer = ngettext(
        "Advisories name %(n)d product that nobody registered.", "Advisories name %(n)d products that nobody registered.", total,
    )  # fmt: skip
    answers = [
        (reverse(f"advisories:desk_name_{name}", args=[organisation]), word)
        for name, word in (("confirm", _("The same")), ("reject", _("Something else")))
    ]
    context = {
        "answers": answers, "rows": with_candidates(page.object_list, seat.organisation, served), "page": page, "text": text,
        "answer": answer % {"n": total} if total else _("Every product that is named, somebody has."),
    }  # fmt: skip
    return render(request, "advisories/unmatched.html", {"seat": seat, **context})
