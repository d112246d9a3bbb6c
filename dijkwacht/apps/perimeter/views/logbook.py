"""The log of a run: every connection and every refusal, to read and to take along."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import log_words
from dijkwacht.apps.perimeter.forms.log import LogFilter
from dijkwacht.apps.perimeter.models import Run
from dijkwacht.apps.perimeter.queries import logbook as queries
from dijkwacht.apps.perimeter.queries.runs import run as run_of
from dijkwacht.apps.perimeter.services import logbook_files
from dijkwacht.core.access import Right
from dijkwacht.web import clock

ON_A_PAGE = 10


@require_safe
def log(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was sent to whom in this measurement, and what was held back?"""
    return log_page(request, organisation_or_404(request, organisation, Right.CONSENT), pk)


@require_safe
def log_file(request: HttpRequest, organisation: str, pk: int, kind: str) -> StreamingHttpResponse:
    """The same, as a file."""
    return log_download(request, organisation_or_404(request, organisation, Right.CONSENT), pk, kind)


def log_page(request: HttpRequest, seat: Seat, pk: int, *, room: str = "") -> HttpResponse:
    """The page of the log of a run. ``room``: "csirt_" on the pages of a CSIRT."""
    run, form = _found(seat, pk), LogFilter(request.GET)
    name, refused = _asked(form)
    rows = queries.visits(run, name=name, refused=refused)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    at, names = localtime(clock.now(request)), {seat.organisation.slug: seat.organisation.name}
    shown = [
        (each, [log_words.line(one, names) for one in queries.lines(each, refused=refused, at=at)]) for each in page
    ]
    kept, days = queries.visits(run).exists(), settings.DIJKWACHT_LOG_DAYS
    context = {
        "run": run, "form": form, "active": bool(name or refused), "page": page, "shown": shown, "room": room,
        "kept": kept, "answer": log_words.sentence(queries.sums(rows), kept=kept, days=days), "days": days,
        "query": request.GET.urlencode(), "run_url": f"perimeter:{room}run", "file_url": f"perimeter:{room}run_log_file",
    }  # fmt: skip
    return render(request, "perimeter/log.html", {"seat": seat, **context})


def log_download(request: HttpRequest, seat: Seat, pk: int, kind: str) -> StreamingHttpResponse:
    """The log of a run as CSV or JSON lines, by the same choice as on the page. Raises Http404."""
    run = _found(seat, pk)
    if kind not in logbook_files.KINDS:
        raise Http404
    name, refused = _asked(LogFilter(request.GET))
    lines = queries.every(
        queries.visits(run, name=name, refused=refused), refused=refused, at=localtime(clock.now(request))
    )
    content, media_type, ending = logbook_files.KINDS[kind](run, lines)
    response = StreamingHttpResponse(content, content_type=media_type)
    file = f"{seat.organisation.slug}-meting-{run.pk}-verbindingen.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _asked(form: LogFilter) -> tuple[str, bool]:
    if not form.is_valid():
        return "", False
    return form.cleaned_data["name"].replace("\0", "").strip(), form.cleaned_data["only"] == "refused"


def _found(seat: Seat, pk: int) -> Run:
    found = run_of(seat.organisation, pk)
    if found is None:
        raise Http404
    return found
