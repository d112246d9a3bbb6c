"""What each room beyond the own walls says on the front page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.crisis.queries.log import open_crises
from dijkwacht.apps.crisis.queries.plan import plan_standing
from dijkwacht.apps.exercises.queries.sessions import last_held_on, sessions
from dijkwacht.apps.landscape.queries.cells import findings, landscape_of
from dijkwacht.apps.landscape.queries.needs import needs
from dijkwacht.apps.landscape.queries.talk import last_by_about
from dijkwacht.apps.landscape.words.needs import needs_answer
from dijkwacht.apps.order.models import FileState
from dijkwacht.apps.order.queries.files import files, to_check
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.exercises import Phase
from dijkwacht.web.moments import day_words

Card = tuple[Any, str, str, list[tuple[Any, str]]]
PLANS = {
    "none": gettext_lazy("There is no crisis plan yet."),
    "draft": gettext_lazy("The crisis plan is a draft; nobody adopted it."),
    "overdue": gettext_lazy("The crisis plan was adopted, and had to be looked at again by now."),
    "stands": gettext_lazy("The crisis plan is adopted."),
}


def cards(organisation: Organisation, *, order: bool, on: date) -> list[Card]:
    """Title, sentence, page and further pages of each room. ``order``: whether numbers about public order may be told."""
    return [
        (_("Crisis"), _crisis(organisation, on), "crisis:home",
         [(_("Crisis plan"), "crisis:plan"), (_("Whom to reach"), "crisis:contacts"), (_("What fails when"), "crisis:cascade")]),
        (_("Exercises"), _exercises(organisation, on), "exercises:home", [(_("Scenarios"), "exercises:scenarios")]),
        (_("Public order"), _order(organisation, order), "order:home",
         [(_("Decisions"), "order:files"), (_("Signals"), "order:signals")] if order else []),
        (_("Cybercrime"), _("Who is a victim here, what works against it, and where a victim can go."), "crime:home",
         [(_("What works"), "crime:interventions"), (_("Help for victims"), "crime:referral"), (_("Sources"), "crime:sources")]),
        (_("Landscape"), _landscape(organisation, on), "landscape:home",
         [(_("Gaps and overlaps"), "landscape:findings"), (_("Whose turn"), "landscape:turn")]),
        (_("Needs"), needs_answer(needs(organisation, on=on)), "landscape:needs", [(_("What runs"), "landscape:initiatives")]),
        (_("Covenant"), _("What municipalities account for to the state, the council and the region, from the same facts."),
         "landscape:covenant", []),
    ]  # fmt: skip


def _crisis(organisation: Organisation, on: date) -> str:
    plan = str(PLANS[plan_standing(organisation, on=on).state])
    n = open_crises(organisation).filter(exercise=False).count()
    if not n:
        return _("%(plan)s No crisis goes on.") % {"plan": plan}
    return ngettext("%(n)s crisis goes on. %(plan)s", "%(n)s crises go on. %(plan)s", n) % {"n": n, "plan": plan}


def _exercises(organisation: Organisation, on: date) -> str:
    coming = sessions(organisation).filter(phase=Phase.PLANNED.value, planned_on__gte=on)
    first, n, last = coming.order_by("planned_on").first(), coming.count(), last_held_on(organisation)
    held = _("Last held on %(day)s.") % {"day": day_words(last)} if last else _("None was held yet.")
    if first is None:
        return _("No exercise is planned. %(held)s") % {"held": held}
    told = ngettext("%(n)s exercise is planned, on %(day)s.", "%(n)s exercises are planned, the first on %(day)s.", n)
    return f"{told % {'n': n, 'day': day_words(first.planned_on)}} {held}"


def _order(organisation: Organisation, may: bool) -> str:
    told = _("What the mayor may do, under which act, and what not.")
    if not may:
        return told
    n, waiting = files(organisation).filter(state=FileState.DRAFT).count(), to_check(organisation).count()
    drafts = ngettext("%(n)s decision is in preparation.", "%(n)s decisions are in preparation.", n) % {"n": n}
    if not n:
        drafts = _("No decision is in preparation.")
    if not waiting:
        return drafts
    more = ngettext(
        "%(n)s signal waits for the privacy officer.", "%(n)s signals wait for the privacy officer.", waiting
    )
    return f"{drafts} {more % {'n': waiting}}"


def _landscape(organisation: Organisation, on: date) -> str:
    decided = {about for about, topic in last_by_about(organisation).items() if not topic.open}
    found = findings(landscape_of(organisation), on=on)
    n, double = len(found.gaps), len(found.overlaps)
    told = ngettext("%(n)s gap", "%(n)s gaps", n) % {"n": n}
    more = ngettext("%(n)s overlap", "%(n)s overlaps", double) % {"n": double}
    abouts = [each.id for each in found.gaps] + [each.id for each in found.overlaps]
    left = sum(about not in decided for about in abouts)
    return _("%(gaps)s and %(overlaps)s; on %(left)s nothing was decided.") % {
        "gaps": told,
        "overlaps": more,
        "left": left,
    }
