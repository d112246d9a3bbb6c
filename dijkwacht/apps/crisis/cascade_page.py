"""What the pages of what fails when show: rows, bars, levers, the drawing. Puts values in words; decides nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dijkwacht.apps.crisis.queries.cascade import Mine
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.core.cascade.changes import edge_key
from dijkwacht.core.cascade.levers import Lever, bridged, levers
from dijkwacht.core.cascade.network import Band, Edge, Start
from dijkwacht.core.cascade.outcome import Outcome
from dijkwacht.web.cascade_bars import bar
from dijkwacht.web.cascade_words import type_word
from dijkwacht.web.graph import Picture, Thing

LEVERS, LEVER_RUNS, DRAWN = 8, 1_000, 14
COLUMNS = 10
ASSUMED = "assumption"


@dataclass(frozen=True, slots=True)
class Row:
    """One node in a run. ``chance``: of 100 runs, with from and to; ``rests``: on what the lines to it rest, ``assumed``: on our
    own estimate among others."""

    id: str
    name: str
    kind: str
    whom: str
    chance: str
    when: str
    bar: SafeString
    back: str
    rests: str
    assumed: bool
    subject: Subject | None
    own: bool


def hours_words(hours: float) -> str:
    """``30 minutes``, ``4.5 hours``, ``3 days``: about as precise as is known."""
    if hours < 0.05:
        return _("at once")
    if hours < 1:
        return _("%(count)d minutes") % {"count": max(round(hours * 60), 1)}
    if 0.95 <= hours < 1.05:
        return _("1 hour")
    if hours < 48:
        tenths = round(hours, 1)
        return _("%(count)s hours") % {"count": number_format(round(hours) if tenths == round(hours) else tenths)}
    return _("%(count)d days") % {"count": round(hours / 24)}


def band_words(band: Band) -> str:
    """The three numbers, in hours."""
    three = (band.low, band.likely, band.high)
    return " – ".join(number_format(round(each) if each == round(each) else float(f"{each:g}")) for each in three)


def when_words(t10: float, t50: float, t90: float) -> str:
    """From when to when."""
    return _("%(half)s (from %(soon)s to %(late)s)") % {
        "half": hours_words(t50), "soon": hours_words(t10), "late": hours_words(t90),
    }  # fmt: skip


def chance_words(low: float, mean: float, high: float) -> str:
    """So many of 100 times; under 1 is said so."""
    if high < 0.01:
        return _("less than 1 of 100")
    return _("%(mean)d of 100 (%(low)d to %(high)d)") % {
        "mean": round(100 * mean), "low": round(100 * low), "high": round(100 * high),
    }  # fmt: skip


def rows(
    here: Mine, found: Mapping[str, Mapping[str, Outcome]], *, failed: Collection[str], within: float,
    ties: Mapping[str, Subject],
) -> list[Row]:  # fmt: skip
    """What fails within the time, the soonest first."""
    mean, made = found["mean"], []
    shown = [each for each, one in mean.items() if one.t50 is not None and each not in failed]
    for node in sorted(shown, key=lambda each: (mean[each].t50, each)):
        one, known = mean[node], here.nodes[node]
        t10, t50, t90 = one.t10 or 0.0, one.t50 or 0.0, one.t90 or 0.0
        when, kind = when_words(t10, t50, t90), here.pack.kinds.get(known.kind)
        back = _("%(low)s to %(high)s") % {
            "low": hours_words(known.recovery.low),
            "high": hours_words(known.recovery.high),
        }
        types = _types(here, node, mean)
        chance = chance_words(found["low"][node].p_fail, one.p_fail, found["high"][node].p_fail)
        made.append(
            Row(
                node, known.name, text_of(kind.name) if kind else known.kind, text_of(kind.whom) if kind else "", chance, when,
                bar(t10, t50, t90, within=within, title=f"{known.name}: {when}"), back,
                ", ".join(str(type_word(each)) for each in types), ASSUMED in types, ties.get(node),
                ("node", node) in here.changes,
            )
        )  # fmt: skip
    return made


def text_of(words: Mapping[str, str]) -> str:
    """A text of the pack in the language of the page."""
    return words.get(get_language() or "nl") or words.get("nl", "")


def _types(here: Mine, node: str, found: Mapping[str, Outcome]) -> list[str]:
    """On what the lines rest by which it can fail here."""
    lines = [each for each in here.network.edges if each.target == node and found.get(each.origin, Outcome(0)).p_fail]
    return list(dict.fromkeys(here.type_of(line) for line in lines))


def answer(here: Mine, made: Sequence[Row], *, failed: Sequence[str], within: float) -> str:
    """The sentence above a run."""
    who = ", ".join(here.nodes[each].name for each in failed)
    if not made:
        return _("When %(who)s fails, nothing else fails within %(hours)s.") % {
            "who": who,
            "hours": hours_words(within),
        }
    return ngettext(
        "When %(who)s fails for %(hours)s, %(count)d part may fail with it; first of all %(first)s.",
        "When %(who)s fails for %(hours)s, %(count)d parts may fail with it; first of all %(first)s.",
        len(made),
    ) % {"who": who, "hours": hours_words(within), "count": len(made), "first": made[0].name}  # fmt: skip


def out_of_reach(here: Mine, made: Sequence[Row], failed: Collection[str]) -> list[str]:
    """What does not fail within the time, by name."""
    seen = {each.id for each in made} | set(failed)
    return sorted(each.name for each in here.network.nodes if each.id not in seen)


@dataclass(frozen=True, slots=True)
class LeverRow:
    """What one generator more changes."""

    name: str
    won: str
    before: str
    after: str


def lever_rows(here: Mine, start: Start, *, extra: float, within: float, seed: int) -> list[LeverRow]:
    """Where one generator more changes most, by the same draws."""
    over = [each for each in here.pack.bridges if each in here.nodes]
    ids = [each for each in here.nodes if each not in start.failed and bridged(here.network, each, over)]
    found = levers(
        here.network, start, candidates=ids, extra=extra, over=over, watched=set(here.nodes) - set(start.failed),
        within=within, runs=LEVER_RUNS, seed=seed,
    )  # fmt: skip
    return [_lever(here, each) for each in found[:LEVERS] if each.mean > 0]


def _lever(here: Mine, each: Lever) -> LeverRow:
    low, _half, high = each.won
    won = _("%(mean)d hours (%(low)d to %(high)d)") % {"mean": round(each.mean), "low": round(low), "high": round(high)}
    return LeverRow(here.nodes[each.node].name, won, _fails(each.before), _fails(each.after))


def _fails(one: Outcome) -> str:
    if one.t10 is None or one.t50 is None or one.t90 is None:
        return _("does not fail")
    return _("%(chance)d of 100, after %(when)s") % {
        "chance": round(100 * one.p_fail), "when": when_words(one.t10, one.t50, one.t90),
    }  # fmt: skip


def picture(here: Mine, *, title: str, stopped: Mapping[str, str], url: Mapping[str, str]) -> Picture:
    """The network drawn: what leans left on what it leans on right. ``stopped``: what fails, with when, small."""
    columns: dict[int, list[str]] = {}
    for kind in here.pack.kinds.values():
        columns.setdefault(kind.column, []).append(text_of(kind.name))
    last = max(columns)
    heads = [", ".join(columns.get(last - at, [])) or "–" for at in range(last + 1)]
    things = []
    for node in here.network.nodes:
        known = here.pack.kinds.get(node.kind)
        column = last - known.column if known else 0
        note = stopped.get(node.id, "")
        things.append(Thing(node.id, column, node.name, url.get(node.id, ""), note, node.id in stopped))
    pairs = dict.fromkeys((each.target, each.origin) for each in here.network.edges)
    return Picture(title, heads, things, list(pairs), most=DRAWN)


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One line in the table of the network. ``was``: how it stands in the start network where it is otherwise here."""

    edge: Edge
    origin: str
    target: str
    delay: str
    chance: str
    rests: str
    assumed: bool
    source: str
    doubt: str
    was: str
    own: bool


def edge_rows(here: Mine) -> list[EdgeRow]:
    """All lines, by the name of what fails first."""
    before = {edge_key(each.origin, each.target): each for each in here.start.edges}
    made = []
    for key, edge in here.edges.items():
        row, old = here.changes.get(("edge", key)), before.get(key)
        known = here.pack.sources.get(edge.source)
        said = f"{row.source}, {row.sourced_on:%d-%m-%Y}" if row else text_of(known.text) if known else edge.source
        was = f"{band_words(old.delay)}; {band_words(old.chance)}" if row and old else ""
        made.append(
            EdgeRow(
                edge, here.nodes[edge.origin].name, here.nodes[edge.target].name, band_words(edge.delay),
                band_words(edge.chance), str(type_word(here.type_of(edge))),
                here.type_of(edge) == ASSUMED, said,
                text_of(here.pack.doubts.get((edge.origin, edge.target), {})), was, row is not None,
            )
        )  # fmt: skip
    return sorted(made, key=lambda row: (row.origin, row.target))
