"""Collects what is wrong with a file of a stranger while it is read: all of it at once, the first hundred of each kind listed."""

from dijkwacht.core.sheets import NO_PARAMS, Place, Problem

MOST = 100  # problems, and remarks, of one kind that are listed; the rest is counted


class Notes:
    """Collects problems, which stand in the way of taking anything over, and remarks, which do not."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.counts: dict[str, int] = {}
        self.kept = self.names = 0

    def problem(self, code: str, place: Place = Place(), /, **params: str) -> None:  # noqa: B008 (frozen)
        """Something that stands in the way."""
        self._note(self.problems, Problem(code, place, params or NO_PARAMS))

    def remark(self, code: str, place: Place = Place(), /, **params: str) -> None:  # noqa: B008 (frozen)
        """Something to know."""
        self._note(self.remarks, Problem(code, place, params or NO_PARAMS))

    def _note(self, notes: list[Problem], problem: Problem) -> None:
        count = self.counts[problem.code] = self.counts.get(problem.code, 0) + 1
        if count <= MOST:
            notes.append(problem)

    def told(self) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
        """The problems and the remarks, each in the order of the file."""
        return tuple(sorted(self.problems, key=_by_place)), tuple(sorted(self.remarks, key=_by_place))


def _by_place(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return place.sheet or "", place.row or 0, -1 if place.column is None else place.column
