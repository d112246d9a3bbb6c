"""``exercise check``: whether a file holds a script that can be played. Needs no database."""

from pathlib import Path

from django.utils.translation import gettext as _

from dijkwacht.commands import Outcome
from dijkwacht.core.shown import as_shown
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.scenarios import MOST_BYTES, scenario_of
from dijkwacht.web.terms import text_of


def check(path: Path) -> Outcome:
    """What is wrong with a script, by line; or what is in it. A file that cannot be read is a problem of its first line."""
    try:
        scenario = scenario_of(_read(path), file=path.name)
    except PackErrors as error:
        rows = [{"file": each.file, "line": each.line, "message": each.message} for each in error.problems]
        return Outcome({"valid": False, "problems": rows}, [as_shown(str(each)) for each in error.problems], well=False)
    points = sum(len(each.decisions) for each in scenario.injects)
    data = {
        "valid": True, "id": scenario.id, "title": dict(scenario.title), "minutes": scenario.minutes,
        "roles": list(scenario.roles), "injects": len(scenario.injects), "decisions": points, "problems": [],
    }  # fmt: skip
    said = _("%(title)s: sound; %(injects)s injects, %(points)s decisions, %(roles)s roles.") % {
        "title": text_of(scenario.title), "injects": len(scenario.injects), "points": points, "roles": len(scenario.roles),
    }  # fmt: skip
    return Outcome(data, [said])


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PackErrors([Problem(path.name, 1, f"cannot be read: {error.strerror}")]) from None
