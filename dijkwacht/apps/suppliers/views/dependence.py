"""What stops when a supplier stops; on whom everything leans; how we would get away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.suppliers import dependence_words as say
from dijkwacht.apps.suppliers import what_if_page as page
from dijkwacht.apps.suppliers.forms.dependence import SHARED, FindForm, LeantForm
from dijkwacht.apps.suppliers.queries import concentration as leant
from dijkwacht.apps.suppliers.queries import exclusion, exits, stops
from dijkwacht.apps.suppliers.register_words import tier_words
from dijkwacht.apps.suppliers.services import dependence_files as files
from dijkwacht.apps.suppliers.views.where import Where, where
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE, WIDEST, MOST_GONE = 100, 10, 20


@require_safe
def dependence(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which supplier would stop what?"""
    here = where(request, organisation)
    on, form = clock.today(request), FindForm(request.GET or None, **here.fields)
    text = request.GET.get("zoek", "")[:200]
    found = stops.find(here.scope, text)
    if len(found) == 1:
        return redirect(_what_if_url(here, [found[0][0]]))
    table = leant.table(here.scope, on=on)
    own = here.seat.organisation if here.seat.may(Right.SEE) and not here.scope.shared else None
    context = {
        "form": form, "text": text.strip(), "query": here.query, "scope": here.scope,
        "found": [(name, node, _what_if_url(here, [node])) for node, name in found],
        "answer": say.leant_answer(table, shared=here.scope.shared, process=""),
        "rows": [(row, _what_if_url(here, [row.node])) for row in table.rows[:WIDEST]], "table": table,
        "orders": [(each, say.order_state(each, on=on)) for each in exclusion.orders(own, on=on)] if own else [],
        "lacking": sum(each.lacks and each.sure for each in exits.exits(own, on=on)) if own else 0, "own": own,
    }  # fmt: skip
    return render(request, "suppliers/stops.html", {"seat": here.seat, **context})


@require_safe
def what_if(request: HttpRequest, organisation: str) -> HttpResponse:
    """What stops when these stop, when, and through what?"""
    here = where(request, organisation)
    on, gone = clock.today(request), _gone(request, here)
    if not gone:
        return redirect(reverse("suppliers:dependence", args=[organisation]) + (f"?{here.query}" if here.query else ""))
    found = stops.what_if(here.scope, gone, on=on)
    names = page.names_of(found, here.scope)
    shown = Paginator(found.stopped, PER_PAGE).get_page(request.GET.get("page"))
    title = _("What stops without %(who)s?") % {"who": say.listed([names.of(each) for each in gone])}
    others = stops.find(here.scope, request.GET.get("zoek", "")[:200])
    context = {
        "title": title, "answer": say.happens(found, names.suppliers, shared=here.scope.shared), "found": found, "page": shown,
        "rows": page.rows_of(shown.object_list, names), "kept": page.kept_of(found.kept[:PER_PAGE], names),
        "chain": page.chain_of(found, names), "scope": here.scope, "query": here.query, "gone": gone,
        "form": FindForm(request.GET or None, **here.fields), "others": [
            (name, _what_if_url(here, [*gone, node])) for node, name in others if node not in gone
        ],
        "without": [(names.of(each), _what_if_url(here, [one for one in gone if one != each])) for each in gone],
        "picture": None if here.scope.shared else page.picture(found, names, slug=organisation, title=title),
        "files": urlencode([("wie", each) for each in gone]) + (f"&{here.query}" if here.query else ""),
    }  # fmt: skip
    return render(request, "suppliers/what_if.html", {"seat": here.seat, **context})


@require_safe
def what_if_file(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The same as CSV or JSON."""
    here = where(request, organisation)
    found = stops.what_if(here.scope, _gone(request, here), on=clock.today(request))
    names = page.names_of(found, here.scope)
    if form == "json":
        answer: HttpResponse = JsonResponse(page.data(found, names, scope=here.scope, on=clock.today(request)))
    else:
        answer = HttpResponse(files.what_if_csv(found, names, tlp=here.scope.tlp), content_type=files.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{here.seat.organisation.slug}-wat-stopt.{form}"'
    return answer


@require_safe
def concentration(request: HttpRequest, organisation: str) -> HttpResponse:
    """On whom does everything lean?"""
    here = where(request, organisation)
    table, process, form = _table(request, here)
    rows = [row for row in table.rows if row.hidden or not request.GET.get("verborgen")]
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "answer": say.leant_answer(table, shared=here.scope.shared, process=process), "form": form, "table": table,
        "rows": [(row, _what_if_url(here, [row.node])) for row in shown.object_list], "page": shown, "found": len(rows),
        "knot": say.knot_sentence(table), "scope": here.scope, "query": asked.urlencode(),
        "alike": leant.alike(here.scope) if here.scope.shared else [],
    }  # fmt: skip
    return render(request, "suppliers/concentration.html", {"seat": here.seat, **context})


@require_safe
def concentration_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    """The same as CSV."""
    here = where(request, organisation)
    table, _process, _form = _table(request, here)
    answer = HttpResponse(files.leant_csv(table, tlp=here.scope.tlp), content_type=files.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{here.seat.organisation.slug}-concentratie.csv"'
    return answer


@require_safe
def exit_plans(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which services that must not fail have no way out?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = exits.exits(seat.organisation, on=clock.today(request))
    context = {"answer": say.exits_answer(rows), "rows": [(each, tier_words(each.graded)) for each in rows]}
    return render(request, "suppliers/what_if_exits.html", {"seat": seat, "changes": seat.may(Right.SUPPLY), **context})


def _table(request: HttpRequest, here: Where) -> tuple[leant.Table, str, LeantForm]:
    on = clock.today(request)
    form = LeantForm(request.GET or None, processes=leant.processes(here.scope, on=on), **here.fields)
    form.is_valid()
    process = str(getattr(form, "cleaned_data", {}).get("proces", ""))
    return leant.table(here.scope, on=on, process=process), process, form


def _gone(request: HttpRequest, here: Where) -> list[str]:
    """Who stops, as far as they are in these registers, each once."""
    asked = list(dict.fromkeys(request.GET.getlist("wie")))[:MOST_GONE]
    known = stops.names(here.scope, asked)
    return [each for each in asked if each in known]


def _what_if_url(here: Where, gone: list[str]) -> str:
    query: list[tuple[str, Any]] = [("wie", each) for each in gone]
    base = reverse("suppliers:what_if", args=[here.seat.organisation.slug])
    return f"{base}?{urlencode(query)}" + (f"&{here.query}" if here.query else "")


@require_safe
def shared(request: HttpRequest, organisation: str) -> HttpResponse:
    """On whom all lean who share their register with us: where who only receives comes in."""
    organisation_or_404(request, organisation, Right.RECEIVE)
    return redirect(f"{reverse('suppliers:concentration', args=[organisation])}?bereik={SHARED}")
