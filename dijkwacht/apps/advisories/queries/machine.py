"""What a machine gets: warnings and advisories as plain values, for the person of its key. The shape stands in docs/api.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Document, Handled, Touched, Warned, WarningEvent
from dijkwacht.apps.advisories.queries.visible import advisories_of, warnings_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.priority import LEVELS

Cursor = tuple[datetime, int]


def warnings(
    organisation: Organisation, person: Person, *, since: datetime | None = None, state: str = "", after: int = 0
) -> QuerySet[Warned]:
    """The warnings that somebody may see, by number in the database; ``since``: those of which anything changed from then on."""
    rows = warnings_of(organisation, person).filter(pk__gt=after).select_related("advisory", "desk").order_by("pk")
    if state:
        rows = rows.filter(state=state)
    if since is not None:
        told = WarningEvent.objects.filter(warning=OuterRef("pk"), at__gte=since)
        said = Handled.objects.filter(warning=OuterRef("pk"), at__gte=since)
        rows = rows.filter(Q(told_at__gte=since) | Q(seen_at__gte=since) | Exists(told) | Exists(said))
    return rows


def advisories(
    desk: Organisation, person: Person, *, since: datetime | None = None, after: Cursor | None = None
) -> QuerySet[Advisory]:
    """The advisories of a desk that somebody may see, by when their newest revision came in: who reads on misses none."""
    rows = advisories_of(desk, person).filter(document__isnull=False).select_related("document")
    if since is not None:
        rows = rows.filter(document__came_at__gte=since)
    if after is not None:
        rows = rows.filter(Q(document__came_at__gt=after[0]) | Q(document__came_at=after[0], pk__gt=after[1]))
    return rows.order_by("document__came_at", "pk")


def document_of(organisation: Organisation, person: Person, pk: int, *, desk: bool, told: bool) -> Document | None:
    """The document of an advisory: of one of the own desk, or of which this organisation was told and whose label still fits."""
    if desk and (own := advisories_of(organisation, person).filter(pk=pk).select_related("document").first()):
        return own.document
    rows = (
        warnings_of(organisation, person).filter(advisory=pk, tlp=F("advisory__tlp")) if told else Warned.objects.none()
    )
    row = rows.select_related("advisory__document").first()
    return row.advisory.document if row else None


def warning_values(rows: Sequence[Warned]) -> list[dict[str, Any]]:
    """Warnings as plain values; three questions to the database, however many they are."""
    pks = [each.pk for each in rows]
    said: dict[tuple[int, int], list[Handled]] = defaultdict(list)
    for each in Handled.objects.filter(warning__in=pks).order_by("weakness"):
        said[each.warning_id, each.line_id].append(each)
    touched: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in Touched.objects.filter(warning__in=pks).select_related("line").order_by("pk"):
        touched[row.warning_id].append(_product(row, said[row.warning_id, row.line_id]))
    return [_warning(each, touched[each.pk]) for each in rows]


def _warning(row: Warned, products: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.number, "title": row.title, "desk": {"slug": row.desk.slug, "name": row.desk.name},
        "advisory": _about(row.advisory), "revision": row.version, "tlp": row.tlp, "level": LEVELS[row.level],
        "outcome": row.outcome, "state": row.state, "told_at": _moment(row.told_at), "to_do_since": _moment(row.todo_at),
        "seen_at": _moment(row.seen_at), "short_term": row.week, "due_at": _moment(row.due_at),
        "settled_at": _moment(row.settled_at), "texts": dict(row.texts), "products": products,
    }  # fmt: skip


def _about(row: Advisory) -> dict[str, Any]:
    return {"id": row.pk, "publisher": row.publisher, "number": row.number}


def _product(row: Touched, said: Iterable[Handled]) -> dict[str, Any]:
    line = row.line
    return {
        "asset": line.ident, "vendor": line.vendor, "product": line.product, "version": line.used,
        "name": line.name, "outcome": row.outcome, "reason": _reason(row.reason), "exposed": row.exposed,
        "gone": row.gone_at is not None,
        "statuses": [
            {
                "weakness": each.weakness, "status": each.status, "flag": each.flag, "because": each.because,
                "until": each.until.isoformat() if each.until else None, "at": _moment(each.at),
            }
            for each in said
        ],
    }  # fmt: skip


def _reason(held: Mapping[str, Any]) -> dict[str, Any]:
    return {"code": held.get("code", ""), "params": dict(held.get("params", {}))}


def advisory_values(rows: Iterable[Advisory]) -> list[dict[str, Any]]:
    """Advisories as plain values."""
    return [
        {
            **_about(each), "title": each.title, "publisher_name": each.publisher_name, "kind": each.kind,
            "revision": each.version, "tlp": each.tlp, "level": each.level_name, "exploited": each.used,
            "withdrawn": each.withdrawn, "own": each.own, "decision": each.decision, "published": _moment(each.published),
            "revised": _moment(each.revised), "came_at": _moment(each.document.came_at) if each.document else None,
            "affected": each.affected, "asked": each.asked,
            "sha256": each.document.digest if each.document else None,
        }
        for each in rows
    ]  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
