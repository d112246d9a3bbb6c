"""What the wizard shows: one sentence, then what may, what may if, what may not and why, and the ways that are always there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dijkwacht.core.powers import NOT_MET, Answers, Outcome, Power, Question, Reason, duties, outcome, outcomes
from dijkwacht.core.powers_deciding import ORDERS
from dijkwacht.norms.powers import NOBODY, Listed, Powers, powers_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.clock_words import article_words, term_words
from dijkwacht.web.terms import text_of

MOST = 2000
"""So many drawn pieces are kept."""
FIRST = 3
"""So many open questions are named as those that settle most."""
DRAWN = {"allowed": "order/power.html", "allowed_if": "order/power_if.html", "not_allowed": "order/power_not.html"}


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be done afterwards, with its term and what is not certain about that."""

    text: str
    article: str
    term: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Row:
    """A power with what became of it, in words. ``asks``: what is still open; ``fails``: what stands in the way."""

    power: Power
    state: str
    name: str
    kind: str
    holder: str
    asks: Sequence[Question]
    fails: Sequence[Question]
    reasons: Sequence[Reason]
    duties: Sequence[Duty]
    rights: str
    signed: str
    mandate: str
    lighter: Sequence[tuple[str, str]]
    opens: bool

    @property
    def more(self) -> SafeString:
        """Limits, rights, lighter ways and what follows, drawn."""
        states = tuple(state for _name, state in self.lighter)
        return drawn("order/power_more.html", (self.power.id, states, len(self.duties)), {"row": self})

    @property
    def whole(self) -> SafeString:
        """All of it, drawn: what may at length, of the others what decides, with the rest folded."""
        told = tuple(each.id for part in (self.asks, self.fails, self.reasons) for each in part)
        states = tuple(state for _name, state in self.lighter)
        return drawn(DRAWN[self.state], (self.power.id, told, states, len(self.duties)), {"row": self})


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer. ``roads``: the ways that are always there; ``never``: what nobody may; ``bills``: no law;
    ``first``: the open questions on which most hangs, each with on how many powers it bears."""

    sentence: str
    allowed: Sequence[Row]
    allowed_if: Sequence[Row]
    not_allowed: Sequence[Row]
    never: Sequence[Row]
    bills: Sequence[Row]
    roads: Sequence[tuple[str, Sequence[Row]]]
    listed: Sequence[tuple[Listed, str]]
    first: Sequence[tuple[Question, int]]
    as_of: date


def answered(answers: Answers, *, on: date) -> Answered:
    """What may be done on these answers that day, for the page."""
    pack = powers_pack()
    found = outcomes(pack.powers, pack.reasons, answers, on=on)
    rows = {name: row_of(pack, pack.powers[name], each, answers, found) for name, each in found.items()}
    shown = [each for each in rows.values() if each.power.status != "bill" and each.power.holder != NOBODY]
    never = [r for r in rows.values() if r.power.holder == NOBODY]
    by = {state: [r for r in shown if r.state == state] for state in ("allowed", "allowed_if", "not_allowed")}
    return Answered(
        _sentence(by, len(answers)), _orders_first(by["allowed"]), _orders_first(by["allowed_if"]),
        _orders_first(by["not_allowed"]), never, [r for r in rows.values() if r.power.status == "bill"],
        [(text_of(road.name), _road(pack, road.powers, {**answers, **road.assume}, on)) for road in pack.roads.values()],
        [(each, text_of(pack.parties[each.holder])) for each in pack.listed.values()],
        _first(by["allowed_if"]), pack.as_of,
    )  # fmt: skip


def row_of(pack: Powers, power: Power, found: Outcome, answers: Answers, others: Mapping[str, Outcome]) -> Row:
    """One power in words."""
    lighter = [(text_of(pack.powers[each].name), others[each].outcome) for each in power.lighter if each in others]
    return Row(
        power, found.outcome, text_of(power.name), text_of(pack.kinds[power.kind]), text_of(pack.parties[power.holder]),
        [pack.questions[each] for each in found.missing], [pack.questions[each] for each in found.failing],
        [pack.reasons[each] for each in found.reasons if each != NOT_MET], [_duty(each) for each in duties(power, answers)],
        _words(pack.rights, power.rights), _words(pack.parties, power.limits.signed_by),
        text_of(pack.mandates[power.limits.mandate]), lighter,
        power.kind in ORDERS and power.status == "in_force",
    )  # fmt: skip


def drawn(template: str, key: tuple[Any, ...], context: Mapping[str, Any]) -> SafeString:
    """A piece of a page that is the same for the same key, drawn once per language: drawing takes longer than deciding."""
    place, held = (template, get_language(), *key), _held()
    if place not in held:
        if len(held) >= MOST:
            held.clear()
        held[place] = SafeString(render_to_string(template, dict(context)))
    return held[place]


@lru_cache(maxsize=1)
def _held() -> dict[tuple[Any, ...], SafeString]:
    return {}


def apart() -> SafeString:
    """What does not hang on the answers: bills, what nobody may, other powers."""
    return _apart(get_language() or "")


@lru_cache(maxsize=4)
def _apart(language: str) -> SafeString:
    return drawn("order/apart.html", (language,), {"page": answered({}, on=powers_pack().as_of)})


def _road(pack: Powers, names: Iterable[str], answers: Answers, on: date) -> list[Row]:
    made = [(pack.powers[each], outcome(pack.powers[each], pack.reasons, answers, on=on)) for each in names]
    return [row_of(pack, power, found, answers, {}) for power, found in made]


def _duty(each: Any) -> Duty:
    if not each.clock:
        return Duty(text_of(each.duty), each.basis, "", "")
    rule = clocks().rules[each.clock]
    term = term_words(rule.term.n, rule.term.unit) if rule.term else _("at once") if rule.at_once else ""
    return Duty(text_of(each.duty), article_words(rule, clocks()), term, text_of(rule.uncertain))


def _words(texts: Mapping[str, Mapping[str, str]], names: Iterable[str]) -> str:
    return ", ".join(text_of(texts[each]) for each in names)


def _first(rows: Sequence[Row]) -> list[tuple[Question, int]]:
    """The open questions that bear on most powers, those on an order of the mayor first."""
    counts = Counter(each.id for row in rows for each in row.asks)
    weighs = Counter(each.id for row in rows if row.opens for each in row.asks)
    asked = {each.id: each for row in rows for each in row.asks}
    best = sorted(asked, key=lambda name: (-weighs[name], -counts[name]))
    return [(asked[name], counts[name]) for name in best[:FIRST]]


def _orders_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: not row.opens)


def _sentence(by: Mapping[str, Sequence[Row]], known: int) -> str:
    """The answer in one sentence."""
    if not known:
        return _("Answer what you know and leave the rest unknown. Nothing is saved.")
    may = [row.name for row in by["allowed"] if row.opens]
    if may:
        return _("On these facts you may use: %(names)s.") % {"names": ", ".join(may)}
    if open_ones := [row for row in by["allowed_if"] if row.opens]:
        questions = len({each.id for row in open_ones for each in row.asks})
        said = ngettext(
            "No order yet: %(n)d question is still open that can decide it.",
            "No order yet: %(n)d questions are still open that can decide it.", questions,
        )  # fmt: skip
        return said % {"n": questions}
    return _("On these facts no order is possible. Below stands which ways remain.")
