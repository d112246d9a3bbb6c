"""What ``dijkwacht doctor`` finds: each check says ok, warning or wrong, what that means, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


WORDS = {
    Level.OK: gettext_lazy("in order"),
    Level.WARNING: gettext_lazy("watch out"),
    Level.WRONG: gettext_lazy("wrong"),
}
CHECKS = {
    "settings": gettext_lazy("Settings"),
    "keys": gettext_lazy("Keys"),
    "files": gettext_lazy("Files"),
    "texts": gettext_lazy("Texts"),
    "styles": gettext_lazy("Style sheets"),
    "disk": gettext_lazy("Disk"),
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Tables"),
    "runs": gettext_lazy("What runs by itself"),
    "tick": gettext_lazy("The tick"),
    "trail_verify": gettext_lazy("Following the trail"),
    "backup": gettext_lazy("Backup"),
    "queues": gettext_lazy("Queues"),
    "trail": gettext_lazy("Trail"),
    "clock": gettext_lazy("Clock"),
    "mail": gettext_lazy("Mail"),
    "resolver": gettext_lazy("Resolver"),
}
"""What each check is called."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. ``do``: what to do about it; empty when all is well."""

    check: str
    level: Level
    says: str
    do: str = ""

    def data(self) -> dict[str, str]:
        """For --json."""
        return {"check": self.check, "level": str(self.level), "says": self.says, "do": self.do}


Check = Callable[[], Iterable[Finding]]


def guarded(name: str, check: Check) -> Iterator[Finding]:
    """What a check finds; when it breaks that is a finding itself, and the other checks go on."""
    try:
        yield from check()
    except Exception as error:
        words = {"kind": type(error).__name__, "text": " ".join(str(error).split())[:200]}
        says = _("This could not be looked at: %(kind)s: %(text)s") % words
        yield Finding(name, Level.WRONG, says, _("Mend what the other lines say first, and ask again."))


def exit_code(findings: Iterable[Finding]) -> int:
    """0: all in order; 1: something to watch; 2: something is wrong."""
    levels = {each.level for each in findings}
    return 2 if Level.WRONG in levels else int(Level.WARNING in levels)


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """For people: the verdict first, and below it what to do."""
    width = max(len(str(word)) for word in WORDS.values())
    for each in findings:
        yield f"{WORDS[each.level]!s:<{width}}  {CHECKS[each.check]}: {each.says}"
        if each.do:
            yield f"{'':<{width}}  → {each.do}"


def count(findings: Iterable[Finding]) -> dict[str, Any]:
    """How many of each."""
    found = [each.level for each in findings]
    return {str(level): found.count(level) for level in Level}
