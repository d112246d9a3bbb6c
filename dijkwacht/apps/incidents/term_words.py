"""Legal terms in words: their names, laws, parties and events, from the packs, in the language that is active."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Clock, ClockState
from dijkwacht.apps.incidents.services.terms import is_ours
from dijkwacht.core.clocks import Due, Rule, Standing, due, standing
from dijkwacht.core.clocks.follow import Running
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web.clock_words import article_words, explanation, state_word, step_sentence
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.terms import text_of


def rule_name(rule: str) -> str:
    """What a term is called; its id when the packs no longer have it."""
    found = clocks().rules.get(rule)
    return text_of(found.name) if found else rule


def article(rule: str) -> str:
    """The law and article of a term: `Cbw 26 lid 1`."""
    found = clocks().rules.get(rule)
    return article_words(found, clocks()) if found else ""


def form_name(form: str) -> str:
    """What a report is called."""
    found = incidents().forms.get(form)
    return text_of(found.name) if found else form


def rule_names(rules: str) -> str:
    """The names of terms, of which the ids stand with commas between them."""
    return ", ".join(rule_name(each.strip()) for each in rules.split(","))


def party_names(rule: Rule) -> str:
    """Who receives what this term asks: `het CSIRT en de bevoegde autoriteit`."""
    names = [text_of(clocks().parties[each]) for each in rule.to]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(rest)s") % {"first": ", ".join(names[:-1]), "rest": names[-1]}


def _told_by(rule: Rule) -> str:
    """Who receives it; and who must do it, where that is not the organisation itself."""
    to = party_names(rule)
    if is_ours(rule.id):
        return to
    return _("%(to)s, by %(who)s") % {"to": to, "who": text_of(clocks().parties[rule.duty_of])}


def form_of_rule(rule: str) -> str:
    """The form whose sending ends this term; empty when no form does."""
    ends = clocks().rules[rule].ends_on if rule in clocks().rules else ()
    forms = incidents().forms.values()
    mine = [each.id for each in forms if each.clock == rule]
    same = [
        each.id
        for each in forms
        if each.clock in clocks().rules and set(clocks().rules[each.clock].ends_on[:1]) & set(ends)
    ]
    return (mine or same or [""])[0]


def term_row(row: Clock, *, at: datetime, url: str = "", action: str = "", about: str = "") -> TermRow:
    """A term that is kept, by its rule alone, as it stands at that moment. No query."""
    pack = clocks()
    rule = pack.rules[row.rule]
    given = row.due_at if rule.by_request else None
    found = replace(due(rule, row.started_at, calendar=pack.calendar, rules=pack.rules, given=given), due=row.due_at)
    how = standing(found, at=at, ladder=pack.warn.get(rule.warn or "", ()), done=row.met_at)
    if row.state == ClockState.WAITING:
        how = replace(how, state="waiting")
    elif row.state == ClockState.VOID:
        how = Standing("never", None, timedelta(), (), None)
    return row_of(found, how, done=row.met_at, url=url, action=action, about=about)


def running_row(found: Running, *, url: str = "", action: str = "", about: str = "") -> TermRow:
    """A term as `services.terms.reckoned` found it, with the steps of what it hangs on."""
    return row_of(found.due, found.standing, done=found.done, url=url, action=action, about=about)


def row_of(
    found: Due, how: Standing, *, done: datetime | None, url: str = "", action: str = "", about: str = ""
) -> TermRow:
    """A reckoned term in words."""
    pack, rule = clocks(), found.rule
    unsure = [step_sentence(each, pack) for each in found.steps if each.code in found.unsure]
    doubts = [text_of(each) for each in (rule.uncertain,) if each]
    told = explanation(found, pack)
    why = [each for each in (told[:-1] if doubts else told) if each not in unsure]
    over = how.state.startswith("done")
    return TermRow(
        rule=rule.id, name=text_of(rule.name), article=article_words(rule, pack), to=_told_by(rule), state=how.state,
        word=state_word(how.state), started=found.start, due=found.due, left=None if over else how.left,
        target=found.target, done=done if over else None, why=why, doubts=[*unsure, *doubts], url=url, action=action,
        about=about,
    )  # fmt: skip
