"""What the pages of the desk say: what must be reported to whom and before when, and which norm stands beside a field."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.incidents.desk_rows import Terms
from dijkwacht.apps.incidents.models import Incident, IncidentKind, IncidentState, Weighing
from dijkwacht.apps.incidents.queries.desk import CHANGED, NOBODY_YET, Open, Whole, duties
from dijkwacht.apps.incidents.services.terms import AUDIENCES
from dijkwacht.apps.incidents.term_words import article, party_names, rule_name
from dijkwacht.core.text import capital
from dijkwacht.norms.read import clocks
from dijkwacht.web.moments import moment_words
from dijkwacht.web.term_row import TermRow

ASKED_FOR: Mapping[str, str] = {
    "known_at": "significant_incident_known", "breach_at": "personal_data_breach_known",
    "personal_data": "personal_data_breach_known", "high_risk": "high_risk_breach",
    "data_role": "processor_breach_known", "recipients": "recipients_concerned", "essential": "disruption_known",
}  # fmt: skip
"""Which event of the packs a field decides: the terms that it starts stand beside it."""

DECIDES = gettext_lazy("Decides whether this runs: %(terms)s.")
BESIDE: Mapping[str, object] = {
    "known_at": gettext_lazy("From knowing that it is significant, at the earliest from this moment: %(terms)s."),
    "breach_at": gettext_lazy("From this moment: %(terms)s."),
}

CHANGED_WORDS: Mapping[str, object] = {
    "hits": gettext_lazy("which systems were hit"),
    "effects": gettext_lazy("the consequences"),
    "people_hit": gettext_lazy("how many people notice it"),
    "loss": gettext_lazy("what it costs"),
    "recovered_at": gettext_lazy("when it was over"),
    "began_at": gettext_lazy("when it began"),
    "recovery_expected_at": gettext_lazy("when recovery is expected"),
    "kind": gettext_lazy("what kind it is"),
    "time": gettext_lazy("how long it lasts"),
}


def norms(fields: Collection[str], *, roles: Collection[str]) -> dict[str, str]:
    """Per field the terms that hang on it for an organisation with these roles, with their articles."""
    found = {}
    for field in fields:
        rules = [each for each in clocks().rules.values() if each.starts_on == ASKED_FOR.get(field)]
        mine = [each for each in rules if not each.only_for or not set(each.only_for).isdisjoint(roles)]
        if mine:
            told = ", ".join(f"{rule_name(each.id)} ({article(each.id)})" for each in mine)
            found[field] = str(BESIDE.get(field, DECIDES)) % {"terms": told}
    return found


def starts(event: str) -> str:
    """The terms that an event starts, with their articles."""
    rules = [each for each in clocks().rules.values() if each.starts_on == event]
    return ", ".join(f"{rule_name(each.id)} ({article(each.id)})" for each in rules)


def informing() -> str:
    """The terms that end when those whom a law names were told, with their articles."""
    rules = [each for each in clocks().rules.values() if not set(AUDIENCES.values()).isdisjoint(each.ends_on)]
    return ", ".join(f"{rule_name(each.id)} ({article(each.id)})" for each in rules)


def answer(found: Whole, terms: Terms) -> str:
    """What must be reported to whom, before when: the sentence under the title."""
    if found.incident.state == IncidentState.CLOSED:
        return _("This incident is closed; nothing has to be reported any more.")
    owed = [row for row in terms.rows if row.rule in duties()]
    weighing = _weigh_sentence(found)
    if not owed:
        return weighing or _settled(found, terms)
    parts = [_owed(owed[0])]
    if len(owed) > 1:
        text = ngettext("After that %(n)d more term runs.", "After that %(n)d more terms run.", len(owed) - 1)
        parts.append(text % {"n": len(owed) - 1})
    return " ".join([*parts, weighing]).strip()


def _owed(row: TermRow) -> str:
    """One term as what it asks."""
    said = {"name": row.name, "to": row.to, "left": row.left_words}
    if row.due is None:
        return _("At once, the law names no last moment: %(name)s, to %(to)s.") % said
    said["due"] = moment_words(row.due)
    if row.tone == "late":
        return capital(_("%(left)s: %(name)s, to %(to)s. It was due %(due)s.") % said)
    return _("No later than %(due)s, %(left)s: %(name)s, to %(to)s.") % said


def _weigh_sentence(found: Whole) -> str:
    if found.to_weigh == NOBODY_YET:
        return _(
            "Whether it is significant, and so must be reported to the CSIRT and the authority, was not weighed yet."
        )
    if found.to_weigh == CHANGED:
        return _("Weigh again whether it is significant: %(what)s changed since.") % {
            "what": changed_words(found.weighing)
        }
    return ""


def changed_words(weighing: Weighing | None) -> str:
    """What changed since a weighing, so that it is asked again."""
    codes = weighing.asked_again_for.split(", ") if weighing and weighing.asked_again_for else []
    return ", ".join(str(CHANGED_WORDS.get(code, code)) for code in codes)


def _settled(found: Whole, terms: Terms) -> str:
    """Nothing runs and nothing is to be weighed: why not."""
    weighing = found.weighing
    if terms.waiting:
        names = ", ".join(row.name for row in terms.waiting)
        return _("Nothing has to be reported now. What may still come: %(names)s.") % {"names": names}
    if found.incident.kind == IncidentKind.NEAR_MISS:
        return _("A near miss does not have to be reported. It may be, by choice.")
    if found.incident.kind == IncidentKind.THREAT and not terms.past:
        return _("A threat does not have to be reported. It may be, by choice.")
    if weighing is not None and not weighing.decided:
        said = {"who": str(weighing.by), "when": moment_words(weighing.at)}
        told = _("Weighed as not significant by %(who)s on %(when)s: it does not have to be reported, but may be.")
        return told % said
    return _("Everything that had to be reported has been reported.")


def list_answer(found: Open) -> str:
    """What the list comes to: how many are open, and which term ends first."""
    if not found.count:
        return _("No incident is open.")
    text = ngettext("%(n)d incident is open.", "%(n)d incidents are open.", found.count) % {"n": found.count}
    if found.first is None or found.first.due_at is None or found.first.incident is None:
        return text
    first = _("The first term ends on %(due)s: %(name)s, incident %(number)s.") % {
        "due": moment_words(found.first.due_at), "name": rule_name(found.first.rule),
        "number": found.first.incident.name,
    }  # fmt: skip
    return f"{text} {first}"


def to_whom(rule: str) -> str:
    """Who receives what a term asks, to begin a sentence with."""
    return capital(party_names(clocks().rules[rule]))


def told_receipt(incident: Incident) -> str:
    """That it was recorded, under which number."""
    return _("Recorded as incident %(name)s.") % {"name": incident.name}
