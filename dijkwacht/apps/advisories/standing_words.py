"""How a document stands by what it says of itself, and why a warning lapsed: withdrawn, replaced, a draft, a desk that left."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.models import EventKind, WarningEvent
from dijkwacht.apps.advisories.services.warning import DESK_LEFT
from dijkwacht.apps.advisories.telling_words import one_line
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.web.moments import day_words

SUPERSEDED = "csaf_superseded"
SUPERSEDING = ("superseding document", "vervangend document")
"""How the summary of the link to what takes its place begins (CSAF 2.1, profile 7)."""
MOST = 3
_NOT_FINAL: Mapping[str, Any] = {
    "draft": gettext_lazy("This is a draft of the publisher: what it says is not settled and may still change."),
    "interim": gettext_lazy("This is an interim version of the publisher: it is expected to change soon."),
}


def not_final_sentence(content: Content) -> str:
    """That a document is a draft or an interim version; empty when it is final."""
    return str(_NOT_FINAL.get(content.state, ""))


def withdrawn_sentence(content: Content) -> str:
    """That a document no longer holds, by what it was replaced, and that nothing is to be done for it any more."""
    if content.kind != SUPERSEDED:
        return _("The publisher withdrew this advisory. No action is needed any more.")
    by = ", ".join(replaced_by(content))
    if not by:
        return _(
            "The publisher replaced this advisory by another, without saying which. No action is needed any more for this one."
        )
    return _("The publisher replaced this advisory by %(by)s. No action is needed any more for this one.") % {"by": by}


def replaced_by(content: Content) -> list[str]:
    """What took the place of a document: the links that say so, each on one line."""
    links = [each for each in content.references if each.summary.strip().casefold().startswith(SUPERSEDING)]
    return [one_line(f"{_after_colon(each.summary)} ({each.url})")[:300] for each in links[:MOST]]


def _after_colon(summary: str) -> str:
    _before, colon, after = summary.partition(":")
    return after.strip() if colon and after.strip() else summary.strip()


def lapsed_sentence(content: Content, events: Iterable[WarningEvent]) -> str:
    """Why a warning lapsed, and that nothing is left to do for it."""
    if content.withdrawn:
        return withdrawn_sentence(content)
    last = [each for each in events if each.kind == EventKind.LAPSED][-1:]
    if left := "".join(desk_left_sentence(each) for each in last):
        return left
    return _("This is no longer about you. Nothing is left to do.")


def desk_left_sentence(event: WarningEvent) -> str:
    """That a warning lapsed because its desk no longer warns the organisation; empty when that was not why."""
    for code, params in event.reasons:
        if code == DESK_LEFT:
            said = {"desk": event.warning.desk, "day": day_words(date.fromisoformat(dict(params)["day"]))}
            return _(
                "%(desk)s no longer warns you since %(day)s, so it no longer follows this warning. Whether it is still about you "
                "was not looked at."
            ) % said  # fmt: skip
    return ""
