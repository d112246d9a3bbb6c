"""What fails when something fails, for whom, and what one generator more would change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.crisis import cascade_page as page
from dijkwacht.apps.crisis.forms.cascade import KeepForm, RunForm
from dijkwacht.apps.crisis.models import CascadeRun
from dijkwacht.apps.crisis.queries import cascade as queries
from dijkwacht.apps.crisis.services import cascade as services
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.cascade.network import Start
from dijkwacht.web import clock


def run_form(data: Any, here: queries.Mine) -> RunForm:
    """The form with the nodes of this network, causes first."""
    nodes = tuple((each.id, each.name) for each in here.network.nodes)
    return RunForm(data, nodes=nodes)


def _asked(query: QueryDict) -> dict[str, Any]:
    """What an address asks; what it leaves out is as on the empty form, so that a short address works too."""
    return {name: field.initial for name, field in RunForm.base_fields.items()} | query.dict()


@require_safe
def cascade(request: HttpRequest, organisation: str) -> HttpResponse:
    """What fails when this fails?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    here = queries.mine(seat.organisation, language=get_language() or "nl")
    form = run_form(_asked(request.GET) if "uitval" in request.GET else None, here)
    context: dict[str, Any] = {
        "seat": seat, "form": form, "here": here, "kept": queries.kept(seat.organisation), "changes": seat.may(Right.STEER),
        "answer": _("Choose what fails. You see what may fail with it, when, how often, and for whom."),
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        context |= _found(seat, here, form)
    return render(request, "crisis/cascade.html", context)


def _found(seat: Seat, here: queries.Mine, form: RunForm) -> dict[str, Any]:
    """What a run shows."""
    asked, failed = form.cleaned_data, form.failed
    start, within, seed = Start(failed, asked["uren"]), asked["uren"], asked["trekking"]
    found = services.reckon(here.network, start, seed=seed)
    rows = page.rows(here, found, failed=failed, within=within, ties=queries.ties(seat.organisation))
    stopped = {each.id: each.when.partition(" (")[0] for each in rows} | dict.fromkeys(failed, _("fails first"))
    return {
        "answer": page.answer(here, rows, failed=failed, within=within), "rows": rows, "ran": True, "seed": seed,
        "runs": services.RUNS, "within": page.hours_words(within), "out": page.out_of_reach(here, rows, failed),
        "levers": page.lever_rows(here, start, extra=asked["extra"], within=within, seed=seed),
        "extra": page.hours_words(asked["extra"]), "keep": KeepForm(), "lever_runs": page.LEVER_RUNS,
        "picture": page.picture(here, title=_("What fails with it"), stopped=stopped, url={}),
    }  # fmt: skip


@require_POST
def cascade_keep(request: HttpRequest, organisation: str) -> HttpResponse:
    """Keeps a run, with its seed and the mark of the network."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    here = queries.mine(seat.organisation, language=get_language() or "nl")
    form, named = run_form(request.POST, here), KeepForm(request.POST)
    if not (form.is_valid() and named.is_valid()):
        messages.error(request, _("Give it a name, and choose what fails."))
        return redirect("crisis:cascade", organisation=organisation)
    asked = form.cleaned_data
    try:
        row = services.keep(
            seat.organisation, title=named.cleaned_data["title"], failed=form.failed, hours=asked["uren"],
            seed=asked["trekking"], person=seat.person, at=clock.now(request),
        )  # fmt: skip
    except Refused:
        messages.error(request, _("This could not be kept. Look again."))
        return redirect("crisis:cascade", organisation=organisation)
    messages.success(request, _("Kept."))
    return redirect("crisis:cascade_run", organisation=organisation, pk=row.pk)


@require_safe
def cascade_run(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A run as it was kept."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = get_object_or_404(CascadeRun, organisation=seat.organisation, pk=pk)
    here = queries.mine(seat.organisation, language=get_language() or "nl")
    rows = [
        (one["name"], page.chance_words(*one["p"]), page.when_words(*one["t"]))
        for node, one in sorted(row.outcomes.items(), key=lambda each: each[1]["t"][1] or 0)
        if node not in row.failed and one["t"][1] is not None
    ]
    names = [row.outcomes.get(each, {}).get("name", each) for each in row.failed]
    context = {"seat": seat, "run": row, "rows": rows, "names": names, "same": here.digest == row.digest}
    return render(request, "crisis/cascade_run.html", context)
