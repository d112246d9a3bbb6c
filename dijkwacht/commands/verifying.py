"""dijkwacht trail verify: every chain, every fact against its chain, every file against its hash."""

from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.people.queries import organisations_in_use
from dijkwacht.apps.trail import queries
from dijkwacht.apps.trail.words import break_sentence
from dijkwacht.commands import Outcome


def verify(organisation: Organisation | None) -> Outcome:
    """Checks one organisation, or all that are in use, and names the first broken link of each."""
    chosen = [organisation] if organisation is not None else list(organisations_in_use())
    found = [_one(each) for each in chosen]
    lines = [line for each in found for line in each.pop("lines")]
    return Outcome(found, lines or [_("There is no trail yet.")], well=all(each["whole"] for each in found))


def _one(organisation: Organisation) -> dict[str, Any]:
    broken = queries.verify(organisation)
    seal = queries.head(organisation)
    facts = [] if broken else verify_facts(organisation)
    files = evidence.verify(organisation)
    words = {"organisation": organisation.slug, "number": seal.seq, "hash": seal.hash}
    lines = []
    if broken:
        lines.append(f"{organisation.slug}: {break_sentence(broken)}")
    lines += [
        _("%(organisation)s: fact %(fact)s is not what the trail says (%(fault)s), entry %(act)s")
        % {"organisation": organisation.slug, "fact": each.fact, "fault": each.fault, "act": each.act or "-"}
        for each in facts
    ]
    lines += [f"{organisation.slug}: {each}" for each in files]
    if not lines:
        lines.append(_("%(organisation)s: whole, %(number)s entries, %(hash)s") % words)
    return {
        **words,
        "whole": not (broken or facts or files),
        "broken": {"number": broken.seq, "kind": str(broken.kind)} if broken else None,
        "facts": [{"fact": each.fact, "entry": each.act, "fault": str(each.fault)} for each in facts],
        "files": [str(each) for each in files],
        "lines": lines,
    }
