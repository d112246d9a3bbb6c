"""What a coach sees of the municipalities that share an account with his organisation: who is stuck, and which help fits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from dijkwacht.apps.accountability.queries import Shared, shared_accounts
from dijkwacht.apps.accountability.rows import theme_key
from dijkwacht.apps.ledger.models import Turn, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import help_offers
from dijkwacht.norms.year import Help

MOST_THEMES = 3


@dataclass(frozen=True, slots=True)
class Stuck:
    """One municipality with one account. ``moved``: the last day on which an answer turned a line of it; None: never yet.

    ``themes``: ``catalog.theme`` with how many of its lines are unknown, the most first.
    """

    shared: Shared
    moved: date | None
    weeks: int | None
    themes: tuple[tuple[str, int], ...]
    help: tuple[Help, ...]

    @property
    def unknown(self) -> int:
        """Lines that nobody can say anything of yet."""
        return self.shared.counts.get(Status.UNKNOWN, 0)


def region(organisation: Organisation, *, on: date, account: str) -> list[Stuck]:
    """The municipalities that share this account with an organisation, those that stand still longest first.

    Only what the account itself shows is read: verdicts and the days on which they turned, no answers.
    """
    found = shared_accounts(organisation, on=on, account=account)
    packs = packs_on(on)
    held = packs.norms.accounts.get(account)
    if held is None:
        return []
    owners = [each.share.owner_id for each in found]
    unknown = _unknown_themes(owners, held.requirements, on=on)
    moved = _moved(owners, held.requirements)
    rows = [
        _stuck(each, unknown.get(each.share.owner_id, Counter()), moved.get(each.share.owner_id), on) for each in found
    ]
    return sorted(rows, key=lambda each: (-(each.weeks if each.weeks is not None else 10**6), -each.unknown))


def _stuck(shared: Shared, unknown: Counter[str], moved: date | None, on: date) -> Stuck:
    themes = tuple(sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_THEMES])
    offers = {offer.key: offer for theme, _ in themes for offer in fitting(theme)[:1]}
    weeks = None if moved is None else (on - moved).days // 7
    return Stuck(shared, moved, weeks, themes, tuple(offers.values()))


def fitting(theme: str) -> list[Help]:
    """What is offered for a theme, ``catalog.theme``; the most specific first."""
    return [offer for offer in help_offers() if offer.fits(theme)]


def _unknown_themes(owners: Sequence[int], requirements: Iterable[str], *, on: date) -> Mapping[int, Counter[str]]:
    rules = packs_on(on).norms.requirements
    themes = {name: theme_key(rules[name]) for name in requirements}
    rows = Verdict.objects.filter(organisation__in=owners, status=Status.UNKNOWN, requirement__in=list(themes))
    found: dict[int, Counter[str]] = {}
    for owner, requirement in rows.values_list("organisation_id", "requirement"):
        found.setdefault(owner, Counter())[themes[requirement]] += 1
    return found


def _moved(owners: Sequence[int], requirements: Sequence[str]) -> Mapping[int, date]:
    rows = Turn.objects.filter(organisation__in=owners, requirement__in=requirements, act__isnull=False)
    return dict(rows.order_by().values_list("organisation_id").annotate(Max("on")))
