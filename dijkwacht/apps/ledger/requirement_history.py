"""How a line came to its verdict: what turned, and what was answered."""

from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.ledger import values, words
from dijkwacht.apps.ledger.models import Fact, Turn
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.requirement_page import Look, fact_address
from dijkwacht.core.text import capital
from dijkwacht.web.speakers import speaker
from dijkwacht.web.terms import status_word, value_words

MOST_HISTORY = 20


def history(found: Look) -> list[dict[str, Any]]:
    """Turns of this line and answers to its questions, the latest first, as far as known on the day."""
    known_at = found.judgement.known_at
    turned = verdicts.turns(found.organisation, requirement=found.rule.id, subject=found.subject)
    turns = list(turned.filter(on__lte=known_at)[:MOST_HISTORY])
    names = sorted(found.packs.needs(frozenset({found.rule.id})))
    keys = {found.organisation.slug, found.subject}
    if found.rule.subject == "organisation":
        keys |= set(found.judgement.world.kind_of)
    rows = Fact.objects.filter(
        organisation=found.organisation, fact_type__in=names, subject__key__in=keys, recorded_at__lte=known_at
    ).select_related("person", "subject")
    said = list(rows.order_by("-pk")[:MOST_HISTORY])
    entries = [*(_turn(each) for each in turns), *(_said(found, each) for each in said)]
    return sorted(entries, key=lambda entry: entry["order"], reverse=True)[:MOST_HISTORY]


def _turn(turn: Turn) -> dict[str, Any]:
    told = {"after": capital(status_word(turn.after)), "before": status_word(turn.before)}
    title = _("%(after)s (was %(before)s)") % told
    text = "" if turn.act else _("By time alone, or by a new version of a norm.")
    return {"at": turn.on, "title": title, "text": text, "order": (turn.on, turn.act or 0, 1)}


def _said(found: Look, fact: Fact) -> dict[str, Any]:
    kind = found.packs.fact_type(fact.fact_type)
    return {
        "at": fact.recorded_at,
        "title": capital(value_words(kind, values.read(kind, fact.value), found.names)),
        "text": words.asked(kind, fact.subject.key, found.names),
        "who": speaker(fact.speaker),
        "url": fact_address(found.organisation, fact.subject.key, fact.fact_type),
        "order": (fact.recorded_at, fact.act, 0),
    }
