"""What the page of a crisis and the mayor's card show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkwacht.adapters.crisis.mayor_card import CardPaper
from dijkwacht.apps.crisis.models import Crisis, Ladder, Line, LineKind, MayorCard, Topic
from dijkwacht.apps.crisis.queries import log
from dijkwacht.core.clocks import Due, Standing
from dijkwacht.core.crisis import Picture, Weighed
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.clock_words import article_words, explanation, state_word
from dijkwacht.web.moments import moment_words
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.terms import text_of


def level_name(ladder: str, level: str) -> str:
    """What a rung is called; its code when the pack no longer has it."""
    found = crisis_pack().ladders.ladders[ladder]
    return next((text_of(each.name) for each in found.levels if each.id == level), level)


def powers() -> list[tuple[str, str]]:
    """The powers that are law now, to choose from; bills never stand among them."""
    rows = [each for each in powers_pack().powers.values() if each.status == "in_force"]
    return [(each.id, f"{text_of(each.name)} ({each.basis})") for each in rows]


def power_words(line: Line) -> str:
    """Under which power something was decided."""
    found = powers_pack().powers.get(line.power)
    named = f"{text_of(found.name)} ({found.basis})" if found else line.power
    return " · ".join(filter(None, (named, line.power_text)))


def term_of(found: Due, how: Standing) -> TermRow:
    """A start time as the component shows it."""
    pack, rule = clocks(), found.rule
    doubts = [text_of(each) for each in (rule.note, rule.uncertain) if each]
    return TermRow(
        rule=rule.id, name=text_of(rule.name), article=article_words(rule, pack), to="", state=how.state,
        word=state_word(how.state), started=found.start, due=found.due, left=how.left, doubts=doubts,
        why=explanation(found, pack), about=text_of(pack.parties[rule.duty_of]),
    )  # fmt: skip


def picture_rows(found: Picture) -> dict[str, Any]:
    """The picture in words: known, assumed, not known. A topic of which nothing was written is not known either."""
    names = {each.value: str(each.label) for each in Topic if each.value}

    def rows(facts: Any) -> list[str]:
        return [f"{names[each.topic]}: {each.text}" if each.topic in names else each.text for each in facts]

    unsaid = [_("%(topic)s: nobody knows yet") % {"topic": names[each]} for each in found.unsaid]
    return {"known": rows(found.known), "assumed": rows(found.assumed), "unknown": [*unsaid, *rows(found.unknown)]}


def weighed_words(found: Weighed) -> list[tuple[str, str]]:
    """What a weighing comes to: per weight which criteria; never a number."""
    names = {name: text_of(each.name) for name, each in crisis_pack().weighing.criteria.items()}
    parts = (
        (_("Weighs heavily"), found.heavy), (_("Is noticed"), found.notable), (_("Weighs little"), found.small),
        (_("Not known yet"), found.unknown),
    )  # fmt: skip
    return [(label, ", ".join(names[each] for each in rows)) for label, rows in parts if rows]


def crisis_context(crisis: Crisis, *, at: datetime) -> dict[str, Any]:
    """The page of a crisis."""
    rows = log.lines(crisis)
    found = log.picture_of(rows)
    corrected = {each.about_id for each in rows if each.kind == LineKind.CORRECTION}
    weighing = log.last_weighing(crisis)
    points = crisis_pack().weighing.informing
    informed = log.informed(crisis)
    return {
        "crisis": crisis, "picture": picture_rows(found), "grip": level_name("grip", crisis.grip),
        "digital": level_name("digital", crisis.digital),
        "lines": [
            {"line": each, "power": power_words(each), "corrected": each.pk in corrected, "open": each.number in found.open}
            for each in rows
        ],
        "terms": [term_of(reckoned, how) for reckoned, how in log.start_times(crisis, at=at)],
        "handovers": log.handovers(crisis), "card": log.last_card(crisis),
        "weighing": weighing and (weighing[0], weighed_words(weighing[1])),
        "informing": [(point, informed.get(name)) for name, point in points.items()],
        "informed": sum(each.state == "done" for each in informed.values()), "points": len(points),
        "scalings": [
            (each, level_name(each.ladder, each.was), level_name(each.ladder, each.level))
            for each in crisis.scalings.order_by("-at", "-pk")
        ],
        "lessons": crisis.lessons.all(), "comparisons": crisis.comparisons.all(),
        "kinds": [(each.value, each.label) for each in LineKind][:5], "ladders": list(Ladder),
    }  # fmt: skip


def crisis_answer(crisis: Crisis) -> str:
    """How it stands, in a sentence."""
    parts = {"grip": level_name("grip", crisis.grip), "digital": level_name("digital", crisis.digital)}
    if not crisis.open:
        return _("Closed. What was learned stands below.")
    return _("Goes on. Now: %(grip)s, %(digital)s.") % parts


def next_words(card: MayorCard) -> str:
    """The next moment in words."""
    told = moment_words(card.next_at) if card.next_at else ""
    return ": ".join(filter(None, (told, card.next_what))) or _("Not agreed yet.")


def phase_words(card: MayorCard) -> str:
    """Where both ladders stood when the card was written."""
    return f"{level_name('grip', card.grip)} · {level_name('digital', card.digital)}"


def card_paper(crisis: Crisis, card: MayorCard) -> CardPaper:
    """The card as paper."""
    options = [f"{each['what']}: {each['then']}" if each["then"] else each["what"] for each in card.options]
    after = [(_("Next moment"), next_words(card)), (_("Who speaks"), card.speaks)]
    if card.advice:
        after.insert(0, (_("Advice"), card.advice))
    return CardPaper(
        title=crisis.title, kind=_("Mayor's card"), organisation=crisis.organisation.name,
        language=(get_language() or "nl")[:2], at=card.at.replace(microsecond=0), lead=card.happens,
        parts=[
            (_("What it means for residents"), card.residents), (_("Phase"), phase_words(card)),
            (_("Who decides what"), card.decides),
        ],
        decision=(_("Asked of you now"), card.asked, options) if card.asked else None,
        after=after, unknown=(_("Not known"), card.unknown),
        marks=f"{crisis.name} · {card.number} · {moment_words(card.at)}", page=_("page {page} of {pages}"),
        warning=_("EXERCISE") if crisis.exercise else "",
    )  # fmt: skip


def axis_rows(answers: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The axes with what was said of each."""
    likes = {"physical": _("as with a physical incident"), "digital": _("as with a digital incident"),
             "both": _("both"), "unknown": _("not known yet")}  # fmt: skip
    return [
        {
            "axis": axis,
            "like": likes.get(answers.get(name, {}).get("like", "unknown"), ""),
            "why": answers.get(name, {}).get("why", ""),
        }
        for name, axis in crisis_pack().axes.items()
    ]
