"""The network of dependencies as a file: out, and in with a look first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.crisis.forms.cascade import FileForm
from dijkwacht.apps.crisis.queries import cascade as queries
from dijkwacht.apps.crisis.services import cascade as services
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.cascade.network import Network
from dijkwacht.web import clock
from dijkwacht.web.cascade_words import file_sentence, problem_sentence

SHOWN = 200


@require_safe
def export(request: HttpRequest, organisation: str) -> HttpResponse:
    """The network here, as JSON that can be brought in again."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    here = queries.mine(seat.organisation, language=get_language() or "nl")
    answer = HttpResponse(services.write(here.network), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{organisation}-netwerk.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=form.cleaned_data["file"], library=None,
                at=clock.now(request), largest=services.LARGEST,
            )  # fmt: skip
        except EvidenceError as error:
            form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
        else:
            return redirect("crisis:cascade_preview", organisation=organisation, token=upload.token)
    context = {"seat": seat, "form": form, "title": _("Bring in a network"), "submit": _("Show what it changes")}
    return render(request, "crisis/cascade_form.html", context)


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the file changes; nothing was recorded."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = _upload_or_404(request, seat, token)
    here = queries.mine(seat.organisation, language=get_language() or "nl")
    network, wrong = _read(upload)
    made = services.planned(here, network) if network else []
    context = {
        "seat": seat, "upload": upload, "wrong": wrong, "made": made[:SHOWN], "count": len(made), "digest": here.digest,
    }  # fmt: skip
    return render(request, "crisis/cascade_preview.html", context)


@require_POST
def carry(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Takes the file over as it was shown."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = _upload_or_404(request, seat, token)
    network, wrong = _read(upload)
    seen, at = request.POST.get("digest", ""), clock.now(request)
    try:
        if network is None:
            raise Refused("wrong")
        count = services.take_over(seat.organisation, network, name=upload.name, digest=seen, person=seat.person, at=at)
    except (Refused, services.NetworkError):
        messages.error(request, wrong[0] if wrong else _("This was not taken over. Look again at what it changes."))
        return redirect("crisis:cascade_preview", organisation=organisation, token=token)
    uploads.drop(upload)
    said = ngettext("Taken over: %(count)d change.", "Taken over: %(count)d changes.", count) % {"count": count}
    messages.success(request, said)
    return redirect("crisis:cascade_network", organisation=organisation)


def _read(upload: uploads.Upload) -> tuple[Network | None, list[str]]:
    """The network in a file, or what is wrong with it in words."""
    try:
        return services.read(upload.content, upload.name), []
    except services.FileError as error:
        return None, [file_sentence(error.code, error.line)]
    except services.NetworkError as error:
        return None, [problem_sentence(each) for each in error.problems]


def _upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
