"""The benchmark: how far municipalities of a size are, over those that let their counts be part of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.accountability.rows import theme_key
from dijkwacht.apps.ensia.models import Consent
from dijkwacht.apps.ledger.models import Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.core.benchmark import Figure, place, share_met
from dijkwacht.norms.read import benchmark
from dijkwacht.norms.year import Size

STORED = ("organisation_id", "requirement", "status", "assurance", "shown", "nothing_happened")
Counts = Mapping[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Compare:
    """One row: a theme (empty: the whole account), our part in order (None: nothing applies), and the figures."""

    theme: str
    own: int | None
    like: Figure | None
    everyone: Figure | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our place among those of our size and among everyone. ``joined``: whether we are part of it ourselves."""

    joined: bool
    size: Size | None
    whole: Compare | None
    themes: tuple[Compare, ...]


def joined(organisation: Organisation, *, on: date) -> bool:
    """Whether the counts of an organisation are part of the benchmark on a day."""
    return _in_force(on).filter(organisation=organisation).exists()


def comparison(organisation: Organisation, *, account: str, on: date) -> Comparison:
    """The comparison for an account on a day. Who does not give does not see: then there are no figures. Only a
    municipality gives, as the figures are over municipalities.

    Figures are over municipalities only, without names, and never over fewer than the packs say.
    """
    size = benchmark().size_of(organisation.inhabitants)
    held = packs_on(on).norms.accounts.get(account)
    if held is None or not joined(organisation, on=on):
        return Comparison(joined(organisation, on=on), size, None, ())
    members = Organisation.objects.filter(
        pk__in=_in_force(on).values("organisation"), kind=OrganisationKind.MUNICIPALITY
    )  # fmt: skip
    if organisation.kind != OrganisationKind.MUNICIPALITY:
        return Comparison(True, size, None, ())
    sizes = {pk: benchmark().size_of(people) for pk, people in members.values_list("pk", "inhabitants")}
    by_theme = _counted(list(sizes), held.requirements, account, on)
    rows = [_row(theme, counts, sizes, organisation, size) for theme, counts in by_theme.items()]
    return Comparison(True, size, rows[0] if rows else None, tuple(rows[1:]))


def _row(
    theme: str, counts: Counts, sizes: Mapping[int, Size | None], organisation: Organisation, size: Size | None
) -> Compare:
    shares = {pk: share for pk, found in counts.items() if (share := share_met(found)) is not None}
    groups = {pk: each.key if each else "" for pk, each in sizes.items()}
    found = place(shares, groups, own=organisation.pk, group=size.key if size else None, least=benchmark().least)
    return Compare(theme, found.own, found.like, found.everyone)


def _counted(owners: Sequence[int], requirements: Sequence[str], account: str, on: date) -> dict[str, Counts]:
    """Per theme (first the whole account, as the empty theme) and organisation the lines by status, as the addressee
    takes them."""
    packs = packs_on(on)
    themes = {name: theme_key(packs.norms.requirements[name]) for name in requirements}
    found: dict[str, dict[int, Counter[str]]] = {"": {}, **{theme: {} for theme in themes.values()}}
    rows = Verdict.objects.filter(organisation__in=owners, requirement__in=list(themes))
    for owner, requirement, *stored in rows.order_by().values_list(*STORED).iterator(chunk_size=5000):
        status = packs.taken(account, requirement, (stored[0], stored[1], stored[2], stored[3]))
        for theme in ("", themes[requirement]):
            found[theme].setdefault(owner, Counter())[status] += 1
    return dict(found)


def _in_force(on: date) -> QuerySet[Consent]:
    return Consent.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), given_on__lte=on)
