"""Reading fields of a document of which nothing is certain: what has the wrong type is noted with its place, never a crash."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dijkwacht.adapters.csaf.load import LIMITS, Limits, Unreadable, pointed
from dijkwacht.core.advisories.problems import Problem, Weight

Path = tuple[Any, ...]
"""Where we are: (where the holder is, key or index). Nested, so that stepping costs nothing; `pointer` writes it out."""
ROOT: Path = ()
Object = dict[str, Any]
FIRST_YEAR, LAST_YEAR = 1970, 2200  # outside it a moment is a slip, and turning it to another zone may overflow


def pointer(path: Path) -> str:
    """The JSON pointer of a place."""
    parts = []
    while path:
        path, key = path
        parts.append(pointed(str(key)))
    return "".join(f"/{part}" for part in reversed(parts))


class Walk:
    """One reading: what it may still spend, and the problems it found."""

    def __init__(self, limits: Limits = LIMITS, *, zoneless: bool = False) -> None:
        self.limits = limits
        self._zoneless = zoneless
        self.problems: list[Problem] = []
        self._uses = 0

    def note(self, code: str, path: Path, weight: Weight = "note", **params: str) -> None:
        """Keeps a problem; past the limit only those that weigh more than a note."""
        if weight != "note" or len(self.problems) < self.limits.problems:
            if len(self.problems) >= 10 * self.limits.problems:
                raise Unreadable("too_many_problems", pointer(path), most=str(10 * self.limits.problems))
            self.problems.append(Problem(code, pointer(path), weight, params))

    def use(self, count: int, path: Path) -> None:
        """Counts products that are named. Raises Unreadable `too_many_uses`: groups in groups of lists may multiply."""
        self._uses += count
        if self._uses > self.limits.uses:
            raise Unreadable("too_many_uses", pointer(path), most=str(self.limits.uses))

    def text(self, holder: Object, key: str, path: Path, weight: Weight = "note") -> str:
        """The text under a key; empty when it is not there. Something else than text is a problem of this weight."""
        value = holder.get(key)
        if type(value) is str:
            return value
        if value is not None:
            self.note("wrong_type", (path, key), weight, expected="text")
        return ""

    def object(self, holder: Object, key: str, path: Path, weight: Weight = "grave") -> Object:
        """The object under a key; empty when it is not there."""
        value = holder.get(key)
        if type(value) is dict:
            return value
        if value is not None:
            self.note("wrong_type", (path, key), weight, expected="object")
        return {}

    def array(self, holder: Object, key: str, path: Path, weight: Weight = "grave") -> list[Any]:
        """The list under a key; empty when it is not there."""
        value = holder.get(key)
        if type(value) is list:
            return value
        if value is not None:
            self.note("wrong_type", (path, key), weight, expected="list")
        return []

    def objects(self, holder: Object, key: str, path: Path, weight: Weight = "grave") -> Iterator[tuple[Object, Path]]:
        """The objects of the list under a key, each with its place."""
        found = holder.get(key)
        if found is None:
            return
        place = (path, key)
        if type(found) is not list:
            self.note("wrong_type", place, weight, expected="list")
            return
        for index, each in enumerate(found):
            if type(each) is dict:
                yield each, (place, index)
            else:
                self.note("wrong_type", (place, index), weight, expected="object")

    def texts(self, holder: Object, key: str, path: Path, weight: Weight = "grave") -> list[str]:
        """The texts of the list under a key."""
        found = self.array(holder, key, path, weight)
        if not found or set(map(type, found)) == {str}:
            return found
        for index, each in enumerate(found):
            if type(each) is not str:
                self.note("wrong_type", ((path, key), index), weight, expected="text")
        return [each for each in found if type(each) is str]

    def moment(self, holder: Object, key: str, path: Path) -> datetime | None:
        """The moment under a key, in UTC. What is no moment is noted, and None.

        Without a zone it is taken as UTC, and noted unless the format says that this is what it means.
        """
        text = self.text(holder, key, path)
        if not text:
            return None
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            self.note("bad_moment", (path, key), value=text[:40])
            return None
        if not FIRST_YEAR < at.year < LAST_YEAR:
            self.note("bad_moment", (path, key), value=text[:40])
            return None
        if at.tzinfo is None:
            if not self._zoneless:
                self.note("no_zone", (path, key), value=text[:40])
            return at.replace(tzinfo=UTC)
        return at.astimezone(UTC)
