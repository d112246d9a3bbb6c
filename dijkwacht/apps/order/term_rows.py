"""The terms of a decision as `{% term %}` shows them."""

from collections.abc import Sequence

from dijkwacht.core.clocks import Rule
from dijkwacht.core.clocks.follow import Running
from dijkwacht.norms.read import clocks
from dijkwacht.web.clock_words import article_words, explanation, state_word
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.terms import text_of


def term_rows(found: Sequence[Running]) -> list[TermRow]:
    """Each term in words, what presses first."""
    rows = [term_row(each) for each in found]
    return sorted(rows, key=lambda row: (not row.presses, row.due is None, row.due or row.started))


def term_name(rule: str) -> str:
    """What a term is called; its id when the packs no longer have it."""
    found = clocks().rules.get(rule)
    return text_of(found.name) if found else rule


def duty_word(rule: Rule) -> str:
    """Who must do what a term asks."""
    return text_of(clocks().parties[rule.duty_of])


def term_row(found: Running, *, url: str = "", about: str = "") -> TermRow:
    """One term in words. ``url``: where to look; ``about``: of which decision it is."""
    pack, rule, how = clocks(), found.rule, found.standing
    over = how.state.startswith("done")
    return TermRow(
        rule=rule.id, name=text_of(rule.name), article=article_words(rule, pack),
        to=", ".join(text_of(pack.parties[each]) for each in rule.to), state=how.state, word=state_word(how.state),
        started=found.due.start, due=found.due.due, left=None if over else how.left, target=found.due.target,
        done=found.done if over else None, why=explanation(found.due, pack),
        doubts=[text_of(rule.uncertain)] if rule.uncertain else [], url=url, about=about,
    )  # fmt: skip
