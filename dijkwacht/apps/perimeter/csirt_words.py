"""What the pages of a CSIRT say."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.perimeter.models import Issue
from dijkwacht.apps.perimeter.queries.csirt import Watched


def sentence(rows: Sequence[Watched]) -> str:
    """Of whom something is wrong, in one sentence."""
    if not rows:
        return _("No names of others are measured.")
    wrong = sum(bool(row.wrong) for row in rows)
    text = ngettext(
        "Names of %(n)d organisation are measured; something is wrong at %(wrong)d.",
        "Names of %(n)d organisations are measured; something is wrong at %(wrong)d.", len(rows),
    )  # fmt: skip
    return text % {"n": len(rows), "wrong": wrong}


def one_sentence(issues: Sequence[Issue]) -> str:
    """What is wrong at one organisation."""
    wrong = sum(issue.word == "failed" for issue in issues)
    if not issues:
        return _("Nothing that was measured is wrong.")
    more = len(issues) - wrong
    if not more:
        return ngettext("%(n)d thing is wrong.", "%(n)d things are wrong.", wrong) % {"n": wrong}
    text = ngettext(
        "%(n)d thing is wrong, %(more)d ask attention.", "%(n)d things are wrong, %(more)d ask attention.", wrong
    )
    return text % {"n": wrong, "more": more}
