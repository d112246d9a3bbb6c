"""What is done against cybercrime elsewhere: how strong the evidence is, for whom, and what fits our picture. Reads only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dijkwacht.apps.crime.forms.help import FilterForm, GroupsForm
from dijkwacht.apps.crime.queries import plans as running
from dijkwacht.apps.crime.queries.signs import pointed
from dijkwacht.apps.crime.words_help import STANDS, fit_words
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.crime.interventions import Catalogue, Intervention, Seen, fitting, signs
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def interventions(request: HttpRequest, organisation: str) -> HttpResponse:
    """What works, as far as somebody looked? By name: no score of ours puts one above another."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    pack, form = crime_packs().catalogue, FilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = [each for each in pack.interventions.values() if _wanted(each, wanted)]
    rows = [_row(pack, each) for each in sorted(found, key=lambda each: each.name.casefold())]
    levels = [
        (each, sum(one.evidence == each.id for one in pack.interventions.values()))
        for each in pack.scale
    ]  # fmt: skip
    runs = running.running(seat.organisation, on=clock.today(request))
    context = {"rows": rows, "form": form, "pack": pack, "levels": levels, "runs": runs, "answer": text_of(pack.about)}
    return render(request, "crime/interventions.html", {"seat": seat, **context})


@require_safe
def intervention(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """What is this, for whom, against what, and what was found of it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    pack = crime_packs().catalogue
    each = pack.interventions.get(name)
    if each is None:
        raise Http404
    here = [
        (plan, STANDS[plan.stand])
        for plan in running.plans(seat.organisation, on=clock.today(request))
        if plan.row.intervention == name
    ]
    scale = [(step, step.id == each.evidence) for step in pack.scale]
    context = {"row": _row(pack, each), "scale": scale, "here": here, "as_of": pack.as_of}
    return render(request, "crime/intervention.html", {"seat": seat, **context, "steers": seat.may(Right.STEER)})


@require_safe
def fits(request: HttpRequest, organisation: str) -> HttpResponse:
    """What fits our picture, and why? That something fits does not say that it works."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today, pack = clock.today(request), crime_packs().catalogue
    form = GroupsForm(request.GET or None)
    groups = form.cleaned_data["doelgroep"] if form.is_valid() else []
    told = pointed(seat.organisation)
    found = signs(pack, higher=told.higher, rising=told.rising, local=told.local)
    seen = Seen(found, frozenset(groups), running.running(seat.organisation, on=today))
    rows = [
        (_row(pack, each.intervention), fit_words(each), each)
        for each in fitting(pack, pack.interventions.values(), seen)
    ]
    fit = [each for each in rows if each[2].fits]
    context = {
        "form": form, "fit": fit, "rest": [each for each in rows if not each[2].fits], "blank": not found and not groups,
        "answer": _answer(len(fit), blank=not found and not groups),
    }  # fmt: skip
    return render(request, "crime/intervention_fits.html", {"seat": seat, **context})


def _answer(fit: int, *, blank: bool) -> str:
    if blank:
        return _("Our picture points at nothing yet. Bring figures, or choose for whom you look.")
    told = ngettext(
        "%(n)s intervention fits. That something fits does not say that it works.",
        "%(n)s interventions fit. That something fits does not say that it works.", fit,
    )  # fmt: skip
    return told % {"n": fit}


def _wanted(each: Intervention, wanted: dict[str, str]) -> bool:
    phenomenon, group, level = (wanted.get(name, "") for name in ("fenomeen", "doelgroep", "onderzoek"))
    return (
        (not phenomenon or phenomenon in each.phenomena)
        and (not group or group in each.groups)
        and (not level or level == each.evidence)
    )


def _row(pack: Catalogue, each: Intervention) -> dict[str, object]:
    """An intervention with the words of its codes."""
    return {
        "each": each, "level": pack.scale[pack.rank(each.evidence)],
        "phenomena": [pack.phenomena[name] for name in each.phenomena], "groups": [pack.groups[name] for name in each.groups],
    }  # fmt: skip
