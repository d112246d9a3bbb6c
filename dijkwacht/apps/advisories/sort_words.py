"""Ways to sort a list, as links with their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.queries.sorting import Sort
from dijkwacht.core.text import capital

WORDS: Mapping[str, Any] = {
    "level": gettext_lazy("priority"), "changed": gettext_lazy("date"), "reached": gettext_lazy("organisations touched"),
    "score": gettext_lazy("CVSS score"), "rating": gettext_lazy("rating of the publisher"), "title": gettext_lazy("title"),
    "number": gettext_lazy("number"), "cve": gettext_lazy("CVE"), "product": gettext_lazy("vendor and product"),
    "publisher": gettext_lazy("publisher"), "source": gettext_lazy("source"), "published": gettext_lazy("first published"),
    "revised": gettext_lazy("last revised"), "kind": gettext_lazy("kind of document"), "version": gettext_lazy("revision"),
    "form": gettext_lazy("version of CSAF"), "status": gettext_lazy("state of the document"),
    "used": gettext_lazy("being used"), "exposed": gettext_lazy("reachable from outside"),
    "decision": gettext_lazy("decision"), "told": gettext_lazy("date of the warning"), "due": gettext_lazy("end of the week"),
    "own": gettext_lazy("your own rating"), "state": gettext_lazy("how it stands"), "handler": gettext_lazy("who handles it"),
    "seen": gettext_lazy("when it was seen"),
}  # fmt: skip
USUAL = "-level"
"""How both lists stand when nothing was asked."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to sort. ``on``: in use, from high to low when ``down``; then the address turns it round."""

    word: str
    address: str
    on: bool
    down: bool


def links(sorts: Mapping[str, Sort], asked: str, query: QueryDict) -> list[Link]:
    """Every way to sort, in the order of ``sorts``. The rest of the query stays, but for the page."""
    used = asked if asked.removeprefix("-") in sorts else USUAL
    made = []
    for name, sort in sorts.items():
        on, down = used.removeprefix("-") == name, used.startswith("-")
        turned = (name if down else f"-{name}") if on else sort.asked(name)
        made.append(Link(capital(str(WORDS[name])), _address(query, turned), on, down))
    return made


def _address(query: QueryDict, sort: str) -> str:
    kept = query.copy()
    kept.pop("page", None)
    kept["sort"] = sort
    return f"?{kept.urlencode()}"
