"""How much hangs on services, from what is told of them and what the ledger knows of what leans on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dijkwacht.apps.ledger.models import Fact, Inheritance
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.world import COLUMNS, known, to_fact, world
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Service, Use
from dijkwacht.apps.suppliers.queries.known import ANSWERS, still, there
from dijkwacht.core.facts import Fact as Known
from dijkwacht.core.select import choices
from dijkwacht.core.suppliers.signs import OF_SERVICE, Leaning, signs
from dijkwacht.core.suppliers.tier import Graded, grade
from dijkwacht.norms.suppliers import supplier_rules

CRITICAL = {"process": "process.critical", "system": "system.critical"}
SPECIAL = "system.special_information"
FACTS = (*CRITICAL.values(), SPECIAL)
SOME = 400


@dataclass(frozen=True, slots=True)
class Weighed:
    """A running service with its weight. ``by``: per sign what leans on it that makes it so, by name."""

    id: int
    supplier: int
    name: str
    graded: Graded
    by: Mapping[str, tuple[str, ...]]


def weighed(
    organisation: Organisation, *, on: date, supplier: int | None = None, service: int | None = None
) -> dict[int, Weighed]:
    """Every service that runs on a day, by number, with its tier; only of a supplier, or only one."""
    rows = Service.objects.filter(still(on), organisation=organisation, added_on__lte=on)
    uses = Use.objects.filter(still(on), there(on), service__organisation=organisation, since__lte=on)
    if supplier is not None:
        rows, uses = rows.filter(supplier=supplier), uses.filter(service__supplier=supplier)
    if service is not None:
        rows, uses = rows.filter(pk=service), uses.filter(service=service)
    leaning = _leaning(
        organisation, uses.values_list("service", "subject", "subject__key", "subject__kind", "subject__name"), on
    )
    rules, names = supplier_rules(), sorted(set(OF_SERVICE.values()))
    found, alike = {}, dict[tuple[tuple[str, bool | None], ...], Graded]()
    for pk, whose, name, *answers in rows.order_by("name", "pk").values_list("pk", "supplier", "name", *names):
        told = {each: ANSWERS[answer] for each, answer in zip(names, answers, strict=True)}
        seen = signs(told, leaning.get(pk, ()))
        key = tuple(seen.found.items())  # many services have the same signs
        if key not in alike:
            alike[key] = grade(seen.found, signs=rules.signs, tiers=rules.tiers)
        found[pk] = Weighed(pk, whose, name, alike[key], seen.by)
    return found


def _leaning(
    organisation: Organisation, uses: Iterable[tuple[int, int, str, str, str]], on: date
) -> dict[int, list[Leaning]]:
    """Per service what leans on it, with what the ledger knows of that on a day."""
    rows = list(uses)
    answers = _answers(organisation, {subject: key for _, subject, key, _, _ in rows}, on)
    found: dict[int, list[Leaning]] = defaultdict(list)
    for service, subject, _, kind, name in rows:
        critical = answers.get((subject, CRITICAL.get(kind, "")))
        found[service].append(Leaning(name, critical, answers.get((subject, SPECIAL))))
    return found


def _answers(organisation: Organisation, subjects: Mapping[int, str], on: date) -> dict[tuple[int, str], bool]:
    """What counts on a day of these subjects, by number and fact type: yes or no; what is not known is not there."""
    if not subjects:
        return {}
    heirs = Inheritance.objects.filter(known(on, "superseded_at"), subject__organisation=organisation)
    if heirs.filter(Q(subject__kind__in=CRITICAL)).exists():  # others tell of some of them too
        facts = world(organisation, on=on, known_at=on, fact_types=FACTS).facts
        ids = {key: pk for pk, key in subjects.items()}
        rows = {(ids[key], name): list(some) for (key, name), some in facts.items() if key in ids}
    else:
        rows = _own(organisation, subjects, on)
    packs = packs_on(on)
    found = {}
    for (subject, name), some in rows.items():
        winner = choices(some, packs.fact_type(name), on=on, known_at=on)[0][1].winner
        if winner is not None and isinstance(winner.value, bool):
            found[subject, name] = winner.value
    return found


def _own(organisation: Organisation, subjects: Mapping[int, str], on: date) -> dict[tuple[int, str], list[Known]]:
    rows = Fact.objects.filter(known(on, "superseded_at"), organisation=organisation, fact_type__in=FACTS)
    rows = rows.filter(subject__in=sorted(subjects)) if len(subjects) <= SOME else rows
    packs, found = packs_on(on), defaultdict(list)
    for row in rows.order_by("pk").values_list(*COLUMNS):
        if row[1] in subjects and (fact := to_fact(row, subject=subjects[row[1]], packs=packs, known_at=on)):
            found[row[1], row[2]].append(fact)
    return found
