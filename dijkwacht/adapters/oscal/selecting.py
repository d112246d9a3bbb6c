"""Which controls of a catalog an import, or an insertion in a custom group, means."""

import re
from collections.abc import Mapping
from fnmatch import translate
from typing import Any

from dijkwacht.adapters.oscal.library import controls
from dijkwacht.core.framework import Refusal

LONGEST = 200  # characters of a pattern
MOST = 1_000_000  # looks at a control, over all profiles of one reading; the largest official ones need some thousands


class TooMuchError(ValueError):
    """Profiles that choose so often among so many controls that no one could have meant it."""


class Budget:
    """How many looks at a control are left."""

    def __init__(self, left: int = MOST) -> None:
        self._left = left

    def take(self, looks: int) -> None:
        """Raises TooMuchError when they were used up."""
        self._left -= looks
        if self._left < 0:
            raise TooMuchError


class Selector:
    """Chooses among the controls of one catalog, or among those given. ``refused`` collects what leads to nothing."""

    def __init__(self, body: Mapping[str, Any], *, budget: Budget, among: set[str] | None = None) -> None:
        self._budget = budget
        self._below: dict[str, list[str]] = {}
        for control, parent, _ in controls(body):
            name = str(control["id"])
            if among is None or name in among:
                self._below[name] = []
            if parent in self._below and name in self._below:
                self._below[parent].append(name)
        budget.take(len(self._below))
        self.refused: list[Refusal] = []

    def chosen(self, rule: Mapping[str, Any], path: str) -> set[str]:
        """The ids that a rule with include-all, include-controls and exclude-controls chooses; without any: all."""
        chosen: set[str] = set()
        self._budget.take(len(self._below))
        if "include-all" in rule or "include-controls" not in rule:
            chosen = set(self._below)
        for index, each in enumerate(rule.get("include-controls", [])):
            chosen |= self._some(each, f"{path}/include-controls/{index}")
        for index, each in enumerate(rule.get("exclude-controls", [])):
            chosen -= self._some(each, f"{path}/exclude-controls/{index}")
        return chosen

    def _some(self, rule: Mapping[str, Any], path: str) -> set[str]:
        found: set[str] = set()
        for index, name in enumerate(rule.get("with-ids", [])):
            if name in self._below:
                found.add(name)
            else:
                self.refused.append(Refusal("unknown_control", f"{path}/with-ids/{index}", {"id": name[:80]}))
        for index, each in enumerate(rule.get("matching", [])):
            pattern = each.get("pattern", "")
            if len(pattern) > LONGEST:
                self.refused.append(Refusal("too_long", f"{path}/matching/{index}/pattern", {"most": str(LONGEST)}))
                continue
            self._budget.take(len(self._below))
            matches = re.compile(translate(pattern)).match
            found.update(name for name in self._below if matches(name))
        if rule.get("with-child-controls") == "yes":
            waiting = list(found)
            while waiting:
                below = self._below[waiting.pop()]
                waiting += below
                found.update(below)
        return found
