"""Do we meet this requirement, and how do we know?"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger import receipts
from dijkwacht.apps.ledger import requirement_page as pages
from dijkwacht.apps.ledger.forms.asking import AskForm
from dijkwacht.apps.ledger.forms.looking import ReplayForm
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import facts
from dijkwacht.apps.ledger.requirement_history import history
from dijkwacht.apps.ledger.services import asking
from dijkwacht.apps.ledger.views.questions import came_from
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.core.verdict import Status
from dijkwacht.web import clock
from dijkwacht.web.context import address


@require_safe
def requirement(request: HttpRequest, organisation: str, requirement: str) -> HttpResponse:
    """One line: its verdict, why, what it rests on, and how it came about."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    form = ReplayForm(request.GET if {"op", "bekend"} & set(request.GET) else None, today=today)
    on, known_at = form.moment
    subject = request.GET.get("onderwerp", "")
    found = pages.look(seat.organisation, requirement=requirement, subject=subject, on=on, known_at=known_at)
    context = {"seat": seat, "replay": form, "on": on, "known_at": known_at, "replayed": form.replayed}
    context["came_from"] = came_from(request)
    if found is None:
        rule = packs_on(today).norms.requirements.get(requirement)
        if rule is None or not form.replayed:
            raise Http404
        return render(request, "ledger/requirement_absent.html", {**context, "rule": rule, "subject": subject})
    context |= _told(seat, found, replayed=form.replayed)
    if not form.replayed and clock.travelled(request) is None:
        context |= _acting(request, seat, found, on=today)
    return render(request, "ledger/requirement.html", context)


@require_POST
def ask(request: HttpRequest, organisation: str, requirement: str) -> HttpResponse:
    """Asks a colleague to look after a requirement: the owner."""
    seat = organisation_or_404(request, organisation, Right.ASSIGN)
    on = clock.today(request)
    if requirement not in packs_on(on).norms.requirements:
        raise Http404
    persons = {person.pk: person for person in persons_in(seat.organisation, on=on)}
    form = AskForm(request.POST, persons=[(pk, str(person)) for pk, person in persons.items()])
    if not form.is_valid():
        messages.error(request, form.trouble)
    else:
        of = persons[form.cleaned_data["person"]]
        asking.ask(
            seat.organisation, of=of, person=seat.person, on=on, at=clock.now(request), requirement=requirement,
            note=form.cleaned_data["note"], due=form.cleaned_data["due"],
        )  # fmt: skip
        messages.success(request, _("%(name)s now looks after this requirement.") % {"name": of})
    return redirect(pages.address_of(seat.organisation, requirement))


def _told(seat: Seat, found: pages.Look, *, replayed: bool) -> dict[str, Any]:
    """What the page tells, whoever looks."""
    rule, norms, parts = found.rule, found.packs.norms, pages.checklists(found)
    others, more = pages.others(found, replayed=replayed)
    kept = {"op": found.judgement.on.isoformat(), "bekend": found.judgement.known_at.isoformat()} if replayed else {}
    return {
        "found": found, "rule": rule, "norms": norms, "names": found.names, "catalog": norms.catalogs.get(rule.catalog),
        "catalog_url": address("accountability:catalog", organisation=seat.organisation.slug, catalog=rule.catalog),
        "text_url": address("frameworks:own_text", organisation=seat.organisation.slug, requirement=rule.id),
        "carries_url": address("frameworks:carries", organisation=seat.organisation.slug, requirement=rule.id),
        "reasons": pages.why(found), "parts": parts, "others": others, "more_others": more,
        "counted": pages.counted(parts),
        "taken": pages.taken(found), "afterwards": pages.afterwards(found), "claim": pages.claim_of(found),
        "history": history(found), "subjects": pages.subjects_of(found, kept),
        "asked": facts.assignments(seat.organisation).filter(requirement=rule.id),
    }  # fmt: skip


def _acting(request: HttpRequest, seat: Seat, found: pages.Look, *, on: date) -> dict[str, Any]:
    """What this person can do here."""
    back = pages.address_of(seat.organisation, found.rule.id, found.subject)
    told = receipts.receipt(seat, request.GET.get("receipt", ""), on=on)
    out: dict[str, Any] = {"receipt": told, "back": back}
    if told is not None:
        undo = address("ledger:undo", organisation=seat.organisation.slug, act=str(told.act))
        out["undo_url"] = f"{undo}?{urlencode({'back': back})}"
    if seat.may(Right.ANSWER):
        plan = address("isms:action_add", organisation=seat.organisation.slug)
        out["action_url"] = f"{plan}?{urlencode({'eis': found.rule.id})}" if plan else ""
        out["parts"] = pages.checklists(found, back=back)
    if seat.may(Right.ANSWER) and found.verdict.status is Status.UNKNOWN:
        out["open"] = pages.open_questions(found, seat, on=on, back=back)
    if seat.may(Right.ASSIGN):
        persons = [(person.pk, str(person)) for person in persons_in(seat.organisation, on=on)]
        out["ask_form"] = AskForm(persons=persons, auto_id="ask_%s")
    return out
