"""Over whose registers a page looks, by its address: our own for who may see it, those of others for who may receive them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers.forms.dependence import SHARED
from dijkwacht.apps.suppliers.queries import scope as scopes
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@dataclass(frozen=True, slots=True)
class Where:
    """Who looks, over which registers. ``fields``: what the form to choose it needs; ``query``: the same in an address."""

    seat: Seat
    scope: Scope
    fields: dict[str, Any]
    query: str


def where(request: HttpRequest, organisation: str) -> Where:
    """Of a request. Raises Http404 for a stranger, PermissionDenied for who may not look there."""
    shared = request.GET.get("bereik") == SHARED
    seat = organisation_or_404(request, organisation, Right.RECEIVE if shared else Right.SEE)
    ours, on = seat.may(Right.SEE), clock.real_today()
    fields: dict[str, Any] = {"ours": ours, "others": seat.may(Right.RECEIVE), "had": {}}
    if not shared:
        return Where(seat, scopes.own(seat.organisation), fields, "")
    whole = scopes.shared_with(seat.organisation, on=on, ours=ours)
    fields["had"] = scopes.choices(whole)
    asked = {name: request.GET.get(field, "") for field, name in FILTERS.items()}
    query = request.GET.copy()
    for name in [name for name in query if name not in ("bereik", *FILTERS)]:
        del query[name]
    return Where(seat, scopes.narrowed(whole, **asked), fields, query.urlencode())


FILTERS = {"regio": "safety_region", "provincie": "province", "soort": "kind"}
