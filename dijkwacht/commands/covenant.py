"""What the covenant accounts for at an organisation, as lines and as data."""

from datetime import date
from typing import Any

from django.utils import translation

from dijkwacht.apps.landscape.accounts import account, rows
from dijkwacht.apps.landscape.queries.covenant import stand
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands import Outcome
from dijkwacht.core.covenant.papers import Account, Part, digest, plain

PARTS = {"evaluation": "evaluation", "agenda": "investment"}


def covenant(organisation: Organisation, *, part: str, on: date, language: str) -> Outcome:
    """``stand``: the challenges and what was agreed; ``evaluation`` and ``agenda``: that account, with its digest."""
    with translation.override(language):
        if part == "stand":
            return _stand(organisation, on)
        found = account(organisation, PARTS[part], on=on)
    data = plain(found)
    return Outcome({**data, "sha256": digest(data)}, _lines(found))


def _stand(organisation: Organisation, on: date) -> Outcome:
    found = stand(organisation, on=on)
    agreed = [
        {
            "id": each.id, "challenge": each.challenge, "due": each.due.isoformat() if each.due else None,
            "come": str(judged.come), "reasons": [{"code": code, "about": [*keys]} for code, keys in judged.reasons],
        }
        for each, judged in found.agreed
    ]  # fmt: skip
    challenges = [_challenge(found.standing(each.id)) for each in found.pack.challenges]
    data = {"on": on.isoformat(), "organisation": organisation.slug, "challenges": challenges, "agreed": agreed}
    lines = [f"{organisation.name}, {on.isoformat()}", *_part(rows.challenges(found)), *_part(rows.agreed(found))]
    return Outcome(data, lines)


def _challenge(found: Any) -> dict[str, Any]:
    counts = {name: {str(key): n for key, n in getattr(found, name).items()} for name in ("needs", "running", "agreed")}
    return {"challenge": found.challenge, **counts, "gaps": found.gaps}


def _lines(found: Account) -> list[str]:
    lines = [found.title, f"{found.organisation}, {found.on}", "", found.lead]
    for part in found.parts:
        lines += _part(part)
    lines += ["", *(f"[{each.number}] {each.value}: {each.what}. {each.source}" for each in found.figures)]
    return [*lines, "", *(f"? {each}" for each in found.unknown)]


def _part(part: Part) -> list[str]:
    table = [" | ".join(row) for row in part.rows]
    return ["", part.name, *(f"  {text}" for text in (*part.texts, *part.items, *table))]
