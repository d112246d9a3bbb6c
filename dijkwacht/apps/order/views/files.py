"""Decision files: the list, one file, and each of its parts on a page with one form."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.order import file_page as page
from dijkwacht.apps.order import forms
from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.apps.order.queries import files as queries
from dijkwacht.apps.order.services import files as services
from dijkwacht.apps.order.views.pages import at_file, attempt, done, file_page, form_page, own_or_404, press
from dijkwacht.apps.order.words import power_word
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web import clock
from dijkwacht.web.context import address
from dijkwacht.web.terms import text_of


@require_safe
def files(request: HttpRequest, organisation: str) -> HttpResponse:
    """All decision files."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    rows = [(each, power_word(each.power)) for each in queries.files(seat.organisation)]
    return render(request, "order/files.html", {"seat": seat, "rows": rows})


def file_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Opens a file, with the answers of the wizard when it comes from there."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    wizard = forms.WizardForm(request.GET)
    answers = wizard.answers if wizard.is_valid() else {}
    form = forms.OpenForm(sent(request), initial={"power": request.GET.get("bevoegdheid", "")})
    if form.is_valid():
        deed = {**form.cleaned_data, "answers": answers, "on": clock.today(request), **when(request, seat)}
        made = attempt(form, lambda: services.open_file(seat.organisation, **deed))
        if made:
            return done(request, made, _("The file is open. Facts, lighter ways and who was heard come next."))
    back = address("order:files", organisation=seat.organisation.slug)
    return form_page(request, seat, form, title=_("Open a decision file"), back=back)


@require_safe
def file(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One decision file."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    at = clock.now(request)
    return render(request, "order/file.html", {"seat": seat, "file": found, "page": page.shown(found, at=at),
        "decides": seat.may(Right.DECIDE)})  # fmt: skip


def fact(request: HttpRequest, organisation: str, pk: int, name: str) -> HttpResponse:
    """One fact of a file: answer, source, who told it."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    question = powers_pack().questions.get(name)
    if question is None:
        raise Http404
    form = forms.FactForm(sent(request), initial=found.facts.get(name, {"answer": "unknown"}), question=question)
    if form.is_valid():
        facts = {name: form.cleaned_data}
        if attempt(form, lambda: services.tell_facts(found, facts=facts, **when(request, seat))):
            return done(request, found, _("The fact was recorded."), "facts")
    return file_page(request, seat, found, form, text_of(question.ask), answer=text_of(question.help))


def texts(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The reasons, the area, the period."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    start = {name: getattr(found, name) for name in forms.TextsForm.base_fields}
    form = forms.TextsForm(sent(request), initial=start)
    if form.is_valid() and attempt(form, lambda: services.write(found, **form.cleaned_data, **when(request, seat))):
        return done(request, found, _("Written in the file."), "reasons")
    return file_page(request, seat, found, form, _("Reasons, area and period"))


def alternative(request: HttpRequest, organisation: str, pk: int, power: str) -> HttpResponse:
    """Whether a lighter way suffices, and why."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    if power not in powers_pack().powers:
        raise Http404
    was = found.alternatives.filter(power=power).first()
    start = {"suffices": "yes" if was.suffices else "no", "because": was.because} if was else {"suffices": "no"}
    form = forms.AlternativeForm(sent(request), initial=start)
    if form.is_valid():
        deed = {
            "power": power,
            "suffices": form.cleaned_data["suffices"] == "yes",
            "because": form.cleaned_data["because"],
        }
        if attempt(form, lambda: services.weigh(found, **deed, **when(request, seat))):
            return done(request, found, _("The lighter way was weighed."), "alternatives")
    return file_page(request, seat, found, form, power_word(power))


def hearing(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who was heard."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    form = forms.HearingForm(sent(request), initial={"when": clock.now(request), "who": "triangle"})
    if form.is_valid() and attempt(form, lambda: services.hear(found, **form.cleaned_data, **when(request, seat))):
        return done(request, found, _("Recorded who was heard."), "heard")
    return file_page(request, seat, found, form, _("Who was heard"))


@require_POST
def drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It leads to no decision."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    press(request, lambda: services.drop(found, **when(request, seat)), _("Recorded: no decision."))
    return redirect(at_file(found))
