"""The evaluation file: what was agreed, what was done, what was measured, what is still felt, and what nobody knows."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.accountability.queries.standing import standing
from dijkwacht.apps.crisis.queries.log import crises
from dijkwacht.apps.landscape.accounts import rows
from dijkwacht.apps.landscape.accounts.progress import NEEDS, held, scope
from dijkwacht.apps.landscape.models import NeedStatus
from dijkwacht.apps.landscape.queries.covenant import Stand
from dijkwacht.apps.landscape.queries.initiatives import Seen
from dijkwacht.apps.landscape.words.needs import UNSAID
from dijkwacht.core.covenant.needs import OPEN, unsaid
from dijkwacht.core.covenant.papers import Account, Citing, Part
from dijkwacht.core.covenant.stand import Course
from dijkwacht.core.verdict import Status
from dijkwacht.web.moments import day_of, day_words
from dijkwacht.web.terms import text_of

BEGAN = date(2022, 12, 1)
"""The month in which the covenant was signed; sources differ on the day."""


def evaluation(stand: Stand) -> Account:
    """The file for the evaluation in 2027."""
    cite = Citing()
    done = Part(_("What was done"), items=_done(stand) or (_("Nothing is known here to be done."),))
    measured = Part(_("What was measured"), _measured(stand, cite))
    felt = rows.needs(stand.open_needs, _("What is still felt"))
    unknown = Part(_("What nobody said yet"), items=_unsaid(stand))
    parts = [rows.challenges(stand), rows.agreed(stand), done, measured, felt, unknown]
    lead = _(
        "What was agreed, done and measured, and what is still felt, as far as this organisation knows on %(day)s."
    ) % {"day": day_words(stand.on)}
    doubts = [text_of(stand.pack.uncertain), scope(stand), *_still_unknown(stand)]
    return rows.framed(stand, "evaluation", lead=lead, parts=parts, cite=cite, unknown=doubts)


def _done(stand: Stand) -> tuple[str, ...]:
    met = [
        _("Met: %(need)s. %(why)s") % {"need": each.title, "why": each.handling.status_why}
        for each in stand.needs
        if each.handling and each.handling.status == NeedStatus.MET
    ]
    own = [
        _("%(title)s, finished on %(day)s: %(outcome)s")
        % {"title": each.title, "day": day_words(each.row.finished_on), "outcome": each.row.outcome}
        for each in stand.of(Course.DONE)
        if isinstance(each, Seen) and each.row.finished_on
    ]
    public = [
        _("%(title)s (%(owner)s), by public sources") % {"title": each.title, "owner": each.owner}
        for each in stand.of(Course.DONE)
        if not isinstance(each, Seen)
    ]
    return (*met, *own, *public)


def _measured(stand: Stand, cite: Citing) -> tuple[str, ...]:
    voices = sum(each.weighed.voices.spoke for each in stand.needs)
    told = ngettext("%(n)s voice on a need was given.", "%(n)s voices on needs were given.", voices) % {
        "n": cite(voices, _("voices"), _("Voices in the needs register that count on this day"), NEEDS)
    }
    n, _last = held(stand, BEGAN)
    exercises = ngettext(
        "Since December 2022 %(n)s exercise was held.", "Since December 2022 %(n)s exercises were held.", n
    ) % {
        "n": cite(n, _("exercises"), _("Exercises that were held and looked back on"), "exercises:home")
    }  # fmt: skip
    real = [row for row in crises(stand.organisation).filter(exercise=False) if day_of(row.opened_at) <= stand.on]
    crisis = ngettext("%(n)s crisis was opened.", "%(n)s crises were opened.", len(real)) % {
        "n": cite(len(real), _("crises, exercises left out"), _("Crisis log"), "crisis:home")
    }
    return told, f"{exercises} {crisis}", _norms(stand, cite)


def _norms(stand: Stand, cite: Citing) -> str:
    """How many lines of the norms are in order: what the other rooms measured reaches this file by the ledger only."""
    state = standing(stand.organisation, on=stand.on).whole
    source = _("Verdicts over all norms on this day, each with its facts")
    asked = state.lines - state.counts.get(Status.NOT_APPLICABLE, 0)
    met, unknown = state.counts.get(Status.MET, 0), state.counts.get(Status.UNKNOWN, 0)
    return _("Of %(lines)s lines of the norms that apply, %(met)s are in order; of %(unknown)s it is not known.") % {
        "lines": cite(asked, _("lines that apply"), source, "accountability:accounts"),
        "met": cite(met, _("lines in order"), source, "accountability:accounts"),
        "unknown": cite(unknown, _("lines that are not known"), source, "accountability:accounts"),
    }


def _unsaid(stand: Stand) -> tuple[str, ...]:
    """Per thing that the letter to parliament asks, of which open needs it was not said."""
    found = {each.title: unsaid(each.weighed) for each in stand.open_needs}
    lacking = {code: [title for title, codes in found.items() if code in codes] for code in UNSAID}
    told = []
    for code, titles in lacking.items():
        if titles and len(titles) == len(found):
            told.append(_("Of no open need it was said %(what)s.") % {"what": UNSAID[code]})
        elif titles:
            told.append(_("Not said %(what)s: %(needs)s.") % {"what": UNSAID[code], "needs": "; ".join(titles)})
    return tuple(told) or (_("Of every open need everything was said."),)


def _still_unknown(stand: Stand) -> list[str]:
    """What public sources leave open about needs that are open and that several feel, or about which none spoke."""
    return [
        _("%(need)s: %(doubt)s") % {"need": each.title, "doubt": text_of(each.pack.uncertain)}
        for each in stand.needs
        if each.pack and each.pack.uncertain and each.weighed.status in OPEN
    ]
