"""What the pages of the landscape say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.landscape.queries.cells import Findings
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.core.landscape.cells import Confidence, Landscape, Status
from dijkwacht.core.landscape.findings import Age, Assigned, Lack
from dijkwacht.core.landscape.merge import Clash, Doing
from dijkwacht.core.landscape.turn import Turn
from dijkwacht.web.terms import text_of

STATUSES: Mapping[str, Any] = {
    Status.LAW: gettext_lazy("by law"),
    Status.PRACTICE: gettext_lazy("practice, not by law"),
    Status.PROPOSAL: gettext_lazy("proposal, not in force"),
}
MARKS: Mapping[Status, Any] = {Status.PRACTICE: gettext_lazy("no law"), Status.PROPOSAL: gettext_lazy("proposal")}
UNREAD = gettext_lazy("basis not read whole")
CONFIDENCES: Mapping[str, Any] = {
    Confidence.A: gettext_lazy("A: text of the law read"),
    Confidence.B: gettext_lazy("B: document of a government"),
    Confidence.C: gettext_lazy("C: press or website"),
    Confidence.D: gettext_lazy("D: common knowledge, no source read"),
}
DOINGS: Mapping[str, Any] = {
    Doing.ADD: gettext_lazy("added here"),
    Doing.CHANGE: gettext_lazy("changed here"),
    Doing.HIDE: gettext_lazy("hidden here"),
}
LACKS: Mapping[Lack, Any] = {
    Lack.NOBODY: gettext_lazy("No actor found."),
    Lack.PROPOSALS: gettext_lazy("Only a proposal, nothing in force."),
    Lack.PRACTICE: gettext_lazy("It is done, but no law says by whom."),
    Lack.OUTSIDE: gettext_lazy("Only others, nobody of the municipality."),
}
ASSIGNED: Mapping[Assigned, Any] = {
    Assigned.ALL: gettext_lazy("Each has it by law, and nothing arranges who goes first."),
    Assigned.SOME: gettext_lazy("Some have it by law and others do it too; nothing arranges who goes first."),
    Assigned.NONE: gettext_lazy("All do it without a law, and nothing arranges who goes first."),
}
AGES: Mapping[Age, Any] = {
    Age.OLD: gettext_lazy("The source is too old to rest on."),
    Age.UNREAD: gettext_lazy("Part of the basis was not read."),
}
CLASHES: Mapping[Clash, Any] = {
    Clash.FIELD: gettext_lazy("You changed this, and so did they, otherwise."),
    Clash.ADDED: gettext_lazy("You added this cell, and now they have it too, with other words."),
    Clash.REMOVED: gettext_lazy("You changed this cell, and they took it out."),
    Clash.HIDDEN: gettext_lazy("You hid this cell, and they changed it."),
}
ACTOR_KINDS: Mapping[str, Any] = {
    "municipal": gettext_lazy("Municipality"),
    "other_municipality": gettext_lazy("Other municipalities"),
    "joint": gettext_lazy("Municipalities together"),
    "region": gettext_lazy("Safety region"),
    "police": gettext_lazy("Police and justice"),
    "national": gettext_lazy("State and Europe"),
    "oversight": gettext_lazy("Supervision and courts"),
    "sector": gettext_lazy("Sectors and critical entities"),
    "private": gettext_lazy("Companies and associations"),
}
WRONG: Mapping[str, Any] = {
    "missing": gettext_lazy("This cannot be empty."),
    "unknown": gettext_lazy("This is not one of the choices."),
    "text": gettext_lazy("This is no text."),
    "odd": gettext_lazy("This has characters that do not show, or that turn the text around."),
    "day": gettext_lazy("This is no day."),
    "duration": gettext_lazy("Write a term as P6M, P1Y or P2Y."),
    "long": gettext_lazy("This is too long."),
}
REFUSED: Mapping[str, Any] = {
    **WRONG,
    "gone": gettext_lazy("This does not stand there any more."),
    "past": gettext_lazy("This day has gone by."),
    "key": gettext_lazy("The private key to sign with is not on this machine."),
    "stranger": gettext_lazy(
        "Nobody here knows this key. Type its number, after you checked it with who made the pack."
    ),
    "older": gettext_lazy(
        "This pack is older than the one that you read now. Type the number of its key when you mean to go back."
    ),
    "meanwhile": gettext_lazy("Somebody wrote this cell otherwise meanwhile. Look at it again."),
    "unchosen": gettext_lazy("Choose at every conflict what counts."),
    "seen": gettext_lazy("Meanwhile something changed here. Look again at what taking over does."),
    "large": gettext_lazy("This file is larger than %(most)s MB."),
    "no_json": gettext_lazy("This is no landscape pack: it is not JSON as packs are written."),
    "form": gettext_lazy("This is no landscape pack of a form that we know."),
    "changed": gettext_lazy("The content is not what was hashed: the file was changed or damaged."),
    "signature": gettext_lazy("The signature does not fit: the file was changed, or signed with another key."),
    "many": gettext_lazy("This pack has more than %(most)s cells."),
}
NO_KEY = gettext_lazy("The key in this pack is no key, or has another number.")
CELL = gettext_lazy("Cell %(cell)s cannot be read. %(field)s: %(why)s")
FIELDS: Mapping[str, Any] = {
    "area": gettext_lazy("Area"), "phase": gettext_lazy("Phase"), "layer": gettext_lazy("Layer"),
    "actor": gettext_lazy("Who"), "role": gettext_lazy("Role"), "nl": gettext_lazy("What, in Dutch"),
    "en": gettext_lazy("What, in English"), "basis": gettext_lazy("Basis"), "source": gettext_lazy("Source"),
    "status": gettext_lazy("Status"), "confidence": gettext_lazy("How sure"), "as_of": gettext_lazy("As of"),
    "stale_after": gettext_lazy("Holds for"), "unread": gettext_lazy("Not read of the basis"),
    "together": gettext_lazy("Arranged with others by"), "kinds": gettext_lazy("In turn at"),
}  # fmt: skip


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence."""
    return deed_pages.refusal(error, REFUSED)


def home_answer(landscape: Landscape, found: Findings) -> str:
    """The sentence under the title of the matrix."""
    told = _("%(cells)s things that somebody does, by %(actors)s actors.") % {
        "cells": len(landscape.cells), "actors": len({each.actor for each in landscape.cells.values()}),
    }  # fmt: skip
    places, n = len(landscape.boxes()), len(found.gaps)
    more = ngettext(
        "In %(n)s of the %(places)s places somebody lacks.", "In %(n)s of the %(places)s places somebody lacks.", n
    ) % {"n": n, "places": places}
    return f"{told} {more}"


def findings_answer(found: Findings) -> str:
    """The sentence under the title of the findings."""
    counts = (
        ngettext("%(n)s gap", "%(n)s gaps", len(found.gaps)) % {"n": len(found.gaps)},
        ngettext("%(n)s overlap", "%(n)s overlaps", len(found.overlaps)) % {"n": len(found.overlaps)},
        ngettext("%(n)s cell to look at again", "%(n)s cells to look at again", len(found.stale))
        % {"n": len(found.stale)},
    )
    return _("%(gaps)s, %(overlaps)s and %(stale)s.") % dict(zip(("gaps", "overlaps", "stale"), counts, strict=True))


def sentences(codes: Iterable[Any], words: Mapping[Any, Any]) -> str:
    """Reasons as sentences after each other."""
    return " ".join(str(words[code]) for code in codes)


def actors_of(landscape: Landscape, names: Sequence[str]) -> str:
    """Actors by name, with a comma between them."""
    return ", ".join(text_of(landscape.actors[name].name) for name in names)


def turn_answer(landscape: Landscape, turn: Turn) -> str:
    """Whose turn it is, as a sentence."""
    kind, phase = text_of(landscape.kinds[turn.kind].name), text_of(landscape.phases[turn.phase].name)
    if turn.nobody:
        return _("For “%(kind)s” in the phase %(phase)s no actor was found.") % {"kind": kind, "phase": phase}
    who = text_of(landscape.actors[turn.first[0].actor].name)
    if turn.named:
        return _("First in turn: %(who)s.") % {"who": who}
    return _("Who comes first was not worked out; these act in this area and phase.")
