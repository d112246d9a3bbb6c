"""How fresh a joint review is, in words for who adopts it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.suppliers.models import Adoption, Review
from dijkwacht.apps.suppliers.queries.adoptions import Freshness
from dijkwacht.web.moments import day_of, day_words


def state_sentence(review: Review, fresh: Freshness) -> str:
    """What the outcome comes to now."""
    day = day_words(fresh.until) if fresh.until else "?"
    if fresh.state == "withdrawn":
        when = day_words(day_of(review.withdrawn_at)) if review.withdrawn_at else "?"
        return _("Withdrawn on %(day)s: what it found is not known any more.") % {"day": when}
    if fresh.state == "run_out":
        return _("Ran out on %(day)s: what it found is not known any more.") % {"day": day}
    if fresh.state == "running":
        return _("Not concluded yet: there is nothing to adopt so far.")
    if fresh.state == "again":
        return _("Being judged again; what it found counts until %(day)s, as long as nothing else comes out.") % {
            "day": day
        }
    return _("Counts until %(day)s.") % {"day": day}


def findings_sentence(fresh: Freshness) -> str:
    """How many findings stand open."""
    count = len(fresh.findings)
    if not count:
        return _("No finding is open.")
    return ngettext("%(count)s finding is open.", "%(count)s findings are open.", count) % {"count": count}


def changed_sentence(fresh: Freshness, adoption: Adoption) -> str:
    """What became otherwise since it was adopted; empty when nothing did."""
    count = len(fresh.changed)
    if not count:
        return ""
    return ngettext(
        "%(count)s answer changed since you adopted it on %(day)s.",
        "%(count)s answers changed since you adopted it on %(day)s.",
        count,
    ) % {"count": count, "day": day_words(adoption.adopted_on)}


def turned_sentence(count: int) -> str:
    """What adopting or letting go did to the lines."""
    if not count:
        return _("No line changed by this.")
    return ngettext("%(count)s line changed by this.", "%(count)s lines changed by this.", count) % {"count": count}
