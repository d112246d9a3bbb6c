"""When what a verdict rests on runs out: the life of a fact, and the dates in a reason."""

from collections.abc import Iterable, Mapping
from datetime import date

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.packs import Packs
from dijkwacht.core.days import Duration, add, day_after
from dijkwacht.core.verdict import Reason


def ends(ids: Iterable[str], packs: Packs) -> dict[str, date]:
    """Per fact (by its id in the engine) the first day on which it no longer shows anything by itself."""
    rows = Fact.objects.filter(pk__in=[int(each) for each in ids if each.isdigit()])
    found: dict[str, date] = {}
    for fact in rows:
        try:
            life = packs.fact_type(fact.fact_type).shelf_life
        except KeyError:
            continue
        days = [fact.valid_to] if fact.valid_to else []
        if life is not None:
            days.append(day_after(add(runs.last(fact.observed) or fact.valid_from, life)))
        if isinstance(fact.value, dict) and "until" in fact.value:
            value = values.read(packs.fact_type(fact.fact_type), fact.value)
            days.append(day_after(value["until"]))
        if days:
            found[str(fact.pk)] = min(days)
    return found


def end(reason: Reason, ends: Mapping[str, date]) -> date | None:
    """The first day on which a reason no longer holds: its fact runs out, or the date in it is too long ago."""
    own = ends.get(reason.fact_id or "")
    days = [] if own is None else [own]
    span = reason.params.get("expected")
    if reason.params.get("op") == "within_fact":
        span = reason.params.get("other") or (span[1] if span else None)
    if isinstance(span, Duration) and isinstance(reason.value, date):
        days.append(day_after(add(reason.value, span)))
    return min(days, default=None)
