"""The page of the product register, for the organisation itself and for a desk that warns it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from dijkwacht.apps.advisories import register_rows, register_words
from dijkwacht.apps.advisories.forms.register import RegisterFilter
from dijkwacht.apps.advisories.queries import register as queries
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.register_perimeter import FORM as MEASURED
from dijkwacht.core.advisories.register_view import SourceAge
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of, duration_words

PER_PAGE = 50


def page_of(seat: Seat, whose: Organisation, query: QueryDict, *, at: datetime) -> dict[str, Any]:
    """What the page shows. A desk sees the products, and of the warnings none: those are of the organisation."""
    on, desk = day_of(at), seat.organisation.pk != whose.pk
    ages = queries.source_ages(whose, on=on)
    form, asked = asked_for(query, ages)
    counts = queries.counts_of(whose, on=on)
    page = Paginator(queries.shown(whose, asked, person=seat.person, on=on), PER_PAGE).get_page(query.get("page"))
    return {
        "whose": whose, "desk": desk, "form": form, "page": page,
        "rows": register_rows.listed(whose, [each.key for each in page], None if desk else seat.person, at=at),
        "answer": register_words.answer(counts), "found": page.paginator.count if query else None,
        "any": bool(counts.products), "sources": _sources(whose, ages),
        "measured": [each for each in ages if each.source.kind == MEASURED],
        "watchers": _watchers(whose, at=at), "edits": not desk and seat.may(Right.REGISTER),
        "imports": desk or seat.may(Right.IMPORT), "read": _read(seat, whose),
        "fresh": duration_words(warning_rules().fresh), "query": _rest(query),
    }  # fmt: skip


def asked_for(query: QueryDict, ages: Sequence[SourceAge]) -> tuple[RegisterFilter, dict[str, Any]]:
    """Which products are asked for: the form, and what it says; nothing where that is no choice at all."""
    form = RegisterFilter(query or None, sources=register_rows.sources(ages))
    return form, form.cleaned_data if form.is_bound and form.is_valid() else {}


def _read(seat: Seat, whose: Organisation) -> str:
    """Where a file is brought in."""
    if seat.organisation.pk == whose.pk:
        return reverse("advisories:register_read", args=[whose.slug])
    return reverse("advisories:register_for_read", args=[seat.organisation.slug, whose.pk])


def _rest(query: QueryDict) -> str:
    """The query without its page, for the list as a file."""
    rest = query.copy()
    rest.pop("page", None)
    return rest.urlencode()


def _sources(whose: Organisation, ages: Sequence[SourceAge]) -> list[dict[str, Any]]:
    """The sources that are brought in or said by hand, the oldest first, with what was brought in last."""
    last = queries.last_uploads(whose)
    return [
        {
            "age": each, "name": register_words.source_words(each.source), "old": register_words.age_words(each),
            "upload": last.get(each.source), "ends": each.source.kind != "hand",
        }
        for each in ages
        if each.source.kind != MEASURED
    ]  # fmt: skip


def _watchers(whose: Organisation, *, at: datetime) -> list[str]:
    """The desks that warn an organisation, and so see its register."""
    desks = [each for each in desks_of(whose, on=day_of(at)) if each != whose.pk]
    return list(Organisation.objects.filter(pk__in=desks).order_by("name").values_list("name", flat=True))
