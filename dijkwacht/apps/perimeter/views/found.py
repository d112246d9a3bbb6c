"""Names that were found below ours: looked at, decided upon several at once, and added out of a feed of certificates."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import deeper_words
from dijkwacht.apps.perimeter.forms.deeper import FeedForm, FoundForm
from dijkwacht.apps.perimeter.queries import names
from dijkwacht.apps.perimeter.services import finding
from dijkwacht.apps.perimeter.services.finding import Feed
from dijkwacht.apps.perimeter.views.pages import attempt, form_page, number, press, sent, when
from dijkwacht.core.access import Right

ON_A_PAGE = 100


@require_safe
def found(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which names turned up below ours, and are they ours?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = names.proposals(seat.organisation)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": deeper_words.found_sentence(page.paginator.count), "page": page, "watches": seat.may(Right.WATCH),
    }  # fmt: skip
    return render(request, "perimeter/found.html", {"seat": seat, **context})


@require_POST
def decide(request: HttpRequest, organisation: str) -> HttpResponse:
    """Watches the names that were chosen, or says that they are not ours."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    numbers = [each for text in request.POST.getlist("names") if (each := number(text)) is not None][:ON_A_PAGE]
    form = FoundForm(request.POST, numbers=numbers)
    if form.is_valid():
        data = form.cleaned_data
        said = {"domains": data["names"], "state": data["state"], "note": data["note"]}
        press(request, lambda: finding.decide_many(seat.organisation, **said, **when(request, seat)), _("Recorded."))
    else:
        messages.error(request, _("Choose one name or more first."))
    return redirect("perimeter:found", organisation)


def feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Proposes the names below ours out of a feed of certificates."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    form = FeedForm(sent(request), request.FILES or None)
    if form.is_valid():
        made = attempt(form, lambda: _read(request, seat, form))
        if made is not None:
            messages.success(request, deeper_words.feed_sentence(made.new, made.known))
            return redirect("perimeter:found", organisation)
    back = reverse("perimeter:found", args=[organisation])
    notes = [_("Names in it that lie below one of yours are proposed. Nothing is sent to them until you decide.")]
    title, eyebrow = _("Names out of certificates"), _("Found, not yet decided")
    return form_page(request, seat, form, title=title, eyebrow=eyebrow, back=back, notes=notes, submit=_("Read"))


def _read(request: HttpRequest, seat: Seat, form: FeedForm) -> Feed:
    with NamedTemporaryFile(suffix=".jsonl") as copy:
        for part in form.cleaned_data["feed"].chunks():
            copy.write(part)
        copy.flush()
        return finding.from_feed(seat.organisation, path=Path(copy.name), **when(request, seat))
