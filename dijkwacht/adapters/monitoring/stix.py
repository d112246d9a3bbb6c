"""A STIX 2.1 bundle with sightings, read as plain JSON: each sighting is an alert.

Title: the name of what was sighted. Moment: ``first_seen``, else that of the observed data, else ``last_seen``, else, with a
remark, when the sighting was written. System: where it was sighted. Indicators: the pattern, and the values in the observed data.
STIX tells neither how severe a sighting is nor whether it was handled, nor over which period the bundle reports: the first two
stay unknown, the period has to be given. Of several editions of an object the latest counts. Source: STIX 2.1, OASIS, sighting.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from dijkwacht.adapters.limits import Limits
from dijkwacht.adapters.monitoring.values import Fields
from dijkwacht.core.clocks.moments import moment
from dijkwacht.core.monitoring import Alert, Found, Given, MonitoringReport, Read, finished, once
from dijkwacht.core.sheets import Place
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, LONGEST, MANY

FORM = "stix"
_VALUES = ("value", "name", "path")  # of an observable, in this order


def of(found: Mapping[str, Any], given: Given, notes: Notes, *, limits: Limits) -> Read:
    """The report, or problems with the JSON pointer of what is wrong in ``at``."""
    objects = _objects(found, notes, limits)
    sightings = [each for each in objects.values() if each.found["type"] == "sighting"]
    if not sightings and not notes.problems:
        notes.problem("no_sightings")
    known: dict[str, list[str]] = {}
    alerts = once(
        [Found(alert, Place(), each.at) for each in sightings if (alert := _alert(each, objects, known))], notes
    )
    service = _service(sightings, objects) or given.service
    if not service:
        notes.problem("no_service_named")
    if given.period is None:
        notes.problem("no_period")
        return finished(FORM, None, notes)
    return finished(FORM, MonitoringReport(service, given.period, alerts=alerts), notes, zone=given.zone)


def _objects(found: Mapping[str, Any], notes: Notes, limits: Limits) -> dict[str, Fields]:
    """The objects by id, each in its latest edition, without what was withdrawn."""
    rows = found.get("objects")
    if not isinstance(rows, list):
        notes.problem("no_sightings")
        return {}
    if len(rows) > limits.rows:
        notes.problem("too_many_alerts", Place(), at="/objects", most=str(limits.rows))
        return {}
    latest: dict[str, Fields] = {}
    for position, row in enumerate(rows):
        at = f"/objects/{position}"
        if not isinstance(row, dict) or not isinstance(row.get("type"), str) or not isinstance(row.get("id"), str):
            notes.problem("not_a_stix_object", Place(), at=at)
            continue
        each, before = Fields(row, at, notes), latest.get(row["id"])
        if before is None or _edition(row) > _edition(before.found):
            latest[row["id"]] = each
        elif _edition(row) == _edition(before.found) and row != before.found:
            notes.problem("alert_differs", Place(), at=at, id=row["id"][:60], row=before.at)
    for each in latest.values():
        if each.found.get("revoked") is True and each.found["type"] == "sighting":
            each.remark("sighting_withdrawn")
    return {name: each for name, each in latest.items() if each.found.get("revoked") is not True}


def _edition(row: Mapping[str, Any]) -> float:
    """When this edition of an object was made; 0 when it does not say."""
    try:
        return moment(str(row.get("modified", ""))).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _alert(row: Fields, objects: Mapping[str, Fields], known: dict[str, list[str]]) -> Alert | None:
    """The alert of one sighting; None, with a problem, when it does not say what was sighted or when."""
    data = _refs(row, "observed_data_refs", objects)
    values = islice((value for each in data for value in _observed(each, objects, known)), MANY)
    places = _refs(row, "where_sighted_refs", objects)
    seen = row.found.get("sighting_of_ref")
    if not isinstance(seen, str):
        row.problem("field_missing", "", field="sighting_of_ref")
        return None
    about = objects.get(seen)
    if about is None:
        row.remark("reference_missing", "sighting_of_ref", value=seen[:80])
    number, at = row.text(("id",)), _moment(row, data)
    what = row.text(("description",), LONG, lines=True)
    pattern = about.text(("pattern",), LONG) if about else ""
    title = about.text(("name",)) if about else ""
    if at is None or not number:
        return None
    return Alert(
        number, at, title or pattern[:LONGEST] or row.text(("sighting_of_ref",)), system="; ".join(_names(places))[:LONGEST],
        what=what or (about.text(("description",), LONG, lines=True) if about else ""),
        indicators=tuple(dict.fromkeys([*([pattern] if pattern else []), *values])),
    )  # fmt: skip


def _refs(row: Fields, key: str, objects: Mapping[str, Fields]) -> list[Fields]:
    """The objects that a list of references names; one that is not in the bundle is told."""
    found = row.found.get(key, [])
    if not isinstance(found, list) or len(found) > MANY or not all(isinstance(each, str) for each in found):
        row.problem(
            "too_many_names" if isinstance(found, list) and len(found) > MANY else "not_text", key, most=str(MANY)
        )
        return []
    for each in found:
        if each not in objects:
            row.remark("reference_missing", key, value=each[:80])
    return [objects[each] for each in found if each in objects]


def _names(rows: list[Fields]) -> list[str]:
    return [name for row in rows if (name := row.text(("name",)))]


def _observed(row: Fields, objects: Mapping[str, Fields], known: dict[str, list[str]]) -> list[str]:
    """The values that were observed, such as addresses and names. ``known``: those that were read already."""
    if row.at not in known:
        refs = _refs(row, "object_refs", objects)
        known[row.at] = [
            text for each in refs if (text := next(filter(None, (each.text((key,), 2_000) for key in _VALUES)), ""))
        ]
    return known[row.at]


def _moment(row: Fields, data: list[Fields]) -> datetime | None:
    """The moment of a sighting, by the fields in order of what they are worth."""
    wanted = [(row, "first_seen"), *((each, "first_observed") for each in data), (row, "last_seen"), (row, "created")]
    for each, key in wanted:
        if each.found.get(key) is not None:
            at, _exact = each.moment((key,), None)
            if key == "created" and at is not None:
                row.remark("moment_of_writing", key)
            return at
    row.problem("field_missing", "", field="first_seen")
    return None


def _service(sightings: list[Fields], objects: Mapping[str, Fields]) -> str:
    """Who wrote the sightings, when that is one and the same."""
    makers = {each.found.get("created_by_ref") for each in sightings}
    maker = makers.pop() if len(makers) == 1 else None
    found = objects.get(maker) if isinstance(maker, str) else None
    return found.text(("name",)) if found else ""
