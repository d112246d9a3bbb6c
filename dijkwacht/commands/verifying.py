"""dijkwacht trail verify: every chain, every fact against its chain, every file against its hash."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.models import Evidence, Fact
from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.trail import queries
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.apps.trail.words import break_sentence
from dijkwacht.commands import Outcome

DAMAGE = {
    "missing": gettext_lazy("%(organisation)s: the file %(name)s is gone (%(sha256)s)"),
    "altered": gettext_lazy("%(organisation)s: the file %(name)s is not what came in (%(sha256)s)"),
    "removed": gettext_lazy(
        "%(organisation)s: the trail tells of the file %(name)s, and it is not known here (%(sha256)s)"
    ),
    "renamed": gettext_lazy(
        "%(organisation)s: the file %(name)s is known here otherwise than the trail tells (%(sha256)s)"
    ),
}


def verify(organisation: Organisation | None) -> Outcome:
    """Checks one organisation, or all that hold anything, and names the first broken link of each."""
    chosen = [organisation] if organisation is not None else list(_holding())
    found = [_one(each) for each in chosen]
    lines = [line for each in found for line in each.pop("lines")]
    return Outcome(found, lines or [_("There is no trail yet.")], well=all(each["whole"] for each in found))


def _holding() -> QuerySet[Organisation]:
    """Those in which anything was ever done; also when somebody took away who did it, or the trail itself."""
    somewhere = Q()
    for table in (Role, Head, Entry, Fact, Evidence):
        somewhere |= Q(pk__in=table._default_manager.order_by().values("organisation"))
    return Organisation.objects.filter(somewhere)


def _one(organisation: Organisation) -> dict[str, Any]:
    broken = queries.verify(organisation)
    seal = queries.head(organisation)
    facts = [] if broken else verify_facts(organisation)
    files = [*evidence.verify(organisation), *([] if broken else evidence.verify_rows(organisation))]
    words = {"organisation": organisation.slug, "number": seal.seq, "hash": seal.hash}
    lines = []
    if broken:
        lines.append(f"{organisation.slug}: {break_sentence(broken)}")
    lines += [
        _("%(organisation)s: fact %(fact)s is not what the trail says (%(fault)s), entry %(act)s")
        % {"organisation": organisation.slug, "fact": each.fact, "fault": each.fault, "act": each.act or "-"}
        for each in facts
    ]
    lines += [
        str(DAMAGE[each.kind])
        % {"organisation": organisation.slug, "name": each.evidence.name, "sha256": each.evidence.sha256}
        for each in files
    ]
    if not lines:
        lines.append(_("%(organisation)s: whole, %(number)s entries, %(hash)s") % words)
    return {
        **words,
        "whole": not (broken or facts or files),
        "broken": {"number": broken.seq, "kind": str(broken.kind)} if broken else None,
        "facts": [{"fact": each.fact, "entry": each.act, "fault": str(each.fault)} for each in facts],
        "files": [{"sha256": each.evidence.sha256, "name": each.evidence.name, "fault": each.kind} for each in files],
        "lines": lines,
    }
