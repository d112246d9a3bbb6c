"""The plan and its actions; finishing one records what it settled."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms import forms, words
from dijkwacht.apps.isms.models import Action
from dijkwacht.apps.isms.queries import looking
from dijkwacht.apps.isms.queries import plan as queries
from dijkwacht.apps.isms.queries import risks as risk_queries
from dijkwacht.apps.isms.services import plan as services
from dijkwacht.apps.isms.views.pages import (
    attempt,
    change_or_403,
    form_page,
    known,
    may_change,
    norms_of,
    person_of,
    press,
    sent,
    when,
)
from dijkwacht.apps.ledger import receipts
from dijkwacht.apps.ledger.queries import subjects, verdicts
from dijkwacht.apps.ledger.words import asked
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.isms_cycle import Pressing, pressing
from dijkwacht.web import clock


@require_safe
def plan(request: HttpRequest, organisation: str) -> HttpResponse:
    """What will be done, by whom and before when, and what is late?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = queries.open_rows(seat.organisation, on=on)
    mine = request.GET.get("wie") == "ik"
    shown = [each for each in rows if not mine or each.action.owner_id == seat.person.pk]
    late, soon = (sum(each.pressing is state for each in rows) for state in (Pressing.LATE, Pressing.SOON))
    norms, groups = norms_of(request), queries.by_owner(shown, nobody=_("Nobody yet"))
    context = {
        "answer": words.late_sentence(late, soon), "groups": groups, "mine": mine, "open": len(rows),
        "late": late, "soon": soon, "cost": sum(each.action.cost or 0 for each in rows), "norms": norms,
        "closed": queries.closed_rows(seat.organisation, limit=20), "keeps": seat.may(Right.KEEP_ISMS),
        "signs": seat.may(Right.SIGN), "adds": seat.may(Right.ANSWER),
        "shorts": {
            each.action.pk: words.short(norms, name) for each in rows if (name := each.action.requirement)
        },
    }  # fmt: skip
    return render(request, "isms/plan.html", {"seat": seat, "on": on, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds an action, maybe for a risk, a finding or a decision of a review."""
    seat = organisation_or_404(request, organisation, Right.ANSWER)
    links = _links(request, seat)
    wanted = request.GET.get("eis", "") or getattr(links.get("finding"), "requirement", "")
    initial = {"requirement": wanted, "owner": None if seat.may(Right.KEEP_ISMS) else seat.person.pk}
    form = forms.ActionForm(sent(request), initial=initial, **known(request, seat))
    if form.is_valid():
        text = _text(request, seat, form.cleaned_data, links)
        deed = services.add_action
        if found := attempt(request, form, lambda: deed(seat.organisation, text=text, **when(request, seat))):
            return redirect("isms:action", organisation=organisation, pk=found.pk)
    notes = [str(links[name]) for name in ("risk", "finding", "review", "subject") if links.get(name)]
    return form_page(request, seat, form, title=_("A new action"), up=("isms:plan", _("Plan")), notes=notes)


def _links(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What an action is for, as the address says; nothing for what is not ours."""
    found: dict[str, Any] = {}
    for name, one in (("risk", risk_queries.risk), ("finding", looking.finding), ("review", looking.review)):
        text = request.GET.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 18:
            found[name] = one(seat.organisation, int(text))
    key = request.GET.get("onderwerp", "").replace("\0", "")  # PostgreSQL takes no such character, also to look for
    subject = subjects.subject(seat.organisation, key or seat.organisation.slug)
    if subject is not None and request.GET.get("vraag"):
        found |= {"subject": subject, "fact_type": request.GET["vraag"]}
    return found


def _text(request: HttpRequest, seat: Seat, data: Mapping[str, Any], links: Mapping[str, Any]) -> services.ActionText:
    owner = person_of(seat, request, data["owner"])
    if owner is None and not seat.may(Right.KEEP_ISMS):
        owner = seat.person
    return services.ActionText(
        data["title"], data["due"], data["text"], owner, data["cost"], data["requirement"],
        subject=links.get("subject"), fact_type=links.get("fact_type", ""), risk=links.get("risk"),
        finding=links.get("finding"), review=links.get("review"),
    )  # fmt: skip


@require_safe
def action(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What will be done here, and what did it turn?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    found = _action_or_404(seat, pk)
    turns = verdicts.turns(seat.organisation).filter(act=found.act) if found.act else []
    names = subjects.names(seat.organisation)
    context = {
        "action": found, "state": pressing(found.due, done=not found.open, on=on), "norms": norms,
        "requirement": words.long(norms, found.requirement) if found.requirement else "",
        "turned": receipts.held_back(seat, receipts.turned(seat, turns, on=on), on=on),
        "settles": [asked(each.fact_type, each.subject.key, names) for each in queries.settles(found, on=on)]
        if found.open else [],
        "changes": may_change(seat, found.owner) and found.open,
    }  # fmt: skip
    return render(request, "isms/action.html", {"seat": seat, "on": on, **context})


def edit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Changes an action."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _action_or_404(seat, pk)
    change_or_403(seat, found.owner)
    initial = {name: getattr(found, name) for name in ("title", "text", "due", "cost", "requirement")}
    form = forms.ActionForm(sent(request), initial={**initial, "owner": found.owner_id}, **known(request, seat))
    if form.is_valid():
        links = {name: getattr(found, name) for name in ("risk", "finding", "review", "subject", "fact_type")}
        text = _text(request, seat, form.cleaned_data, links)
        if attempt(request, form, lambda: services.change_action(found, text=text, **when(request, seat))):
            return redirect("isms:action", organisation=organisation, pk=pk)
    return form_page(request, seat, form, title=_("Change this action"), up=("isms:plan", _("Plan")))


def finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The action is done: with its evidence and the answers that follow from it."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _action_or_404(seat, pk)
    change_or_403(seat, found.owner)
    states = queries.settles(found, on=clock.today(request)) if found.open else []
    form = _finish_form(request, seat, states)
    if form.is_valid():
        data = form.cleaned_data
        answers = [(states[n].subject, states[n].fact_type.id, value) for n, value in form.answers.items()]
        extra = {"result": data["result"], "files": data["evidence"], "made_on": data["made_on"]}
        deed = services.finish_action
        if attempt(request, form, lambda: deed(found, answers=answers, **extra, **when(request, seat))):
            return redirect("isms:action", organisation=organisation, pk=pk)
    others = [each for each in states if not forms.askable(each.fact_type)]
    context = {"action": found, "form": form, "questions": [form[name] for name in form.questions], "others": others}
    return render(request, "isms/finish.html", {"seat": seat, **context})


def _finish_form(request: HttpRequest, seat: Seat, states: list[queries.Ask]) -> forms.FinishForm:
    names = subjects.names(seat.organisation)
    questions = [(each.subject.key, asked(each.fact_type, each.subject.key, names), each.fact_type) for each in states]
    return forms.FinishForm(sent(request), request.FILES or None, questions=questions, on=clock.today(request))


def drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It will not be done."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _action_or_404(seat, pk)
    change_or_403(seat, found.owner)
    form = forms.ReasonForm(sent(request))
    if (
        form.is_valid()
        and attempt(request, form, lambda: services.drop_action(found, **form.cleaned_data, **when(request, seat)))
        is not None
    ):
        return redirect("isms:plan", organisation=organisation)
    return form_page(request, seat, form, title=_("Drop this action"), up=("isms:plan", _("Plan")))


@require_POST
def discussed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Progress was discussed with the owners today."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    press(request, lambda: services.discuss_plan(seat.organisation, **when(request, seat)))
    return redirect("isms:plan", organisation=organisation)


@require_POST
def approve(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who has the mandate approves the plan as it stands."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    press(request, lambda: services.approve_plan(seat.organisation, **when(request, seat)))
    return redirect("isms:plan", organisation=organisation)


def _action_or_404(seat: Seat, pk: int) -> Action:
    found = queries.action(seat.organisation, pk)
    if found is None:
        raise Http404
    return found
