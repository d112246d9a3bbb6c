"""What the log of a run says: what was sent and what came of it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.perimeter.consent_words import path_words, refused_word
from dijkwacht.apps.perimeter.queries.logbook import Sums
from dijkwacht.core.consent import Step

_PURPOSES: Mapping[str, Any] = {
    "name_server": gettext_lazy("question to a name server"),
    "tls": gettext_lazy("hello over TLS"),
    "http": gettext_lazy("request to the web server"),
    "smtp": gettext_lazy("hello to the mail host"),
    "ports": gettext_lazy("knock on a port"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, to whom, what for, at which level, and what came of it. ``mark``: met, unknown or not_met."""

    at: datetime
    host: str
    where: str
    purpose: str
    level: int
    mark: str
    outcome: str
    why: str


def line(event: Event, names: Mapping[str, str]) -> Line:
    """A line in words. ``names``: of organisations, by slug."""
    where = f"[{event.address}]:{event.port}" if ":" in event.address else f"{event.address}:{event.port}"
    mark, outcome, why = _came_of(event, names)
    purpose = str(_PURPOSES.get(event.purpose, event.purpose)) if event.address else _("question to the name system")
    return Line(event.at, event.host, where if event.address else "", purpose, event.level, mark, outcome, why)


def _came_of(event: Event, names: Mapping[str, str]) -> tuple[str, str, str]:
    if event.outcome == "refused":
        return "not_met", _("held back by ourselves"), refused_word(event.why)
    if event.outcome == "failed":
        return "unknown", _("no connection"), event.why
    return "met", _("connection"), " → ".join(path_words(_steps(event.why), names))


def _steps(path: str) -> list[Step]:
    """The path as the gate writes it: `code about level > …`."""
    found = []
    for part in path.split(" > "):
        code, _blank, rest = part.partition(" ")
        about, _blank, level = rest.rpartition(" ")
        if level.isdigit():
            found.append(Step(code, about, int(level)))  # type: ignore[arg-type]  # as it was written
    return found


def sentence(found: Sums, *, kept: bool, days: int) -> str:
    """How much was sent, in one sentence. ``kept``: whether anything of this run is kept."""
    if not kept:
        text = ngettext(
            "Nothing of this run is kept: nothing was sent, or it is more than %(days)s day ago.",
            "Nothing of this run is kept: nothing was sent, or it is more than %(days)s days ago.", days,
        )  # fmt: skip
        return text % {"days": days}
    made = found.lines - found.refused
    sent = ngettext("%(n)s connection", "%(n)s connections", made) % {"n": made}
    refused = ngettext("%(n)s refusal", "%(n)s refusals", found.refused) % {"n": found.refused}
    said = _("%(sent)s and %(refused)s of our own.") % {"sent": sent, "refused": refused}
    if found.left_out:
        text = ngettext("%(n)s more line was not kept.", "%(n)s more lines were not kept.", found.left_out)
        said += " " + text % {"n": found.left_out}
    return said
