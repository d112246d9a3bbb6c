"""What the owner says of a version that software shows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter.forms.deeper import VersionForm
from dijkwacht.apps.perimeter.queries import issues as queries
from dijkwacht.apps.perimeter.queries.versions import versions
from dijkwacht.apps.perimeter.services import versions as services
from dijkwacht.apps.perimeter.views.pages import attempt, form_page, sent
from dijkwacht.core.access import Right
from dijkwacht.core.checks.software import ADVISORY
from dijkwacht.web import clock


def say(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that a version runs here, or that it was mended without a new number."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    issue = queries.issue(seat.organisation, pk)
    if issue is None:
        raise Http404
    shown = versions(issue.domain) if issue.check_id == ADVISORY else []
    if not shown:
        messages.error(request, _("No version with warnings is shown here any more."))
        return redirect("perimeter:issue", organisation, pk)
    choices = [(each.key, f"{each.title} {each.version}: {', '.join(each.advisories[:5])}") for each in shown]
    form = VersionForm(sent(request), versions=choices, initial={"version": choices[0][0]})
    if form.is_valid():
        data, at = form.cleaned_data, clock.now(request)
        said = {"key": data["version"], "runs": data["said"] == "runs", "text": data["text"]}
        if attempt(form, lambda: services.say(issue.domain, **said, person=seat.person, at=at)):
            return redirect("perimeter:issue", organisation, pk)
    back = reverse("perimeter:issue", args=[organisation, pk])
    notes = [
        _("A version number is what the software says of itself. You know better whether it is so."),
        _("What you say counts from the next measurement on, and for the warnings that stand here now."),
    ]
    return form_page(
        request, seat, form, title=_("Does this version run here?"), eyebrow=issue.domain.name, back=back, notes=notes
    )
