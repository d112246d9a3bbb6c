"""The picture as data: what the page shows, for whoever counts on with it. The command gives the same."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.apps.crime.models.figures import Edition, LocalCounts
from dijkwacht.apps.crime.queries.picture import MEASURES, Picture
from dijkwacht.core.crime.intervals import Interval
from dijkwacht.core.crime.picture import Cell, Registered, Span, Surveyed
from dijkwacht.norms.crime_packs import crime_packs

HEADS = ("kind", "what", "area", "area_name", "period", "value", "lower", "upper", "unit", "note", "source")


def data_of(picture: Picture, local: Sequence[LocalCounts] = ()) -> dict[str, Any]:
    """The picture as plain values. A suppressed figure is null, never zero."""
    return {
        "municipality": {"code": picture.where.municipality, "name": picture.where.name, "inhabitants": picture.inhabitants},
        "survey": {each: _surveyed(picture.survey[each], picture) for each in MEASURES if each in picture.survey},
        "registered": {topic: _registered(each, picture) for topic, each in picture.registered.items()},
        "local": [
            {"source": source, "period": period, "phenomenon": phenomenon, "count": count,
             "fewer_than": each.bound if count is None else None, "made_up": each.made_up}
            for each in local
            for source, period, phenomenon, count in each.counts
        ],
        "sources": {table: _edition(each) for table, each in picture.told.items()},
    }  # fmt: skip


def as_json(data: dict[str, Any]) -> bytes:
    """One object, UTF-8."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def as_csv(data: dict[str, Any]) -> bytes:
    """One row per figure; what could be read as a formula is made harmless."""
    place = data["municipality"]
    rows = [*_survey_rows(data), *_registered_rows(data)]
    rows += [
        ("local", each["phenomenon"], place["code"], place["name"], each["period"], each["count"], None, None, "count",
         "" if each["count"] is not None else _("fewer than %(bound)s") % {"bound": each["fewer_than"]}, each["source"])
        for each in data["local"]
    ]  # fmt: skip
    return write_csv(Sheet("picture", HEADS, tuple(tuple(map(_told, row)) for row in rows)))


def _survey_rows(data: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for measure, each in data["survey"].items():
        for cell in filter(None, (each["now"], each["before"])):
            figures = (cell["period"], cell["value"], cell["lower"], cell["upper"])
            yield ("survey", measure, each["area"], each["name"], *figures, "%", each["why"], each["source"])


def _registered_rows(data: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    place = data["municipality"]
    for topic, each in data["registered"].items():
        for span in filter(None, (each["now"], each["before"])):
            note = _("%(n)s months suppressed, %(absent)s not there") % {
                "n": span["suppressed"],
                "absent": span["absent"],
            }
            what = ("registered", topic, place["code"], place["name"], f"{span['first']}-{span['last']}")
            yield (*what, span["total"], None, None, "count", note, each["source"])
            if rate := span["rate"]:
                yield (*what, rate["value"], rate["lower"], rate["upper"], "per 1000", note, each["source"])


def _told(value: Any) -> Any:
    return f"{value:g}" if isinstance(value, float) else value


def _surveyed(each: Surveyed, picture: Picture) -> dict[str, Any]:
    packed = each.measure in picture.packed
    return {
        "area": each.area.code, "name": each.area.name, "step": str(each.area.step), "why": str(each.why),
        "now": _cell(each.now), "before": _cell(each.before) if each.before else None,
        "change": str(each.change) if each.change else None,
        "source": crime_packs().figures.national[0].source if packed else "85472NED",
    }  # fmt: skip


def _cell(each: Cell) -> dict[str, Any]:
    return {"period": each.period.code, "value": each.value, "lower": each.lower, "upper": each.upper}


def _registered(each: Registered, picture: Picture) -> dict[str, Any]:
    like = picture.like[each.topic]
    return {
        "now": _span(each.now), "before": _span(each.before) if each.before else None,
        "change": str(each.change) if each.change else None, "unlike": each.unlike, "left_out": each.left_out.code,
        "like": {"n": like.n, "against": str(like.against), "rate": _interval(like.rate), "middle": like.middle},
        "source": "47022NED",
    }  # fmt: skip


def _span(each: Span) -> dict[str, Any]:
    return {
        "first": each.first.code, "last": each.last.code, "total": each.total if each.answered else None,
        "answered": each.answered, "suppressed": each.suppressed, "absent": each.absent, "inhabitants": each.inhabitants,
        "rate": _interval(each.rate),
    }  # fmt: skip


def _interval(each: Interval | None) -> dict[str, float] | None:
    return None if each is None else {"value": each.value, "lower": each.lower, "upper": each.upper}


def _edition(each: Edition) -> dict[str, Any]:
    return {
        "title": each.title, "fetched_on": each.fetched_on.isoformat(), "modified": each.modified, "newest": each.newest,
        "sha256": each.sha256, "made_up": each.made_up,
    }  # fmt: skip
