"""What would stop, as data: JSON for programs, CSV for who works on in a spreadsheet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.adapters.documents.wording import Pair, Say

_TEXTS: Mapping[str, Pair] = {
    "sheet": ("wat stopt", "what stops"),
    "id": ("kenmerk", "reference"),
    "name": ("naam", "name"),
    "kind": ("soort", "kind"),
    "hours": ("stopt na uren", "stops after hours"),
    "sure": ("zeker", "certain"),
    "by": ("doordat stopt", "because of"),
    "yes": ("ja", "yes"),
    "no": ("nee, een buffer is niet bekend", "no, a buffer is not known"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its id, its name and what kind of thing it is, in words."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stops after so many hours because ``by`` did (None: it was gone first). ``sure`` False: it may take longer."""

    what: Named
    hours: float
    by: Named | None
    sure: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One question to the web of an organisation: what stops when these are gone, as known on a day. In order of hours."""

    organisation: str
    on: date
    language: str
    gone: tuple[Named, ...]
    stops: tuple[Stopped, ...]


def as_json(asked: WhatIf) -> bytes:
    """``{"organisation", "on", "gone": [thing], "stops": [{thing, "hours", "by": id or null, "sure"}]}``."""
    data = {
        "organisation": asked.organisation, "on": asked.on.isoformat(), "gone": [_thing(each) for each in asked.gone],
        "stops": [
            {**_thing(each.what), "hours": _hours(each.hours), "by": each.by.id if each.by else None, "sure": each.sure}
            for each in asked.stops
        ],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(asked: WhatIf) -> bytes:
    """A row for each that stops; cells that look like a formula are neutralised."""
    say = Say(_TEXTS, asked.language)
    columns = tuple(say(key) for key in ("id", "name", "kind", "hours", "sure", "by"))
    rows = tuple(
        (
            each.what.id, each.what.name, each.what.kind, _written(each.hours, asked.language),
            say("yes" if each.sure else "no"), each.by.name if each.by else "",
        )
        for each in asked.stops
    )  # fmt: skip
    return write_csv(Sheet(say("sheet"), columns, rows))


def _thing(each: Named) -> dict[str, str]:
    return {"id": each.id, "name": each.name, "kind": each.kind}


def _hours(hours: float) -> int | float:
    """Whole hours without a point."""
    return int(hours) if float(hours).is_integer() else round(hours, 2)


def _written(hours: float, language: str) -> int | str:
    """As a spreadsheet in that language reads a number."""
    told = _hours(hours)
    return told if isinstance(told, int) else str(told).replace(".", "," if language == "nl" else ".")
