"""Entries as sentences, in the language of the page.

Each room says in its ``acts.py`` how its acts read: ``SENTENCES`` maps an act to a sentence with ``%(actor)s``,
``%(about)s`` and the keys of the act's detail (by ``ngettext_lazy``, with the key of the count, where it counts);
``ABOUT`` maps the first part of ``about`` (before the colon; empty if there is none) to a function that gives the names
of what stands after it; ``WORDS`` maps a key of the detail to a function that puts its value in words. This room knows
no other room's acts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.chain import Break, Broken
from dijkwacht.web.moments import as_day, day_words
from dijkwacht.web.speakers import actor
from dijkwacht.web.terms import role_word

Names = Callable[[Organisation, Collection[str]], Mapping[str, str]]
EXERCISE = "exercise_at"  # the key in the detail of an entry of what the clock of an exercise showed
BREAKS = {
    Break.GAP: gettext_lazy("entry %(seq)s is missing: it was removed"),
    Break.PREVIOUS: gettext_lazy(
        "entry %(seq)s does not follow the one before it: something was put in, left out or replaced"
    ),
    Break.HASH: gettext_lazy("the content of entry %(seq)s was changed after it was written"),
    Break.REORDERED: gettext_lazy("entry %(seq)s was written in another place of this trail"),
    Break.FOREIGN: gettext_lazy("entry %(seq)s was written in the trail of another organisation"),
    Break.CUT: gettext_lazy("the trail is cut off: from entry %(seq)s on it is missing"),
    Break.UNSEALED: gettext_lazy("entry %(seq)s was added outside the program"),
    Break.HEAD: gettext_lazy("the seal does not fit the last entry, %(seq)s"),
    Break.NOTED: gettext_lazy("from entry %(seq)s on the trail was written anew"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page shows it."""

    entry: Entry
    sentence: str

    @property
    def exercise_at(self) -> datetime | None:
        """What the clock of an exercise showed; None outside exercises, and of what is no moment."""
        try:
            return datetime.fromisoformat(self.entry.detail[EXERCISE])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def detail(self) -> dict[str, Any]:
        """What the entry holds; of the rows that it marks only which they are."""
        shown = {key: value for key, value in self.entry.detail.items() if key != EXERCISE}
        marked = shown.pop(ROWS, None) or {}
        told = ", ".join(f"{table} {number}" for table, rows in marked.items() for number in rows)
        return shown | ({ROWS: told} if told else {})


class _Nothing(int):
    """A part that an older entry does not have: a dash, also where a sentence counts it."""

    def __str__(self) -> str:
        return "–"


class _Parts(dict[str, str | int]):
    """The parts of a sentence; numbers stay numbers, for sentences that count."""

    def __missing__(self, key: str) -> int:
        return _Nothing()


@cache
def acts() -> Mapping[str, Any]:
    """The sentence of every act that a room knows."""
    return {act: sentence for module in _modules() for act, sentence in module.SENTENCES.items()}


@cache
def _abouts() -> Mapping[str, Names]:
    return {kind: names for module in _modules() for kind, names in getattr(module, "ABOUT", {}).items()}


@cache
def _words() -> Mapping[str, Callable[[str], str]]:
    return {key: said for module in _modules() for key, said in getattr(module, "WORDS", {}).items()}


def _modules() -> list[Any]:
    rooms = (room for room in apps.get_app_configs() if room.name.startswith("dijkwacht."))
    return [import_module(f"{room.name}.acts") for room in rooms if module_has_submodule(room.module, "acts")]


def lines(organisation: Organisation, entries: Iterable[Entry]) -> list[Line]:
    """The entries with their sentences; names are fetched together, one query per kind of thing."""
    shown = list(entries)
    names = _names(organisation, {entry.about for entry in shown})
    return [Line(entry, _sentence(entry, names)) for entry in shown]


def _names(organisation: Organisation, abouts: Iterable[str]) -> dict[str, str]:
    by_kind: dict[str, set[str]] = {}
    for about in abouts:
        kind, colon, key = about.partition(":")
        by_kind.setdefault(kind if colon else "", set()).add(key if colon else about)
    found: dict[str, str] = {}
    for kind, keys in by_kind.items():
        if kind in _abouts():
            found |= {
                f"{kind}:{key}" if kind else key: name for key, name in _abouts()[kind](organisation, keys).items()
            }
    return found


def _sentence(entry: Entry, names: Mapping[str, str]) -> str:
    parts = _Parts({key: _word(key, value) for key, value in entry.detail.items()})
    parts["actor"] = str(entry.person) if entry.person else actor(entry.actor)
    parts["about"] = names.get(entry.about, entry.about)
    known = acts().get(entry.act)
    if known is None:
        parts["act"] = entry.act
        return _("%(actor)s: %(act)s, %(about)s.") % parts
    return str(known % parts)


def _word(key: str, value: Any) -> str | int:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return value
    if key in ("role", "function"):
        return role_word(str(value))
    if key in _words() and isinstance(value, str):
        return _words()[key](value)
    day = as_day(value) if isinstance(value, str) and len(value) == 10 else None
    return day_words(day) if day else str(value)


def break_sentence(broken: Broken) -> str:
    """What is wrong with a chain, as a clause: ``entry 12 is missing: it was removed``."""
    return str(BREAKS[broken.kind]) % {"seq": broken.seq}
