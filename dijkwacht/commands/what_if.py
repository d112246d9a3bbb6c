"""What stops when suppliers stop, as lines and as data. Reads only."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import dependence_words as say
from dijkwacht.apps.suppliers import what_if_page as page
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries import scope as scopes
from dijkwacht.apps.suppliers.queries import stops, web
from dijkwacht.commands import Outcome


class NotFound(Exception):
    """There is no such supplier, or no register to look in; the message says which."""


def only_one() -> Organisation:
    """The only organisation with a register of suppliers. Raises NotFound when there is none, or more than one."""
    found = list(Organisation.objects.filter(pk__in=Supplier.objects.order_by().values("organisation").distinct())[:2])
    if len(found) != 1:
        raise NotFound(
            "several organisations have a register of suppliers: give --org" if found else "no register of suppliers"
        )
    return found[0]


def what_if(organisation: Organisation, asked: Sequence[str], *, shared: bool, on: date, today: date) -> Outcome:
    """What stops when these suppliers stop at once. Raises NotFound for one that is in none of these registers.

    ``today``: the real day, by which is decided what others share, whatever day ``on`` is looked at.
    """
    scope = scopes.shared_with(organisation, on=today) if shared else scopes.own(organisation)
    gone = [_node(scope, organisation, each) for each in asked]
    found = stops.what_if(scope, gone, on=on)
    names = page.names_of(found, scope)
    lines = [say.happens(found, names.suppliers, shared=shared)]
    for row in page.rows_of(found.stopped, names):
        where = f"{row.organisation}: " if shared else ""
        lines.append(f"{row.when:<28} {where}{row.stop.name}  ({' -> '.join(row.way)})")
    for each, where, without, by in page.kept_of(found.kept, names):
        lines.append(f"{'-':<28} {f'{where}: ' if shared else ''}{each.name}  ({without} | {by})")
    return Outcome(page.data(found, names, scope=scope, on=on), lines)


def _node(scope: scopes.Scope, organisation: Organisation, text: str) -> str:
    """A supplier in the web: by KvK number in any of the registers, by own number or number of its row in our own."""
    text = text.strip()
    if stops.names(scope, [f"k{text}"]):
        return f"k{text}"
    rows = Supplier.objects.filter(organisation=organisation, merged_into__isnull=True)
    found = rows.filter(own_id=text).order_by("ended_on").first() if text else None
    if found is None and text.isdecimal() and len(text) < 18:
        found = rows.filter(pk=int(text)).first()
    if found is None:
        raise NotFound(f"no supplier {text!r:.40} in {'these registers' if scope.shared else 'this register'}")
    return web.supplier_node(found.pk, found.kvk)
