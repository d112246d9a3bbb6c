"""What the queue and the page of an advisory say: what waits, why an advisory stands where it stands, what was decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories.models import Advisory, Decision
from dijkwacht.core.advisories.shapes import Rating
from dijkwacht.web.moments import day_words
from dijkwacht.web.rating_words import rating_word

PARTS: Mapping[str, Any] = {
    "open": gettext_lazy("To decide"), "wait": gettext_lazy("Waiting"), "decided": gettext_lazy("Decided"),
    "all": gettext_lazy("All"),
}  # fmt: skip
OUTCOMES: Mapping[str, Any] = {
    "affected": gettext_lazy("affected"), "undetermined": gettext_lazy("to be asked"), "caught": gettext_lazy("follows it"),
}  # fmt: skip


def queue_answer(waiting: int, organisations: int) -> str:
    """Which advisory touches whom and is not decided: in how many and whom, in numbers."""
    if not waiting:
        return _("No advisory waits for a decision.")
    told = ngettext("%(n)d advisory waits for a decision.", "%(n)d advisories wait for a decision.", waiting)
    touched = (
        ngettext("Together they touch %(n)d organisation.", "Together they touch %(n)d organisations.", organisations)
        if organisations
        else _("They touch nobody that you warn.")
    )
    return f"{told % {'n': waiting}} {touched % {'n': organisations} if organisations else touched}"


def why_words(advisory: Advisory) -> list[str]:
    """Why it stands where it stands, in a few words each."""
    found = []
    if advisory.used:
        found.append(_("is being used"))
    if advisory.exposed:
        found.append(_("reachable from outside"))
    if advisory.affected:
        found.append(
            ngettext("%(n)d organisation uses it", "%(n)d organisations use it", advisory.affected)
            % {"n": advisory.affected}
        )
    if advisory.asked:
        found.append(
            ngettext("%(n)d organisation to be asked", "%(n)d organisations to be asked", advisory.asked)
            % {"n": advisory.asked}
        )
    if not advisory.affected and not advisory.asked and not advisory.withdrawn:
        found.append(_("nobody that you warn has it"))
    return found


def state_words(advisory: Advisory) -> str:
    """How its decision stands, in a few words; nothing of what waits for one, since the queue is about that."""
    if advisory.withdrawn:
        return _("withdrawn by the publisher")
    if advisory.decision == Decision.WAIT and advisory.wait_until:
        return _("waits until %(day)s") % {"day": day_words(advisory.wait_until)}
    return {
        Decision.OPEN: "", Decision.WARN: _("is warned of"), Decision.NOT: _("no warning"),
        Decision.WAIT: _("waits"),
    }[Decision(advisory.decision)]  # fmt: skip


def ratings_words(advisory: Advisory) -> list[str]:
    """How its publisher rates it: scheme and value."""
    pairs = (
        (scheme, value, base_score(scheme, value) if scheme.startswith("cvss-") else None)
        for scheme, value in advisory.ratings
    )
    told = (rating_word(Rating(scheme, value), score) for scheme, value, score in pairs)
    return [f"{label}: {value}" for label, value, _source in told]


def advisory_answer(advisory: Advisory, told: int, waiting: int) -> str:
    """What the page of an advisory answers: whom it touches, and whether that is decided."""
    if advisory.withdrawn:
        return _("The publisher withdrew this advisory. Nobody has to do anything for it.")
    if advisory.decision == Decision.WARN:
        return _warned(told, waiting)
    if advisory.decision == Decision.NOT:
        return _("You decided to warn nobody of this.")
    whom = _touched(advisory)
    if advisory.decision == Decision.WAIT and advisory.wait_until:
        return f"{whom} " + _("You wait with a decision until %(day)s.") % {"day": day_words(advisory.wait_until)}
    return f"{whom} " + _("You have not decided yet.")


def _warned(told: int, waiting: int) -> str:
    if not told and not waiting:
        return _("You decided to warn. It touches nobody yet; whoever registers it later is warned then.")
    total = told + waiting
    if waiting:
        return _("%(told)d of %(total)d organisations were told; the others follow within minutes.") % {
            "told": told,
            "total": total,
        }
    return ngettext("%(n)d organisation was told.", "All %(n)d organisations were told.", total) % {"n": total}


def _touched(advisory: Advisory) -> str:
    total = advisory.affected + advisory.asked
    if not total:
        return _("This touches nobody that you warn.")
    if not advisory.asked:
        return ngettext(
            "%(n)d organisation uses an affected version.", "%(n)d organisations use an affected version.", total
        ) % {"n": total}
    if not advisory.affected:
        return ngettext("%(n)d organisation is to be asked.", "%(n)d organisations are to be asked.", total) % {
            "n": total
        }
    return _("Affected: %(affected)d. To be asked: %(asked)d.") % {
        "affected": advisory.affected, "asked": advisory.asked,
    }  # fmt: skip


def warned_receipt(told: int, waiting: int) -> str:
    """What came of a decision to warn."""
    if waiting:
        return _("Decided: warn. %(told)d of %(total)d organisations were told; the others follow within minutes.") % {
            "told": told, "total": told + waiting,
        }  # fmt: skip
    if not told:
        return _("Decided: warn. Nobody is touched now; whoever registers it later is warned then.")
    return ngettext(
        "Decided: warn. %(n)d organisation was told.", "Decided: warn. %(n)d organisations were told.", told
    ) % {"n": told}


def decided_receipt(decision: str) -> str:
    """What came of another decision."""
    return _("Decided: no warning.") if decision == Decision.NOT else _("Decided: wait. It comes back by itself.")


def outcome_word(outcome: str) -> str:
    """What an advisory means for an organisation or an asset."""
    return str(OUTCOMES.get(outcome, outcome))


def reach_answer(advisory: Advisory) -> str:
    """Whom it touches, in numbers."""
    return _touched(advisory)
