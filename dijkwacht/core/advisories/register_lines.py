"""A line of a product register as a source gave it, and what reading one file brought: lines, problems, remarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Place, Problem

MOST = 100  # problems, and remarks, of one kind that are listed; the rest is counted
RAW = 300  # characters of a line that are kept as written
LONGEST: Mapping[str, int] = {"version": 200, "purl": 1_000, "cpe": 1_000}
LONGEST_OTHER = 300

Stated = Literal["present", "planned", "absent"]
"""What the source says: in use, not in use yet, or not in use. In doubt a reader says *present*: then nobody is left unwarned."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from: the form of the file, and which one where there are several, as with one SBOM per application."""

    kind: str
    label: str = ""

    @property
    def id(self) -> str:
        """``cmdb``, or ``cyclonedx:Zaaksysteem``."""
        return f"{self.kind}:{self.label}" if self.label else self.kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``row``: its row in a table, its line in XML, its place in the list in JSON, from 1; ``at``: the JSON pointer."""

    row: int
    vendor: str = ""
    product: str = ""
    version: str = ""
    purl: str = ""
    cpe: str = ""
    name: str = ""  # what the organisation calls it
    owner: str = ""
    location: str = ""
    part_of: str = ""  # the application that it is a part of
    organisation: str = ""  # as the file names it; empty when the file does not tell
    status: str = ""  # as written
    stated: Stated = "present"
    exposed: bool | None = None
    as_of: date | None = None  # as the line itself says
    at: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """What one file brought. A problem stands in the way of taking over any line of it; a remark does not.

    ``counts``: per code of problem or remark how often, as only the first hundred of each are listed. ``unanswered``: products
    on the sheet of which it says nothing.
    """

    form: str
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    unanswered: int = 0
    as_of: date | None = None  # the day that the file itself gives
    label: str = ""  # what the file is about, in its own words
    layouts: tuple[Layout, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the lines may be taken over."""
        return bool(self.lines) and not self.problems


class Notes:
    """Collects problems and remarks while a file is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.counts: dict[str, int] = {}

    def problem(self, code: str, place: Place = Place(), **params: str) -> None:  # noqa: B008 (frozen)
        """Something that stands in the way."""
        self._note(self.problems, code, place, params)

    def remark(self, code: str, place: Place = Place(), **params: str) -> None:  # noqa: B008 (frozen)
        """Something to know."""
        self._note(self.remarks, code, place, params)

    def _note(self, notes: list[Problem], code: str, place: Place, params: Mapping[str, str]) -> None:
        count = self.counts[code] = self.counts.get(code, 0) + 1
        if count <= MOST:
            notes.append(Problem(code, place, params))

    def lines(self, found: Lines) -> Lines:
        """The lines with what was noted, in the order of the file. No line at all is a problem too."""
        if not found.lines and not self.problems:
            self.problem("no_lines")
        return replace(
            found,
            problems=tuple(sorted(self.problems, key=_by_place)),
            remarks=tuple(sorted(self.remarks, key=_by_place)),
            counts=dict(self.counts),
        )


def _by_place(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return place.sheet or "", place.row or 0, -1 if place.column is None else place.column
