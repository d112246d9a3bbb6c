"""What the pages and papers of plan and contacts show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkwacht.adapters.crisis.contact_file import ContactFile, Entry
from dijkwacht.apps.crisis.models import Card, Circle, Plan
from dijkwacht.apps.crisis.queries import log
from dijkwacht.apps.crisis.queries.plan import PlanStanding, Reached, lacking
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.clock_words import article_words, term_words
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of


def card_parts(card: Card) -> list[tuple[str, list[str]]]:
    """The parts of a card, each with its lines; those that are empty are left out."""
    parts = (
        (_("First ten minutes"), card.first_minutes), (_("First hour"), card.first_hour), (_("Decides"), card.decisions),
        (_("Do not"), card.avoid), (_("Call"), card.call), (_("Replaced by"), card.replacement),
    )  # fmt: skip
    return [(name, lines) for name, text in parts if (lines := [each for each in text.splitlines() if each.strip()])]


def plan_answer(found: PlanStanding) -> str:
    """How the plan stands, in a sentence."""
    plan = found.stands
    if found.state == "none":
        return _("There is no crisis plan here yet. Begin with the template: a card per role, to be made yours.")
    if plan is None or plan.review_on is None:
        return _("There is a draft, and no plan was adopted yet.")
    parts = {"n": plan.number, "by": plan.adopted_by, "on": day_words(plan.review_on)}
    if found.state == "overdue":
        return _("Version %(n)s should have been looked at again before %(on)s.") % parts
    return _("Version %(n)s stands. Adopted by: %(by)s. Looked at again before %(on)s.") % parts


def start_rows() -> list[tuple[str, str, str, str]]:
    """The statutory start times: what, within, article, doubt or note."""
    pack = clocks()
    return [
        (
            text_of(rule.name), term_words(rule.term.n, rule.term.unit) if rule.term else "", article_words(rule, pack),
            text_of(rule.note) or text_of(rule.uncertain),
        )
        for rule in log.start_rules().values()
    ]  # fmt: skip


def plan_context(plan: Plan) -> dict[str, Any]:
    """A version as page and paper show it."""
    pack = crisis_pack()
    levels = {each.id: each for each in pack.ladders.ladders["digital"].levels}
    return {
        "plan": plan, "cards": [(each, card_parts(each)) for each in plan.cards.all()],
        "steps": [(each, levels.get(each.level), each.when.splitlines()) for each in plan.steps.all()],
        "fallbacks": plan.fallbacks.select_related("subject"), "starts": start_rows(),
        "lacking": [text_of(pack.plan.roles[each].name) for each in lacking(plan)],
        "ladder": pack.ladders.ladders["digital"],
    }  # fmt: skip


def contact_file(organisation: Organisation, found: Mapping[str, Sequence[Reached]], *, on: date) -> ContactFile:
    """The contacts in words, for a file that works anywhere."""
    groups = [(str(Circle(name).label), [_entry(each) for each in rows]) for name, rows in found.items()]
    title = _("Whom to reach: %(organisation)s") % {"organisation": organisation.name}
    lead = _("As of %(day)s. Print it and keep it where the network is not.") % {"day": day_words(on)}
    return ContactFile(title, lead, (get_language() or "nl")[:2], groups)


def _entry(row: Reached) -> Entry:
    each = row.contact
    who = f"{each.function}, {each.organisation_name}" if each.organisation_name else each.function
    reach = [(each.phone, True), (each.phone_second, True), (each.radio, False)]
    checked = _("tried on %(day)s") % {"day": day_words(each.checked_on)} if each.checked_on else _("never tried")
    mark = _("Try this number again.") if row.stale else ""
    return Entry(who, [(text, calls) for text, calls in reach if text], each.remark, checked, mark)
