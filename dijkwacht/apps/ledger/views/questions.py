"""Questions: one at a time, the most settling first; saved at once, and undone with one button."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger import cards, receipts, words
from dijkwacht.apps.ledger.forms.asking import AskForm, QuestionFilter
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import asked, subjects
from dijkwacht.apps.ledger.queries.asked import may_answer
from dijkwacht.apps.ledger.queries.facts import QuestionState, assignments
from dijkwacht.apps.ledger.services import asking, saying
from dijkwacht.apps.ledger.services import facts as services
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin, Outcome
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

WAITING = 5
KEPT = ("who", "theme", "account", "subject", "place", "back")  # what a trip through questions takes along


@require_safe
def questions(request: HttpRequest, organisation: str) -> HttpResponse:
    """The question that decides most, and what waits after it; to answer, or to divide among colleagues."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    if not (seat.may(Right.ANSWER_ASSIGNED) or seat.may(Right.ASSIGN)):
        raise PermissionDenied
    on = clock.today(request)
    form = _filter(request, seat, on)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = asked.questions_for(seat, on=on, narrowed=asked.Filter(**chosen))
    place = min(_number(request.GET.get("place", "")), max(len(found) - 1, 0))
    context = {"seat": seat, "found": len(found), "form": form, "active": bool(chosen), **_receipt(request, seat, on)}
    if found:
        current = found[place]
        state = cards.state_of(seat, current.subject, current.fact_type, on=on)
        if state is None:
            raise Http404
        context |= _card(request, seat, cards.card(request, seat, state, on=on, question=current), on=on)
        rest = found[place + 1 : place + 1 + WAITING]
        context["waiting"] = cards.waiting(seat, rest, on=on, place=place + 1, address_of=_at(request, seat))
        context["next"] = _at(request, seat)(place + 1) if place + 1 < len(found) else ""
        context["previous"] = _at(request, seat)(place - 1) if place else ""
    return render(request, "ledger/questions.html", context)


def question(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """One question by itself; and where every answer is sent to."""
    seat = organisation_or_404(request, organisation, Right.ANSWER_ASSIGNED)
    state = _mine_or_404(request, seat, subject, fact_type)
    return _answering(request, seat, state, origin=Origin.PERSON)


def audit(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """One question, answered by an auditor who established it himself."""
    seat = organisation_or_404(request, organisation, Right.AUDIT)
    state = cards.state_of(seat, subject, fact_type, on=clock.today(request))
    if state is None:
        raise Http404
    return _answering(request, seat, state, origin=Origin.AUDIT)


@require_POST
def defer(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """*I do not know*: the question goes to the end of this person's list."""
    seat = organisation_or_404(request, organisation, Right.ANSWER_ASSIGNED)
    state = _mine_or_404(request, seat, subject, fact_type)
    asking.defer(
        seat.organisation, subject=state.subject, fact_type=fact_type, person=seat.person, on=clock.today(request),
        at=clock.now(request),
    )  # fmt: skip
    messages.info(request, _("This question now comes last for you. It stays unknown until somebody answers it."))
    return _onward(request, seat)


@require_POST
def ask(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """Asks a colleague this question."""
    seat = organisation_or_404(request, organisation, Right.ASSIGN)
    on = clock.today(request)
    state = cards.state_of(seat, subject, fact_type, on=on)
    if state is None:
        raise Http404
    persons = {person.pk: person for person in persons_in(seat.organisation, on=on)}
    form = AskForm(request.POST, persons=[(pk, str(person)) for pk, person in persons.items()])
    if not form.is_valid():
        messages.error(request, form.trouble)
        return _onward(request, seat)
    of = persons[form.cleaned_data["person"]]
    asking.ask(
        seat.organisation, of=of, person=seat.person, on=on, at=clock.now(request), subject=state.subject,
        fact_type=fact_type, note=form.cleaned_data["note"], due=form.cleaned_data["due"],
    )  # fmt: skip
    messages.success(request, _("%(name)s now finds this question under Today.") % {"name": of})
    return _onward(request, seat)


@require_POST
def asked_done(request: HttpRequest, organisation: str, assignment: int) -> HttpResponse:
    """Ends what a colleague was asked: by who divides the questions, or by the colleague."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    rows = assignments(seat.organisation)
    row = get_object_or_404(rows, pk=assignment)
    if not seat.may(Right.ASSIGN) and row.person_id != seat.person.pk:
        raise PermissionDenied
    asking.finish(row, person=seat.person, on=clock.today(request), at=clock.now(request))
    if row.requirement:
        messages.success(request, _("%(name)s no longer looks after this requirement.") % {"name": row.person})
    else:
        messages.success(request, _("%(name)s is no longer asked this question.") % {"name": row.person})
    return _onward(request, seat)


@require_POST
def choose(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """Of several answers that contradict each other, says which one is right."""
    seat = organisation_or_404(request, organisation, Right.ANSWER_ASSIGNED)
    state = _mine_or_404(request, seat, subject, fact_type)
    wanted = request.POST.get("fact", "")
    chosen = next((each for each in state.standing if str(each.fact.pk) == wanted), None)
    if chosen is None:
        raise Http404
    spoken = services.answer(
        seat.organisation, person=seat.person, subject=state.subject, fact_type=fact_type, value=chosen.value,
        on=clock.today(request), at=clock.now(request), seen=state.token, assurance=Assurance(chosen.fact.assurance),
        correction=True,
    )  # fmt: skip
    return _onward(request, seat, act=spoken.act)


@require_POST
def undo(request: HttpRequest, organisation: str, act: int) -> HttpResponse:
    """Undoes an answer that this person gave today."""
    seat = organisation_or_404(request, organisation, Right.ANSWER_ASSIGNED)
    on = clock.today(request)
    try:
        services.undo(seat.organisation, act=act, person=seat.person, on=on, at=clock.now(request))
    except Refusal as refusal:
        messages.error(request, words.trouble(refusal, on=on))
    else:
        messages.success(request, _("Undone. What stood before stands again."))
    return _onward(request, seat)


def _answering(request: HttpRequest, seat: Seat, state: QuestionState, *, origin: Origin) -> HttpResponse:
    """Shows one card, or records what was sent and goes on."""
    on = clock.today(request)
    card = cards.card(request, seat, state, on=on)
    if request.method == "POST" and card.form.is_valid():
        spoken = card.form.spoken(origin=origin)
        if spoken.correction and not cards.may_correct(seat, state):
            raise PermissionDenied
        try:
            told = saying.say(
                state.subject, fact_type=state.fact_type.id, spoken=spoken,
                person=seat.person, on=on, at=clock.now(request),
            )  # fmt: skip
        except ValueError as error:
            card.form.add_error(None, words.trouble(error, on=on))
        else:
            return _told(request, seat, card, told)
    context = {
        "seat": seat, "audit": origin is Origin.AUDIT, "came_from": came_from(request), **_receipt(request, seat, on)
    }  # fmt: skip
    return render(request, "ledger/question.html", context | _card(request, seat, card, on=on))


def _told(request: HttpRequest, seat: Seat, card: cards.Card, told: services.Receipt) -> HttpResponse:
    """Onward after an answer; to the question itself when somebody else said otherwise meanwhile."""
    if told.outcome is Outcome.CONTRADICTION:
        messages.warning(request, _("Somebody else gave another answer in the meantime. Both now stand; choose."))
        own = (seat.organisation.slug, card.subject.key, card.fact_type.id)
        return redirect(_with(reverse("ledger:question", args=own), _kept(request)))
    if told.outcome is Outcome.UNCHANGED:
        messages.info(request, _("This was known already; it was seen again today."))
    return _onward(request, seat, act=told.act)


def _onward(request: HttpRequest, seat: Seat, *, act: int | None = None) -> HttpResponse:
    """Back to where somebody came from, else to the next question; with the receipt of what was done."""
    kept = _kept(request)
    home = reverse("ledger:questions", args=[seat.organisation.slug])
    if back := came_from(request):
        home = back
        kept = QueryDict(mutable=True)
    elif not (seat.may(Right.ANSWER_ASSIGNED) or seat.may(Right.ASSIGN)):
        home = seat.organisation.get_absolute_url()
    if act is not None:
        kept["receipt"] = str(act)
    return redirect(_with(home, kept))


def came_from(request: HttpRequest) -> str:
    """The page of ours that somebody came from and goes back to; empty when none is named."""
    back, ours = request.GET.get("back", ""), {request.get_host()}
    known = url_has_allowed_host_and_scheme(back, allowed_hosts=ours, require_https=request.is_secure())
    return back if known else ""


def _kept(request: HttpRequest) -> QueryDict:
    """The part of the query that goes along."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := request.GET.get(name, ""):
            kept[name] = value
    return kept


def _with(url: str, query: QueryDict) -> str:
    if not query:
        return url
    url, _hash, place = url.partition("#")
    if place:  # a receipt stands above: from there one goes on to where one was
        query = query.copy()
        query[receipts.PLACE] = place
    return f"{url}{'&' if '?' in url else '?'}{query.urlencode()}"


def _at(request: HttpRequest, seat: Seat) -> Callable[[int], str]:
    """The address of the question at a place in the list."""
    home = reverse("ledger:questions", args=[seat.organisation.slug])
    kept = _kept(request)

    def at(place: int) -> str:
        query = kept.copy()
        query["place"] = str(place)
        return _with(home, query)

    return at


def _card(request: HttpRequest, seat: Seat, card: cards.Card, *, on: date) -> dict[str, object]:
    """What the template of a card needs."""
    own = (seat.organisation.slug, card.subject.key, card.fact_type.id)
    kept = _kept(request)
    persons = [(each.pk, str(each)) for each in persons_in(seat.organisation, on=on)] if seat.may(Right.ASSIGN) else []
    urls = {name: _with(reverse(f"ledger:{name}", args=own), kept) for name in ("question", "defer", "ask", "choose")}
    urls["audit"] = _with(reverse("ledger:audit", args=own), kept)
    mine = seat.may(Right.ANSWER_ASSIGNED) and may_answer(seat, card.subject.key, card.fact_type.id, on=on)
    ask_form = AskForm(persons=persons, auto_id="ask_%s") if persons else None
    asked_of = assignments(seat.organisation).filter(subject__key=card.subject.key, fact_type=card.fact_type.id)
    return {
        "card": card, "urls": urls, "may_answer": mine or seat.may(Right.AUDIT), "ask_form": ask_form,
        "asked": asked_of if ask_form else (), "back": request.get_full_path(),
    }  # fmt: skip


def _receipt(request: HttpRequest, seat: Seat, on: date) -> dict[str, object]:
    """The receipt of the answer before this one."""
    told = receipts.receipt(seat, request.GET.get("receipt", ""), on=on)
    if told is None:
        return {}
    return {
        "receipt": told,
        "undo_url": _with(reverse("ledger:undo", args=[seat.organisation.slug, told.act]), _kept(request)),
    }


def _filter(request: HttpRequest, seat: Seat, on: date) -> QuestionFilter:
    """The form that narrows the list, with what there is to choose."""
    norms = packs_on(on).norms
    present = {words.theme_of(kind) for kind in norms.fact_types.values()}
    themes = [(name, str(word)) for name, word in words.THEMES.items() if name in present or name == "register"]
    accounts = [(each.id, text_of(each.name)) for each in norms.accounts.values()]
    about: list[Subject] = [*subjects.subjects(seat.organisation)]
    own = (seat.organisation.slug, seat.organisation.name)
    return QuestionFilter(
        request.GET, themes=themes, accounts=accounts, subjects=[own, *((each.key, each.name) for each in about)]
    )


def _mine_or_404(request: HttpRequest, seat: Seat, subject: str, fact_type: str) -> QuestionState:
    """What stands for a question that this person may answer. Raises PermissionDenied, Http404."""
    on = clock.today(request)
    if not asked.may_answer(seat, subject, fact_type, on=on):
        raise PermissionDenied
    state = cards.state_of(seat, subject, fact_type, on=on)
    if state is None:
        raise Http404
    return state


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
