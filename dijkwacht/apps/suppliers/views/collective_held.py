"""The services that we hold: making one, what it covers, who takes part and who could."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import collective_words as words
from dijkwacht.apps.suppliers.forms import collective as forms
from dijkwacht.apps.suppliers.models import Collective, Covering, Membership
from dijkwacht.apps.suppliers.queries import collectives as queries
from dijkwacht.apps.suppliers.services import collective as services
from dijkwacht.apps.suppliers.services import collective_members as taking_part
from dijkwacht.apps.suppliers.services import collective_out
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.norms.suppliers_collective import collective_services
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

PER_PAGE = 50


@require_safe
def new(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which service do we hold? Those that public sources name, or one of our own."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    pack = collective_services()
    rows = [(each, words.doubts(each)) for each in pack.services]
    return render(request, "suppliers/collective_new.html", {"seat": seat, "rows": rows, "edition": pack.edition})


def make(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a service, maybe one of the pack (``?uit=``), whose name, text and covers are filled in."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    asked = request.GET.get("uit", "")
    pack, today = words.pack_of(asked), clock.today(request)
    if asked and pack is None:
        raise Http404
    start = {**forms.usual(), "since": today}
    if pack:
        start |= {"name": text_of(pack.name)[:200], "what": text_of(pack.text), "provider": pack.holder[:200]}
    form = forms.CollectiveForm(sent(request), initial=start, regions=queries.regions())
    if form.is_valid():
        deed = {"told": form.told(), "pack": pack, **when(request, seat)}
        if made := attempt(form, lambda: services.make(seat.organisation, **deed)):
            messages.success(request, _("Recorded. Say below what it takes care of, and note who takes part."))
            return redirect("suppliers:collective", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, title=_("A collective service"), notes=words.doubts(pack), submit=_("Add it"),
        back=reverse("suppliers:collective_new", args=[organisation]),
    )  # fmt: skip


def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what the service is now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    found = own_or_404(seat, Collective, pk)
    regions = sorted({*queries.regions(), *found.regions})
    form = forms.CollectiveForm(sent(request), initial=forms.shown(found), regions=regions)
    if form.is_valid() and attempt(form, lambda: services.change(found, told=form.told(), **when(request, seat))):
        return _done(request, found, _("Recorded what the service is now."))
    return _page(request, seat, found, form, _("What it is"))


def end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that the service ends; who takes part sees that."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    found = own_or_404(seat, Collective, pk)
    form = forms.LastDayForm(sent(request), initial={"last": clock.today(request)})
    if form.is_valid() and attempt(form, lambda: services.end(found, until=form.end, **when(request, seat))):
        return _done(request, found, _("Recorded until when the service runs."))
    return _page(request, seat, found, form, _("The service ends"))


def cover(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says what the service does for a requirement, and what stays with the member."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    return _cover(request, seat, own_or_404(seat, Collective, pk), {})


def cover_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The same of a requirement that it covers already."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Covering, pk, within="collective__organisation")
    return _cover(request, seat, row.collective, forms.cover_shown(row))


def _cover(request: HttpRequest, seat: Seat, found: Collective, start: dict[str, Any]) -> HttpResponse:
    choices = words.requirement_choices(clock.today(request))
    form = forms.CoverForm(sent(request), initial=start, requirements=choices)
    if form.is_valid() and attempt(form, lambda: services.cover(found, **form.cleaned_data, **when(request, seat))):
        return _done(request, found, _("Recorded what it takes care of and what stays with the member."))
    return _page(request, seat, found, form, _("What it takes care of"))


@require_POST
def uncover(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes away a requirement that the service does nothing for after all."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Covering, pk, within="collective__organisation")
    found = row.collective
    press(request, lambda: services.uncover(row, **when(request, seat)), _("Recorded: it does nothing for that."))
    return redirect("suppliers:collective", organisation=organisation, pk=found.pk)


@require_safe
def members(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who takes part in a service that we hold, and who could and does not?"""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    found, on = own_or_404(seat, Collective, pk), clock.today(request)
    inside, others = queries.members_of(found, on=on), queries.could_join(found, on=on)
    region = request.GET.get("regio")
    shown = others if region is None else [each for each in others if each.safety_region == region]
    context = {
        "each": found, "members": inside, "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "others": len(others), "regions": queries.by_region(inside.joined, others), "region": region,
        "answer": words.members_answer(inside, len(others)),
        "ended": found.until is not None and found.until <= on,
    }  # fmt: skip
    return render(request, "suppliers/collective_members.html", {"seat": seat, **context})


@require_POST
def note(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes who takes part; each confirms or denies that itself."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    found = own_or_404(seat, Collective, pk)
    could = {each.pk: each for each in queries.could_join(found, on=clock.today(request))}
    form = forms.NoteForm(request.POST, organisations=[(number, str(each)) for number, each in could.items()])
    if form.is_valid():
        chosen = [could[number] for number in form.cleaned_data["who"]]
        deed = {"organisations": chosen, **when(request, seat)}
        said = ngettext(
            "Noted %(n)s organisation. It confirms that itself.",
            "Noted %(n)s organisations. Each confirms that itself.", len(chosen),
        ) % {"n": len(chosen)}  # fmt: skip
        press(request, lambda: taking_part.note_members(found, **deed), said)
    else:
        messages.error(request, _("Somebody you chose cannot take part, or does already. Look again."))
    return redirect("suppliers:collective_members", organisation=organisation, pk=pk)


@require_safe
def others_csv(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who could take part and does not, as a list."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    found = own_or_404(seat, Collective, pk)
    rows = queries.could_join(found, on=clock.today(request))
    answer = HttpResponse(collective_out.others_list(rows), content_type=collective_out.CSV)
    answer["Content-Disposition"] = f'attachment; filename="niet-deelnemers-{pk}.csv"'
    return answer


def end_member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that an organisation takes part no longer."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Membership, pk, within="collective__organisation", ended_on__isnull=True)
    form = forms.LastDayForm(sent(request), initial={"last": clock.today(request)})
    if form.is_valid() and attempt(form, lambda: taking_part.end_member(row, on=form.end, **when(request, seat))):
        messages.success(request, _("Recorded: %(who)s takes part no longer.") % {"who": row.organisation})
        return redirect("suppliers:collective_members", organisation=organisation, pk=row.collective_id)
    back = reverse("suppliers:collective_members", args=[organisation, row.collective_id])
    title = _("%(who)s takes part no longer") % {"who": row.organisation}
    return form_page(request, seat, form, title=title, eyebrow=row.collective.name, back=back)


def _page(request: HttpRequest, seat: Seat, found: Collective, form: Any, title: str) -> HttpResponse:
    back = reverse("suppliers:collective", args=[seat.organisation.slug, found.pk])
    return form_page(request, seat, form, title=title, eyebrow=found.name, back=back)


def _done(request: HttpRequest, found: Collective, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("suppliers:collective", organisation=found.organisation.slug, pk=found.pk)
