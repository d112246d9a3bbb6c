"""The sentence that answers the question of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.today.queries import Day

MOST = 7  # things in the sentence


def answer(day: Day) -> str:
    """What needs this person today, in one sentence; or that nothing does, and how many questions are left."""
    parts = _pressing(day)
    if parts:
        return _("This needs attention: %(what)s.") % {"what": listed(_first(parts))}
    if not day.sees:
        return _("Nothing was asked of you that is not done.")
    left = day.questions_left
    if left:
        said = ngettext(
            "Nothing presses today. %(n)d question still decides something.",
            "Nothing presses today. %(n)d questions still decide something.",
            left,
        )
        return said % {"n": left}
    return _("Nothing presses today.")


def _first(parts: list[str]) -> list[str]:
    """What presses most, and how many more kinds of things stand below: a sentence of fifteen is not read."""
    left = len(parts) - MOST
    if left < 2:
        return parts
    return [*parts[:MOST], _("%(n)d other things") % {"n": left}]


def _pressing(day: Day) -> list[str]:
    beyond = day.beyond
    parts = [said for part in beyond.first for said in part.says]
    parts += [*_incidents(day), *_warnings(day)]
    if count := len(day.handed):
        parts.append(ngettext("%(n)d line of ENSIA", "%(n)d lines of ENSIA", count) % {"n": count})
    if count := len(day.tasks):
        parts.append(ngettext("%(n)d question asked of you", "%(n)d questions asked of you", count) % {"n": count})
    if count := len(day.outside.mine):
        said = ngettext("%(n)d thing on the outside to mend", "%(n)d things on the outside to mend", count)
        parts.append(said % {"n": count})
    parts += [said for part in beyond.rest for said in part.says]
    parts += _suppliers(day)
    if not day.sees:
        return parts
    parts += _outside(day)
    if count := len(day.plan.own) if day.plan else 0:
        parts.append(ngettext("%(n)d action from the plan", "%(n)d actions from the plan", count) % {"n": count})
    if count := len(day.to_sign):
        said = ngettext("%(n)d statement that waits for you", "%(n)d statements that wait for you", count)
        parts.append(said % {"n": count})
    if count := len(day.remarks):
        said = ngettext("%(n)d remark of a reader", "%(n)d remarks of readers", count)
        parts.append(said % {"n": count})
    if count := len(day.contradictions):
        said = ngettext("%(n)d answer that contradicts another", "%(n)d questions with contradicting answers", count)
        parts.append(said % {"n": count})
    if count := len(day.soon):
        said = ngettext("%(n)d answer that expires within 30 days", "%(n)d answers that expire within 30 days", count)
        parts.append(said % {"n": count})
    return parts


def _incidents(day: Day) -> list[str]:
    found, parts = day.incidents, []
    if count := found.late:
        said = ngettext("%(n)d legal term that is too late", "%(n)d legal terms that are too late", count)
        parts.append(said % {"n": count})
    if count := len(found.terms) + found.more - found.late:
        parts.append(ngettext("%(n)d legal term that runs", "%(n)d legal terms that run", count) % {"n": count})
    if count := len(found.weigh):
        parts.append(ngettext("%(n)d incident to weigh", "%(n)d incidents to weigh", count) % {"n": count})
    if count := found.alert_count:
        said = ngettext(
            "%(n)d severe alert of the monitoring that nobody handled",
            "%(n)d severe alerts of the monitoring that nobody handled",
            count,
        )
        parts.append(said % {"n": count})
    if count := len(found.unseen):
        said = ngettext("%(n)d warning that you have not seen", "%(n)d warnings that you have not seen", count)
        parts.append(said % {"n": count})
    return parts


def _warnings(day: Day) -> list[str]:
    found, parts = day.warnings, []
    if count := found.late:
        said = ngettext(
            "%(n)d warning of which the week has passed", "%(n)d warnings of which the week has passed", count
        )
        parts.append(said % {"n": count})
    if count := found.week_count - found.late:
        said = ngettext("%(n)d warning of which the week ends", "%(n)d warnings of which the week ends", count)
        parts.append(said % {"n": count})
    if count := found.unseen_count:
        said = ngettext("%(n)d warning that nobody has seen", "%(n)d warnings that nobody has seen", count)
        parts.append(said % {"n": count})
    if count := found.assess_count:
        parts.append(ngettext("%(n)d warning to assess", "%(n)d warnings to assess", count) % {"n": count})
    if count := found.ending_count:
        said = ngettext("%(n)d accepted risk that ends", "%(n)d accepted risks that end", count)
        parts.append(said % {"n": count})
    return parts


def _outside(day: Day) -> list[str]:
    parts = []
    if count := len(day.outside.consents):
        said = ngettext("%(n)d consent to confirm", "%(n)d consents to confirm", count)
        parts.append(said % {"n": count})
    if count := len(day.outside.notices):
        said = ngettext("%(n)d notice of a CSIRT", "%(n)d notices of a CSIRT", count)
        parts.append(said % {"n": count})
    if count := day.outside.new_count:
        said = ngettext(
            "%(n)d thing on the outside that nobody mends", "%(n)d things on the outside that nobody mends", count
        )
        parts.append(said % {"n": count})
    return parts


def listed(parts: list[str]) -> str:
    """``one, two and three``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}


def _suppliers(day: Day) -> list[str]:
    parts = []
    if count := len(day.asked_of_us):
        said = ngettext("%(n)d joint review to answer", "%(n)d joint reviews to answer", count)
        parts.append(said % {"n": count})
    if count := len(day.joint_reviews):
        said = ngettext("%(n)d joint review that needs you", "%(n)d joint reviews that need you", count)
        parts.append(said % {"n": count})
    if count := len(day.suppliers.findings):
        said = ngettext("%(n)d finding at a supplier that is late", "%(n)d findings at suppliers that are late", count)
        parts.append(said % {"n": count})
    if count := len(day.suppliers.contracts):
        parts.append(ngettext("%(n)d contract to decide on", "%(n)d contracts to decide on", count) % {"n": count})
    if count := len(day.suppliers.proofs):
        said = ngettext("%(n)d proof of a supplier that ends", "%(n)d proofs of suppliers that end", count)
        parts.append(said % {"n": count})
    if count := day.agreed_late:
        said = ngettext(
            "%(n)d requirement agreed with a supplier to look at",
            "%(n)d requirements agreed with suppliers to look at",
            count,
        )
        parts.append(said % {"n": count})
    if count := len(day.to_confirm):
        said = ngettext("%(n)d collective service to confirm", "%(n)d collective services to confirm", count)
        parts.append(said % {"n": count})
    return parts
