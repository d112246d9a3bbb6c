"""The style page, the language switch, the time machine, what machines ask, and the pages for what went wrong."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.web import clock, health, samples
from dijkwacht.web.moments import day_words

YEAR = 365 * 24 * 3600


class DayForm(forms.Form):
    """The day that the time machine goes to; empty goes back to today."""

    day = forms.DateField(required=False, label=gettext_lazy("Look as if it is"))

    def clean_day(self) -> date | None:
        """The day, within the years for which the packs say anything."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not clock.FIRST <= day <= clock.LAST:
            raise forms.ValidationError(_("Choose a day between 2020 and 2039."))
        return day


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, as far as that is a page of ours."""
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return there if safe else "/"


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """All components with sample values. Only for who is signed in, or during development."""
    if not (settings.DEBUG or request.user.is_authenticated):
        raise Http404
    form = samples.SampleForm(request.GET) if request.GET else samples.SampleForm(samples.HALF_FILLED)
    filters = samples.FilterForm(request.GET or None)
    return render(request, "style.html", {**samples.values(clock.today(request)), "form": form, "filters": filters})


@login_not_required
@require_POST
def set_page_language(request: HttpRequest) -> HttpResponse:
    """Remembers the language: for this browser for a year, and for the person who is signed in."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@require_POST
def time_machine(request: HttpRequest) -> HttpResponse:
    """Lets this session look at another day, or back at today. Only where the installation allows it."""
    if not (clock.allowed() and request.user.is_authenticated):
        raise Http404
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["day"]))
    else:
        day = form.cleaned_data["day"]
        clock.travel(request, day)
        said = _("You now look as if it is %(day)s.") % {"day": day_words(day)} if day else _("You are back at today.")
        messages.success(request, said)
    return HttpResponseRedirect(_back(request))


def _for_machines(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """That this process answers; nothing else is looked at."""
    return _for_machines(JsonResponse({"status": "ok"}))


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether this process can serve, 200 or 503, and which of its needs fails; never why."""
    found = health.READINESS.outcome()
    well = all(found.values())
    checks = {name: "ok" if each else "wrong" for name, each in found.items()}
    return _for_machines(
        JsonResponse({"status": "ok" if well else "wrong", "checks": checks}, status=200 if well else 503)
    )


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whom the installation lets have them; for anybody else there is nothing here."""
    if settings.DIJKWACHT_METRICS and import_string("dijkwacht.web.metrics.may_read")(request):
        found: HttpResponse = import_string("dijkwacht.web.metrics.exposed")(request)
        return _for_machines(found)
    return _for_machines(HttpResponse(status=404, content_type="text/plain"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "400.html", {"exception": exception}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a member without this right."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's token does not fit: signed out elsewhere, or cookies refused. For CSRF_FAILURE_VIEW."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not there, or not for this visitor; the page does not say which."""
    return render(request, "404.html", {"exception": exception}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with the number under which it stands in the log. Uses neither session nor database, which may be what broke."""
    with translation.override(translation.get_language() or settings.LANGUAGE_CODE):
        number = getattr(request, "request_id", "")
        return HttpResponse(get_template("500.html").render({"number": number}), status=500)
