"""What this room says of runs: how far one is, why names were not measured, and what was refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.perimeter.consent_words import refused_word
from dijkwacht.apps.perimeter.models import Run, RunState
from dijkwacht.apps.perimeter.queries.runs import Progress
from dijkwacht.core.text import capital
from dijkwacht.web.moments import moment_words

_REASONS: Mapping[str, Any] = {
    "resolver": gettext_lazy("the name system gave no answer"),
    "stopped": gettext_lazy("the measurement was stopped"),
    "worker_died": gettext_lazy("three workers in a row broke off while they measured it; that is a fault of ours"),
    "fault": gettext_lazy("we stumbled over what we saw; that is a fault of ours"),
}
_DONE: Mapping[str, Any] = {
    "pause": gettext_lazy("Paused. What is being measured at this moment is finished."),
    "resume": gettext_lazy("The measurement goes on."),
    "stop": gettext_lazy("Stopped. What was not measured yet is planned again."),
}


def done(act: str) -> str:
    """What became of a button."""
    return str(_DONE.get(act, ""))


def reason(code: str) -> str:
    """Why a name was not measured, as a clause; the code itself when nobody wrote words for it."""
    kind, _colon, rest = code.partition(":")
    if kind == "denied":
        return refused_word(rest)
    return str(_REASONS.get(kind, code))


def reasons(found: Mapping[str, int]) -> list[tuple[str, int]]:
    """Why names were not measured, most often first."""
    return [(capital(reason(code)), number) for code, number in found.items()]


def refusals(found: Mapping[str, int]) -> list[tuple[str, int]]:
    """What our own gate refused to send, most often first."""
    return [
        (capital(refused_word(code)), number)
        for code, number in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    ]


def runs_sentence(running: Sequence[Run], *, last: datetime | None, quiet: datetime | None) -> str:
    """What is being measured, in one sentence."""
    if quiet is not None:
        return _("Nothing is measured at this moment: names wait, and no worker takes them.")
    if running:
        return ngettext(
            "%(n)d measurement is going on.", "%(n)d measurements are going on.", len(running)
        ) % {"n": len(running)}  # fmt: skip
    if last is None:
        return _("Nothing was measured yet.")
    return _("Nothing is being measured now. The last measurement was on %(when)s.") % {"when": moment_words(last)}


def run_sentence(run: Run, progress: Progress) -> str:
    """How far a run is, in one sentence."""
    counts = {"done": progress.measured, "total": progress.total, "failed": progress.failed}
    if run.state == RunState.DONE:
        return _("Done: %(done)s of %(total)s names measured.") % counts
    if run.state == RunState.STOPPED:
        return _("Stopped after %(done)s of %(total)s names.") % counts
    if run.state == RunState.PAUSED:
        return _("Paused after %(done)s of %(total)s names.") % counts
    return _("%(done)s of %(total)s names measured.") % counts
