"""What the pages about consent show: which checks need which level, the hosts of a name, and what a form says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter import consent_words
from dijkwacht.apps.perimeter.queries.consents import HERE
from dijkwacht.apps.perimeter.queries.coverage import Covered, Reach
from dijkwacht.apps.perimeter.services.consents import CONFIRM_FROM, Given
from dijkwacht.apps.perimeter.words import title
from dijkwacht.norms.read import consent_texts, policy_on
from dijkwacht.web.perimeter_words import LEVEL_REASONS

__all__ = ["HERE", "Level", "Row", "given", "levels", "reaches"]


@dataclass(frozen=True, slots=True)
class Level:
    """A level: its word, what it means, and which checks need it, per reason. ``confirmed``: who may sign has a say."""

    number: int
    word: str
    means: str
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A host of a name: what it is, to what level it may be measured, the path there, and what stands in the way."""

    reach: Reach
    kind: str
    word: str
    path: tuple[str, ...]
    why: str
    advice: str


def levels(on: date) -> list[Level]:
    """The levels that checks need, by the rules of that day."""
    by_level: dict[int, dict[str, dict[str, None]]] = {}
    for rule in policy_on(on).rules.values():
        by_level.setdefault(rule.level, {}).setdefault(rule.level_reason, {})[title(rule.id)] = None
    return [
        Level(
            number, consent_words.level_word(number), str(consent_words.LEVEL_MEANS.get(number, "")),
            tuple((str(LEVEL_REASONS.get(code, code)), tuple(sorted(checks))) for code, checks in reasons.items()),
            number >= CONFIRM_FROM,
        )
        for number, reasons in sorted(by_level.items())
    ]  # fmt: skip


def reaches(covered: Covered, organisation: Organisation) -> tuple[list[Row], list[Row]]:
    """The hosts of a name: those that cannot be measured as they should, and the others."""
    names = {organisation.slug: organisation.name}
    rows = [
        Row(
            each, str(consent_words.KINDS[each.kind]), consent_words.level_word(each.level),
            tuple(consent_words.path_words(each.path, names)), consent_words.why(each), consent_words.advice(each),
        )
        for each in covered.reaches
    ]  # fmt: skip
    return [row for row in rows if not row.reach.enough], [row for row in rows if row.reach.enough]


def given(cleaned: Mapping[str, Any], *, kind: str, organisation: Organisation) -> Given:
    """What a valid form says; the text is ours, unless another was agreed to."""
    ours = consent_texts().texts[kind]
    party = cleaned.get("party", "")
    text = cleaned.get("own_text") or ours.filled(organisation=organisation.name, party=party)
    return Given(
        kind=kind, scope=cleaned["scope"], exclude=cleaned["exclude"], level=cleaned["level"], since=cleaned["since"],
        until=cleaned["until"], window=cleaned["window"], signatory=cleaned["signatory"], mandate=cleaned["mandate"],
        party=party, basis=cleaned.get("basis", ""), text=text,
        text_version="" if cleaned.get("own_text") else ours.version,
    )  # fmt: skip
