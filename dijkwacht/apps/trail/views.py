"""The trail on the screen: its entries, the proof of its chain, and the whole as a file."""

import csv
import json
from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.queries import members
from dijkwacht.apps.trail import queries, words
from dijkwacht.apps.trail.forms import FilterForm, NotedForm
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PAGE = 50
HEADINGS = ("seq", "at", "person", "name", "actor", "act", "about", "detail", "previous", "hash")
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a cell that starts with these for a formula


@require_safe
def trail(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who did what, newest first."""
    seat = organisation_or_404(request, organisation, Right.READ_TRAIL)
    form = FilterForm(request.GET or None, acts=sorted(words.acts()), persons=_persons(request, seat))
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Paginator(queries.entries(seat.organisation, **chosen), PAGE)
    page = found.get_page(request.GET.get("page"))
    lines = words.lines(seat.organisation, page.object_list)
    return render(
        request, "trail/trail.html", {"seat": seat, "form": form, "page": page, "lines": lines, "found": found.count}
    )


@require_safe
def verify(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whether the chain holds, now, and what to note of it."""
    seat = organisation_or_404(request, organisation, Right.READ_TRAIL)
    form = NotedForm(request.GET or None)
    noted = form.cleaned_data["noted"] if form.is_bound and form.is_valid() else {}
    broken = queries.verify(seat.organisation, noted=noted)
    return render(
        request,
        "trail/verify.html",
        {
            "seat": seat,
            "form": form,
            "head": queries.head(seat.organisation),
            "broken": broken,
            "what": words.break_sentence(broken) if broken else "",
        },
    )


@require_safe
def download(request: HttpRequest, organisation: str) -> StreamingHttpResponse:
    """The whole trail as CSV, oldest first."""
    seat = organisation_or_404(request, organisation, Right.READ_TRAIL)
    entries = queries.entries(seat.organisation).order_by("seq").iterator(chunk_size=queries.CHUNK)
    response = StreamingHttpResponse(_csv(entries), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trail-{seat.organisation.slug}.csv"'
    return response


def _persons(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    found = members(seat.organisation, on=clock.today(request))
    return [(member.person.pk, str(member.person)) for member in found]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def _csv(entries: Iterable[Entry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(HEADINGS)
    for entry in entries:
        name = str(entry.person) if entry.person else ""
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
        cells = (
            entry.seq, localtime(entry.at).isoformat(), entry.person_id or "", name, entry.actor, entry.act, entry.about,
            detail, entry.previous, entry.hash,
        )  # fmt: skip
        yield writer.writerow([f"'{cell}" if str(cell).startswith(RISKY) else cell for cell in cells])
