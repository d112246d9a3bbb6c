"""What the page of one issue tells: what it means, which requirement it touches, the evidence, and what happened."""

from datetime import date
from typing import Any

from dijkwacht.apps.perimeter.models import Issue, IssueEvent, IssueState
from dijkwacht.apps.perimeter.queries import issues, names, readings
from dijkwacht.apps.perimeter.queries.requirements import requirements_of, rules_of
from dijkwacht.apps.perimeter.queries.versions import versions
from dijkwacht.apps.perimeter.verdict_rows import row_of
from dijkwacht.apps.perimeter.verdict_words import issue_sentence
from dijkwacht.apps.perimeter.words import title
from dijkwacht.core.catalog import Norms
from dijkwacht.core.checks.software import ADVISORY
from dijkwacht.norms.read import policy_on
from dijkwacht.web.context import address
from dijkwacht.web.moments import local
from dijkwacht.web.perimeter_words import LEVEL_REASONS, check_words
from dijkwacht.web.terms import norm_word, text_of


def context(found: Issue, *, norms: Norms, on: date, sees: bool) -> dict[str, Any]:
    """All of it but the forms. ``counts``: something can still be done about it; ``sees``: who reads may see the runs."""
    left = found.domain.state in names.LEFT
    reading = readings.standing_of(found.domain, area=found.area, check=found.check_id)
    rules = rules_of(found.area, found.check_id)
    rule = policy_on(on).rules.get(f"{found.area}.{found.check_id}")
    answer = issue_sentence(
        found.state,
        found.word,
        since=local(found.first_seen).date(),
        term=found.term,
        until=found.explained_until,
        on=on,
        left=left,
    )
    return {
        "issue": found, "title": title(found.check_id), "answer": answer, "words": check_words(found.check_id),
        "row": row_of(reading) if reading else None, "rules": rules, "rule": rule,
        "level": str(LEVEL_REASONS.get(rule.level_reason, "")) if rule else "",
        "serves": [(name, _named(norms, name)) for name in requirements_of({each.fact for each in rules}, on=on)],
        "versions": versions(found.domain) if found.check_id == ADVISORY else [],
        "events": [_event(each, sees=sees) for each in issues.events(found)], "waits": names.waits(found.domain),
        "left": left, "counts": found.state != IssueState.FIXED and not left,
    }  # fmt: skip


def _named(norms: Norms, name: str) -> str:
    catalog, _colon, number = name.partition(":")
    return f"{norm_word(norms, catalog)} {number} {text_of(norms.requirements[name].title)}"


def _event(each: IssueEvent, *, sees: bool) -> dict[str, Any]:
    """What a measurement did leads to its run."""
    url = (
        address("perimeter:run", organisation=each.run.organisation.slug, pk=str(each.run.pk))
        if each.run and sees
        else ""
    )
    return {
        "at": each.at, "title": each.get_kind_display(), "text": each.text, "who": str(each.person) if each.person else "",
        "url": url,
    }  # fmt: skip
