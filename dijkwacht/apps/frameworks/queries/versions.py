"""What a version of a norm changes for an organisation: the difference, and which verdicts would turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.apps.frameworks.norms import versions_of
from dijkwacht.apps.ledger.packs import packs_of, packs_on
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Catalog, Norms
from dijkwacht.core.judge import Judgement
from dijkwacht.core.packdiff import DryRun, PackDiff, diff, diffs, dry_run


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a norm to the next. ``before`` None: it is the first that the packs have."""

    version: Catalog
    before: Catalog | None
    difference: PackDiff | None


def step(catalog: str, *, version: str) -> Step | None:
    """The step to a version; None when the packs do not have it."""
    known = versions_of(catalog)
    place = next((index for index, each in enumerate(known) if each.version == version), None)
    if place is None:
        return None
    if place == 0:
        return Step(known[0], None, None)
    old, new = norms_around(known[place])
    return Step(known[place], known[place - 1], diff(old, new, catalog=catalog))


def norms_around(version: Catalog) -> tuple[Norms, Norms]:
    """All norms on the day before a version counts, and on its first day."""
    return packs_on(version.valid_from - timedelta(days=1)).norms, packs_on(version.valid_from).norms


def would_turn(organisation: Organisation, old: Norms, new: Norms, *, on: date) -> DryRun:
    """The verdicts of a day that would turn if the new norms counted on it already; nothing is written."""
    moved = [change for each in diffs(old, new) for change in each.changes]
    return dry_run(_judgement(organisation, old, on), _judgement(organisation, new, on), moved)


def _judgement(organisation: Organisation, norms: Norms, on: date) -> Judgement:
    world = gather(organisation, packs=packs_of(norms), known_at=on).world
    return Judgement(norms, world, on=on, known_at=on)


def coming(norms: Norms, *, on: date) -> Sequence[Catalog]:
    """The versions of norms that do not count yet."""
    return [each for name in norms.catalogs for each in versions_of(name) if each.valid_from > on]
