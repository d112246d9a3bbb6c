"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dijkwacht.apps.isms import words
from dijkwacht.apps.isms.models import Action, Audit, Policy, Risk
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.read import norms_on

SENTENCES = {
    "isms.scope_drafted": _("%(actor)s drafted the scope of the management system."),
    "isms.scope_decided": _("%(actor)s decided the scope of the management system."),
    "isms.scope_published": _("%(actor)s noted where the scope is published: %(place)s."),
    "isms.circumstance_added": _("%(actor)s added to the context: %(title)s."),
    "isms.circumstance_closed": _("%(actor)s took out of the context: %(title)s."),
    "isms.context_confirmed": ngettext_lazy(
        "%(actor)s went through context and interested parties: %(circumstances)s entry stands.",
        "%(actor)s went through context and interested parties: %(circumstances)s entries stand.",
        "circumstances",
    ),
    "isms.classified": _("%(actor)s classified %(name)s: %(levels)s."),
    "isms.leaning_set": _("%(actor)s noted on which systems %(name)s leans: %(systems)s."),
    "isms.risk_added": _("%(actor)s added risk %(about)s."),
    "isms.risk_changed": _("%(actor)s changed risk %(about)s."),
    "isms.risk_weighed": _("%(actor)s weighed risk %(about)s: likelihood %(likelihood)s."),
    "isms.risk_treated": _("%(actor)s chose what is done about risk %(about)s: “%(reason)s”."),
    "isms.risk_accepted": _("%(actor)s accepted risk %(about)s until %(until)s."),
    "isms.risk_closed": _("%(actor)s closed risk %(about)s."),
    "isms.register_confirmed": ngettext_lazy(
        "%(actor)s went through the risk register: %(risks)s risk stands.",
        "%(actor)s went through the risk register: %(risks)s risks stand.",
        "risks",
    ),
    "isms.deviation_granted": _("%(actor)s allowed a deviation from %(requirement)s until %(until)s."),
    "isms.deviation_ended": _("%(actor)s ended the deviation from %(requirement)s."),
    "isms.action_added": _("%(actor)s added action %(about)s, before %(due)s."),
    "isms.action_changed": _("%(actor)s changed action %(about)s: before %(due)s."),
    "isms.action_done": ngettext_lazy(
        "%(actor)s finished action %(about)s (%(turned)s verdict turned).",
        "%(actor)s finished action %(about)s (%(turned)s verdicts turned).",
        "turned",
    ),
    "isms.action_dropped": _("%(actor)s dropped action %(about)s."),
    "isms.plan_discussed": _("%(actor)s discussed the progress of the plan with the owners."),
    "isms.plan_approved": _("%(actor)s approved the treatment plan."),
    "isms.audit_planned": _("%(actor)s planned audit %(about)s on %(planned_on)s."),
    "isms.audit_cancelled": _("%(actor)s cancelled audit %(about)s."),
    "isms.programme_adopted": ngettext_lazy(
        "%(actor)s adopted the audit programme: %(audits)s audit.",
        "%(actor)s adopted the audit programme: %(audits)s audits.",
        "audits",
    ),
    "isms.finding_added": _("%(actor)s noted a finding in audit %(about)s."),
    "isms.finding_closed": _("%(actor)s closed a finding of audit %(about)s."),
    "isms.audit_finished": ngettext_lazy(
        "%(actor)s finished audit %(about)s with %(findings)s finding.",
        "%(actor)s finished audit %(about)s with %(findings)s findings.",
        "findings",
    ),
    "isms.review_planned": _("%(actor)s planned a management review on %(planned_on)s."),
    "isms.review_minuted": _("%(actor)s wrote the minutes of the management review."),
    "isms.review_signed": _("%(actor)s signed the management review."),
    "isms.policy_added": _("%(actor)s added policy %(about)s."),
    "isms.policy_adopted": _("%(actor)s noted that %(by)s adopted policy %(about)s on %(on)s."),
    "isms.policy_reviewed": _("%(actor)s noted that %(by)s reviewed policy %(about)s on %(on)s."),
    "isms.policy_closed": _("%(actor)s took policy %(about)s out of the list."),
    "isms.training_held": _("%(actor)s noted a training: %(title)s, %(held_on)s."),
    "isms.feed_made": _("%(actor)s made a private calendar address."),
    "isms.feed_revoked": _("%(actor)s revoked a private calendar address."),
}


def _names(model: Any) -> Callable[[Organisation, Collection[str]], Mapping[str, str]]:
    def names(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
        wanted = [int(key) for key in keys if key.isdecimal()]
        rows = model.objects.filter(organisation=organisation, pk__in=wanted)
        return {str(row.pk): f"“{row}”" for row in rows}

    return names


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "risk": _names(Risk),
    "action": _names(Action),
    "audit": _names(Audit),
    "policy": _names(Policy),
}
WORDS: Mapping[str, Callable[[str], str]] = {"requirement": lambda name: words.short(norms_on(date.max), name)}
