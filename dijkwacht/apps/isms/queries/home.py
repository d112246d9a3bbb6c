"""Where the management system stands: the four phases, the steps of a start, and what needs doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.isms.models import Circumstance, ScopeDecision
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.verdicts import lines
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.isms_cycle import Standing, StepState, phases, steps
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import isms_on


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scope as it stands, the draft for the next one, and those before."""

    standing: ScopeDecision | None
    draft: ScopeDecision | None
    earlier: tuple[ScopeDecision, ...]


def scopes(organisation: Organisation) -> Scopes:
    """All decisions on the scope."""
    rows = list(ScopeDecision.objects.filter(organisation=organisation).select_related("decided_by", "drafted_by"))
    live = [each for each in rows if each.superseded_on is None]
    return Scopes(
        next((each for each in live if each.decided_on), None),
        next((each for each in live if not each.decided_on), None),
        tuple(each for each in rows if each.superseded_on and each.decided_on),
    )


def circumstances(organisation: Organisation) -> list[Circumstance]:
    """What stands about our surroundings."""
    return list(Circumstance.objects.filter(organisation=organisation, closed_on__isnull=True))


def statuses(organisation: Organisation, names: Iterable[str], *, on: date) -> dict[str, list[Status]]:
    """Per requirement the verdicts of its lines; what is not in the packs in force is left out."""
    known = packs_on(on).norms.requirements
    wanted = [name for name in dict.fromkeys(names) if name in known]
    found: dict[str, list[Status]] = {name: [] for name in wanted}
    for line in lines(organisation, requirements=wanted, on=on):
        found[line.requirement.id].append(line.verdict.status)
    return found


def cycle(organisation: Organisation, *, on: date) -> tuple[Standing, ...]:
    """The four phases."""
    found = isms_on(on).phases
    names = [name for phase in found for name in phase.requirements]
    return phases(found, statuses(organisation, names, on=on))


def start(organisation: Organisation, *, on: date) -> tuple[StepState, ...]:
    """The steps of a start."""
    found = isms_on(on).steps
    names = [name for step in found for part in step.parts for name in part.requirements]
    return steps(found, statuses(organisation, names, on=on))
