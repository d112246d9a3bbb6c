"""What runs: initiatives, when they end, which needs they should meet, and who takes part."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.landscape.forms import initiatives as forms
from dijkwacht.apps.landscape.models import Area, Initiative
from dijkwacht.apps.landscape.queries import initiatives as queries
from dijkwacht.apps.landscape.queries import needs as need_queries
from dijkwacht.apps.landscape.queries.cells import landscape_of
from dijkwacht.apps.landscape.services import initiatives as services
from dijkwacht.apps.landscape.views.needs import FORM, address
from dijkwacht.apps.landscape.words import covenant as say_covenant
from dijkwacht.apps.landscape.words import needs as say
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.landscape.about import place_of
from dijkwacht.core.landscape.findings import gaps
from dijkwacht.web import clock
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import language


@require_safe
def initiatives(request: HttpRequest, organisation: str) -> HttpResponse:
    """What runs, and what stops without anybody noticing?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.everything(seat.organisation, on=clock.today(request))
    titles = need_titles(request, seat)
    rows = [(each, address_of(organisation, each), last_day(each), _closing(each, titles)) for each in found]
    groups = [(words, [row for row in rows if row[0].course in courses]) for words, courses in say_covenant.groups()]
    context = {
        "answer": say.initiatives_answer(found), "groups": [each for each in groups if each[1]],
        "changes": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/initiatives.html", {"seat": seat, **context})


@require_safe
def initiative(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is this, until when, and which needs should it meet?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = sight_or_404(request, seat, pk)
    known = {each.key: each for each in need_queries.needs(seat.organisation, on=clock.today(request))}
    closes = [(known[key].title, address(organisation, known[key])) for key in row.row.closes if key in known]
    context = {
        "seen": row, "each": row.row, "course": say.COURSES[row.course], "closes": closes, "steers": seat.may(Right.STEER),
        "own": row.row.organisation == seat.organisation,
    }  # fmt: skip
    return render(request, "landscape/initiative.html", {"seat": seat, **context})


@require_safe
def pack_initiative(request: HttpRequest, organisation: str, initiative: str) -> HttpResponse:
    """The same of one that public sources tell of, with the gaps that it should close."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = pack_or_404(request, seat, initiative)
    known = {each.key: each for each in need_queries.needs(seat.organisation, on=clock.today(request))}
    here = landscape_of(seat.organisation)
    still = {each.box.id for each in gaps(here)}
    places = [(place_of(here, box, language()), f"gap:{box}", box in still) for box in row.gaps]
    context = {
        "seen": row, "each": row.pack, "course": course_of(row), "last_day": last_day(row),
        "since": say_covenant.ends(row.pack.since),
        "kind": say_covenant.KINDS[row.pack.kind], "confidence": say_covenant.CONFIDENCE[row.pack.confidence],
        "closes": [(known[key].title, address(organisation, known[key])) for key in row.closes if key in known],
        "area": Area(row.pack.area).label, "places": places, "steers": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/pack_initiative.html", {"seat": seat, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds an initiative."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.InitiativeForm(sent(request), needs=_choices(request, seat))
    if form.is_valid():
        made = attempt(
            form, lambda: services.add(seat.organisation, told=form.told(), **when(request, seat)), say.refusal
        )
        if made:
            messages.success(request, _("Recorded: the initiative stands in the list."))
            return redirect("landscape:initiative", organisation=organisation, pk=made.pk)
    back = reverse("landscape:initiatives", args=[organisation])
    return form_page(request, seat, form, template=FORM, title=_("Add an initiative"), back=back)


def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what an initiative is now."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.InitiativeForm(sent(request), needs=_choices(request, seat), initial=forms.shown(row))
    if form.is_valid() and attempt(
        form, lambda: services.change(row, told=form.told(), **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: this is what it is now."))
        return redirect("landscape:initiative", organisation=organisation, pk=pk)
    back = reverse("landscape:initiative", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("What it is"), eyebrow=row.title, back=back)


def finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is over, and what came of it."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.FinishForm(sent(request), initial={"on": clock.today(request)})
    if form.is_valid() and attempt(
        form, lambda: services.finish(row, **form.cleaned_data, **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: it is over."))
        return redirect("landscape:initiative", organisation=organisation, pk=pk)
    back = reverse("landscape:initiative", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("It is over"), eyebrow=row.title, back=back)


def join(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    return _join(request, seat, sight_or_404(request, seat, pk))


def pack_join(request: HttpRequest, organisation: str, initiative: str) -> HttpResponse:
    """The same for one that public sources tell of."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    return _join(request, seat, pack_or_404(request, seat, initiative))


@require_POST
def leave(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part no longer."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    return _leave(request, seat, sight_or_404(request, seat, pk))


@require_POST
def pack_leave(request: HttpRequest, organisation: str, initiative: str) -> HttpResponse:
    """The same for one that public sources tell of."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    return _leave(request, seat, pack_or_404(request, seat, initiative))


def _join(request: HttpRequest, seat: Seat, row: queries.Either) -> HttpResponse:
    form = forms.PartForm(sent(request), initial={"since": clock.today(request)})
    deed = {"initiative": row.key, **when(request, seat)}
    back = address_of(seat.organisation.slug, row)
    if form.is_valid() and attempt(
        form, lambda: services.take_part(seat.organisation, **form.cleaned_data, **deed), say.refusal
    ):
        messages.success(request, _("Recorded: you take part."))
        return redirect(back)
    return form_page(request, seat, form, template=FORM, title=_("Take part"), eyebrow=row.title, back=back)


def _leave(request: HttpRequest, seat: Seat, row: queries.Either) -> HttpResponse:
    deed = {"initiative": row.key, **when(request, seat)}
    said = _("Recorded: you take part no longer.")
    press(request, lambda: services.leave(seat.organisation, **deed), said, say.refusal)
    return redirect(address_of(seat.organisation.slug, row))


def address_of(organisation: str, row: queries.Either) -> str:
    """The page of an initiative."""
    if isinstance(row, queries.SeenPack):
        return reverse("landscape:pack_initiative", args=[organisation, row.pack.id])
    return reverse("landscape:initiative", args=[organisation, row.row.pk])


def course_of(row: queries.Either) -> str:
    """Where it is, in words."""
    return str((say_covenant.PACK_COURSES if isinstance(row, queries.SeenPack) else say.COURSES)[row.course])


def last_day(row: queries.Either) -> str:
    """Its last day, or the month or year that a source names."""
    if isinstance(row, queries.SeenPack):
        return say_covenant.ends(row.pack.until)
    return day_words(row.ends) if row.ends else ""


def _closing(row: queries.Either, titles: Mapping[str, str]) -> list[str]:
    return [titles[key] for key in row.closes if key in titles]


def need_titles(request: HttpRequest, seat: Seat) -> dict[str, str]:
    """What the needs are called, by key."""
    return dict(_choices(request, seat))


def pack_or_404(request: HttpRequest, seat: Seat, name: str) -> queries.SeenPack:
    """An initiative of the packs. Raises Http404."""
    found = queries.pack_initiative(seat.organisation, name, on=clock.today(request))
    if found is None:
        raise Http404
    return found


def sight_or_404(request: HttpRequest, seat: Seat, pk: int) -> queries.Seen:
    """An initiative that this organisation may see. Raises Http404."""
    found = queries.initiative(seat.organisation, pk, on=clock.today(request))
    if found is None:
        raise Http404
    return found


def own_or_404(seat: Seat, pk: int) -> Initiative:
    """An initiative that this organisation added. Raises Http404."""
    row = Initiative.objects.filter(organisation=seat.organisation, pk=pk).first()
    if row is None:
        raise Http404
    return row


def _choices(request: HttpRequest, seat: Seat) -> list[tuple[str, str]]:
    return [(each.key, each.title) for each in need_queries.needs(seat.organisation, on=clock.today(request))]
